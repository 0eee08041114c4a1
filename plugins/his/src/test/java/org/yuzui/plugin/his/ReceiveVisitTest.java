package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** The route receive-visit over a real socket: what is answered, and what the hub is told. */
class ReceiveVisitTest extends CamelTestSupport {

    private static final Charset GB18030 = Charset.forName("GB18030");

    private final FakeHub hub = new FakeHub();
    private int port;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        testConfiguration().withUseRouteBuilder(false);
        port = PluginFixture.freePort();
        return PluginFixture.context(hub, PluginFixture.settings("""
                listen: {port: %d}
                facilities:
                  SCSY: {unit: 510104-H01, beds: 1200}
                  H510105: {unit: 510105-H01, beds: 900, charset: GB18030}
                  H510107: {unit: 510107-H01, beds: 1050, charset: GB18030, ignoreDeclared: true}
                """.formatted(port)), "receive-visit");
    }

    @BeforeEach
    void start() {
        context.start();
    }

    @Test
    void anAdmissionBecomesAVisitAndIsAnsweredAa() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            String answer = sender.send(Messages.adt("A01", "C1", "ZY1"));

            assertThat(answer).startsWith("MSH|^~\\&|HUB|JGSWJ|HIS|SCSY|").contains("||ACK^A01^ACK|").contains("|P|2.4|")
                    .contains("|UNICODE UTF-8\r").endsWith("\rMSA|AA|C1\r");
        }
        FakeHub.Published visit = hub.published.get(0);
        assertThat(visit.contract()).isEqualTo("his.visit.v1");
        assertThat(visit.source()).isEqualTo("mllp 127.0.0.1 HIS@SCSY");
        assertThat(visit.sourceType()).isEqualTo("ADT^A01");
        assertThat(visit.sourceId()).isEqualTo("C1");
        assertThat(visit.body().path("unit").asText()).isEqualTo("510104-H01");
        assertThat(visit.body().path("patient").path("name").asText()).isEqualTo("测***");
        assertThat(visit.body().toString()).doesNotContain("一号", "199001010019", "D001", "王医师");
    }

    @Test
    void theSameMessageAgainIsAcknowledgedAndCountedOnce() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            for (int i = 0; i < 3; i++) {
                assertThat(sender.send(Messages.adt("A01", "C1", "ZY1"))).contains("MSA|AA|C1");
            }
        }
        assertThat(hub.published).hasSize(1);
        assertThat(hub.duplicates).hasSize(2);
    }

    @Test
    void aFacilityThatIsKnownToDeclareTheWrongCharsetIsReadByItsOwn() throws Exception {
        String declared = Messages.adt("A01", "C1", "ZY1", "H510107", "20260302083000");
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(declared.getBytes(Charset.forName("GB18030")), Charset.forName("GB18030"))).contains("MSA|AA|C1");
            assertThat(sender.send(declared.replace("C1", "C2").getBytes(StandardCharsets.UTF_8), Charset.forName("GB18030"))).as("UTF-8 indeed, which is not GB 18030").contains("MSA|AE|C2|charset");
        }
        assertThat(hub.published).singleElement().satisfies(v -> assertThat(v.body().path("patient").path("name").asText()).isEqualTo("测***"));
    }

    @Test
    void theSameControlIdWithOtherContentIsNotDropped() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            sender.send(Messages.adt("A01", "C1", "ZY1"));
            assertThat(sender.send(Messages.adt("A01", "C1", "ZY2"))).contains("MSA|AA|C1");
        }
        assertThat(hub.published).hasSize(2);
    }

    @Test
    void aLaboratoryReportBecomesOneResultForEachOrder() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(Messages.oru("L1"))).contains("ACK^R01^ACK").contains("MSA|AA|L1");
        }
        assertThat(hub.records("his.result.v1")).extracting(r -> r.path("report").asText(),
                        r -> r.path("abnormal").asInt(), r -> r.path("values").size())
                .containsExactly(tuple("0920180", 1, 3), tuple("0920181", 0, 1));
        assertThat(hub.records("his.result.v1").toString()).doesNotContain("一号", "复查");
    }

    @Test
    void aBedSwapIsNewsOfTwoVisits() throws Exception {
        String swap = String.join("\r", "MSH|^~\\&|HIS|SCSY|HUB|JGSWJ|20260302083000||ADT^A17^ADT_A17|S1|P|2.4||||||UNICODE UTF-8",
                "EVN|A17|20260302083000", "PID|1||P1", "PV1|1|I|0201&内科^^45" + "|".repeat(16) + "V1",
                "PID|2||P2", "PV1|2|I|0201&内科^^46" + "|".repeat(16) + "V2", "");
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(swap)).contains("MSA|AA|S1");
            assertThat(sender.send(swap.substring(0, swap.indexOf("PID|2")).replace("|S1|", "|S2|"))).contains("MSA|AE|S2|missing-field");
        }
        assertThat(hub.records("his.visit.v1")).extracting(v -> v.path("visit").asText(), v -> v.path("bed").asText())
                .containsExactly(tuple("V1", "45"), tuple("V2", "46"));
    }

    @ParameterizedTest
    @CsvSource({
            "MFN^M02, 2.4, P, SCSY, AA, ''",
            "ADT^A60, 2.4, P, SCSY, AA, ''",
            "ADT^A40, 2.4, P, SCSY, AE, missing-field",
            "ORM^O01, 2.4, P, SCSY, AE, missing-field",
            "ADT^A01, 3.0, P, SCSY, AR, unsupported-version",
            "ADT^A01, 2.4, T, SCSY, AR, processing-id",
            "'', 2.4, P, SCSY, AR, bad-header",
            "ADT^A01, 2.4, P, NOBODY, AE, unknown-facility",
            "ADT^A01, 2.4, P, '', AE, unknown-facility",
            "ADT^A01, 2.1, P, SCSY, AA, ''",
            "ADT^A01, 2.7, P, SCSY, AA, ''"})
    void whatIsAnsweredToWhichHeader(String type, String version, String processing, String facility, String code,
                                     String reason) throws Exception {
        String message = Messages.adt("A01", "C1", "ZY1", facility, "20260302083000")
                .replace("ADT^A01^ADT_A01|C1|P|2.4", type + "|C1|" + processing + "|" + version);
        try (MllpSender sender = new MllpSender(port)) {
            String answer = sender.send(message);

            assertThat(answer).contains("MSA|" + code + "|C1" + (reason.isEmpty() ? "" : "|" + reason + ": "));
            assertThat(sender.send(Messages.adt("A01", "C2", "ZY2"))).contains("MSA|AA|C2");
        }
        if (!reason.isEmpty()) {
            assertThat(hub.refused).singleElement().satisfies(r -> {
                assertThat(r.code()).isEqualTo(reason);
                assertThat(r.sourceId()).isEqualTo("C1");
                assertThat(r.bytes()).isEqualTo(message.getBytes(StandardCharsets.UTF_8).length);
            });
            assertThat(hub.published).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"ADT^A01, his.visit.v1", "ORU^R01, his.result.v1", "DFT^P03, his.charge.v1",
            "ADT^A60, his.visit.v1", "ADT^A40, his.merge.v1", "MFN^M02, -"})
    void whatIsRefusedIsKeptUnderTheContractThatItWasMeantFor(String type, String contract) throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            sender.send(Messages.adt("A01", "C1", "ZY1").replace("ADT^A01^ADT_A01|C1|P|", type + "|C1|T|"));
        }
        assertThat(hub.refused).singleElement().satisfies(r -> assertThat(r.contract()).isEqualTo(contract));
    }

    @Test
    void aTypeThatIsNotReadIsNotedWhenItIsAccepted() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(Messages.adt("A01", "C1", "ZY1").replace("ADT^A01^ADT_A01", "MFN^M02^MFN_M02")))
                    .contains("MSA|AA|C1");
        }
        assertThat(hub.ignored).singleElement().satisfies(n -> {
            assertThat(n.sourceType()).isEqualTo("MFN^M02");
            assertThat(n.remark()).contains("unknownType");
        });
    }

    @Test
    void whatTheContractRefusesIsAnsweredAeAndKeptOnce() throws Exception {
        String tooLong = Messages.adt("A01", "C1", "Z".repeat(100));
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(tooLong)).contains("MSA|AE|C1|contract-violation: ");
        }
        assertThat(hub.refused).hasSize(1);
    }

    @Test
    void whileNothingCanBeMadeDurableTheAnswerIsToTryAgain() throws Exception {
        hub.broken = true;
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(Messages.adt("A01", "C1", "ZY1"))).contains("MSA|AE|C1|try-again: ");
            assertThat(sender.send(Messages.adt("A01", "C2", "ZY1", "NOBODY", "20260302083000")))
                    .contains("MSA|AE|C2|try-again: ");
            assertThat(hub.refused).isEmpty();

            hub.broken = false;
            assertThat(sender.send(Messages.adt("A01", "C1", "ZY1"))).contains("MSA|AA|C1");
        }
        assertThat(hub.published).hasSize(1);
    }

    @Test
    void fromVersion25OnTheReasonStandsInErr() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(Messages.adt("A01", "C1", "ZY1", "NOBODY", "20260302083000").replace("|2.4|", "|2.5|")))
                    .contains("\rERR||MSH^1^4|103^Table value not found^HL70357|E|||unknown-facility|Facility 'NOBODY'");
        }
    }

    @Test
    void gb18030IsReadWhenDeclaredAndTheAnswerIsWrittenInIt() throws Exception {
        byte[] message = Messages.adt("A01", "C1", "ZY1").replace("UNICODE UTF-8", "GB 18030-2000")
                .replace("|HUB|", "|省机关|").getBytes(GB18030);
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(message, GB18030)).contains("|省机关|").contains("MSA|AA|C1");
        }
        assertThat(department()).isEqualTo("呼吸与危重症医学科");
    }

    @Test
    void gb18030WithoutMsh18IsRefusedOnAUtf8LinkAndReadWhereTheFacilitySaysSo() throws Exception {
        String text = Messages.adt("A01", "C1", "ZY1").replace("|||AL|AL|CHN|UNICODE UTF-8", "");
        try (MllpSender sender = new MllpSender(port)) {
            assertThat(sender.send(text.getBytes(GB18030), GB18030)).contains("MSA|AE|C1|charset: ");
            assertThat(hub.published).isEmpty();
            assertThat(hub.refused).singleElement().satisfies(r -> assertThat(r.reason()).contains("PID", "UTF-8"));

            assertThat(sender.send(text.replace("|SCSY|", "|H510105|").getBytes(GB18030), GB18030)).contains("MSA|AA|C1");
        }
        assertThat(department()).isEqualTo("呼吸与危重症医学科");
    }

    @Test
    void aCharsetThatTheBytesBelieIsRefused() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            String text = Messages.adt("A01", "C1", "ZY1");
            assertThat(sender.send(text.getBytes(GB18030), GB18030)).contains("MSA|AE|C1|charset: ");
            assertThat(sender.send(text.replace("UNICODE UTF-8", "GB 18030-2000").getBytes(StandardCharsets.UTF_8),
                    GB18030)).contains("MSA|AE|C1|charset: ");
        }
        assertThat(hub.published).isEmpty();
        assertThat(hub.refused).hasSize(2);
    }

    private String department() {
        JsonNode visit = hub.published.get(0).body();
        return visit.path("department").path("name").asText();
    }
}
