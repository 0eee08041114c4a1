package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.BuiltPlugin;
import org.yuzui.testkit.GivenFile;
import org.yuzui.testkit.HubExtension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;
import static org.yuzui.plugin.his.Patience.await;

/** The plugin in a running hub: what comes in by line and by file, what its reports show, and what it sends on. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ThroughTheHubTest {

    private static final Path INBOX = Path.of("target/inbox-" + ProcessHandle.current().pid()).toAbsolutePath();
    private static final int PORT = PluginFixture.freePort();
    private static final int THEIR_PORT = PluginFixture.freePort();

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of().plugin(BuiltPlugin.jar("his")).settings("his", """
            listen: {port: %d}
            inbox: %s
            interval: 100
            settle: 1
            facilities:
              SCSY: {unit: 510104-H01, beds: 10}
              H510302: {unit: 510302-H01, beds: 20}
            send:
              lab: {host: 127.0.0.1, port: %d, contract: his.order.v1, connectTimeout: 20000, answerTimeout: 60000}
            """.formatted(PORT, INBOX, THEIR_PORT));

    @Test
    void aMonthsReportAddsUpFromInstitutionToProvince() throws Exception {
        try (MllpSender sender = new MllpSender(PORT)) {
            send(sender, "A01", "V1", "SCSY", "20260203100000");
            send(sender, "A03", "V1", "SCSY", "20260213100000");
            send(sender, "A04", "V2", "SCSY", "20260205100000");
            send(sender, "A04", "V2D", "SCSY", "20260205100100");
            send(sender, "A01", "V3", "H510302", "20260210100000");
            assertThat(sender.send("MSH|^~\\&|HIS|SCSY|HUB|JGSWJ|20260205101000||ADT^A42|M1|P|2.4\rEVN|A42|20260205101000\rPID|1||P1\r"
                    + "MRG|P1||||V2D\rPV1|1|O" + "|".repeat(17) + "V2\r")).contains("MSA|AA|M1");
        }
        for (LocalDate day = LocalDate.of(2026, 2, 1); day.getMonthValue() == 2; day = day.plusDays(1)) {
            HUB.hub().scheduler().run("his/daily-summary", day);
        }
        HUB.hub().scheduler().run("his/monthly-report", LocalDate.of(2026, 2, 28));

        JsonNode total = HUB.get("/reports/hospital-monthly/2026-02?unit=510000").path("total");
        assertThat(total.at("/values/outpatientVisits").asInt()).as("one of them was registered twice").isEqualTo(1);
        assertThat(total.at("/values/admissions").asInt()).isEqualTo(2);
        assertThat(total.at("/values/discharges").asInt()).isEqualTo(1);
        assertThat(total.at("/values/bedDaysOpen").asInt()).isEqualTo(28 * 30);
        assertThat(total.at("/values/bedDaysOccupied").asInt()).isEqualTo(10 + 19);
        assertThat(total.at("/values/workingDays").asDouble()).as("29 bed-days in 30 beds").isEqualTo(29.0 / 30, offset(1e-6));
        assertThat(total.at("/values/turnover").asDouble()).isEqualTo(1.0 / 30, offset(1e-6));
        assertThat(total.at("/values/meanStay").asDouble()).isEqualTo(10);
        assertThat(total.path("parts")).extracting(p -> p.at("/values/admissions").asInt()).containsExactly(1, 1);
    }

    @Test
    void batchFilesAreTakenAsMessagesOverTheLineAre() throws Exception {
        give("day.hl7", "BHS|^~\\&|HIS|SCSY\r" + Messages.adt("A01", "F1", "F1") + Messages.oru("F2") + "BTS|2\r");
        await().until(() -> Files.exists(INBOX.resolve(".done/day.hl7.ack")));
        await().untilAsserted(() -> assertThat(records("his.result.v1")).isNotEmpty());

        give("short.hl7", "BHS|^~\\&|HIS|SCSY\r" + Messages.adt("A01", "F3", "F3") + "BTS|9\r");
        await().until(() -> Files.exists(INBOX.resolve(".refused/short.hl7.ack")));
        await().untilAsserted(() -> assertThat(flows(FlowStatus.REFUSED)).extracting(Flow::causeCode).contains("batch-count"));
    }

    @Test
    void aFileOrAMessageOfAFileThatWasRefusedGoesInOnceMore() throws Exception {
        String whole = "BHS|^~\\&|HIS|SCSY\r" + Messages.adt("A01", "G1", "G1") + "BTS|9\r";
        give("again.hl7", whole);
        UUID file = refused("again.hl7");
        HUB.post("/records/" + file + "/mend", "{\"reason\": \"one message\", \"text\": "
                + new ObjectMapper().writeValueAsString(whole.replace("BTS|9", "BTS|1")) + "}");
        await().untilAsserted(() -> assertThat(flows(FlowStatus.DELIVERED)).extracting(Flow::key).contains("510104-H01|G1"));
        assertThat(INBOX.resolve(".work")).as("answers that nobody waits for").isDirectoryNotContaining("glob:**/again*");

        String stranger = Messages.adt("A01", "G2", "G2");
        give("part.hl7", stranger.replace("SCSY", "NOBODY"));
        UUID message = refused("G2");
        HUB.post("/records/" + message + "/mend", "{\"reason\": \"the sender is SCSY\", \"text\": " + new ObjectMapper().writeValueAsString(stranger) + "}");
        await().untilAsserted(() -> assertThat(flows(FlowStatus.DELIVERED)).extracting(Flow::key).contains("510104-H01|G2"));
    }

    private static UUID refused(String sourceId) {
        await().untilAsserted(() -> assertThat(flows(FlowStatus.REFUSED)).extracting(Flow::sourceId).contains(sourceId));
        return flows(FlowStatus.REFUSED).stream().filter(f -> sourceId.equals(f.sourceId())).findFirst().orElseThrow().id();
    }

    @Test
    void ordersAreSentOnInTheirOrderAlsoOverAnOutageAndARestartOfTheHub() throws Exception {
        try (StandIn them = new StandIn(THEIR_PORT)) {
            order("O1");
            await().until(() -> them.received.size() == 1);
            them.plan.add(StandIn.Move.AE);
            order("O2");
            await().untilAsserted(() -> assertThat(flows(FlowStatus.DEAD)).extracting(Flow::key, Flow::causeCode)
                    .containsExactly(tuple("510104-H01|O2", "answered-ae")));
            assertThat(flows(FlowStatus.DEAD).get(0).cause()).contains("missing-field: ORC-2");
        }
        for (int i = 3; i < 9; i++) {
            order("O" + i); // nobody listens there
        }
        await().untilAsserted(() -> assertThat(HUB.hub().plugins().find("his").orElseThrow().state().name()).isEqualTo("DEGRADED"));
        HUB.stop();
        HUB.start();
        order("O9");

        try (StandIn them = new StandIn(THEIR_PORT)) {
            await().until(() -> them.received.size() == 7);
            assertThat(them.received).extracting(m -> m.replaceAll("(?s).*\rORC\\|NW\\|([^|]*).*", "$1"))
                    .containsExactly("O3", "O4", "O5", "O6", "O7", "O8", "O9");
            assertThat(them.controlIds()).doesNotHaveDuplicates();
            await().untilAsserted(() -> assertThat(HUB.hub().plugins().find("his").orElseThrow().state().name()).isEqualTo("RUNNING"));
        }
    }

    private static void order(String number) throws IOException {
        String message = Files.readString(Path.of("examples/order/given.hl7"), StandardCharsets.UTF_8).replace("4469415", number)
                .replace("EX-O01", "EX-" + number);
        try (MllpSender sender = new MllpSender(PORT)) {
            assertThat(sender.send(message)).contains("MSA|AA|EX-" + number);
        }
    }

    private static void send(MllpSender sender, String event, String visit, String facility, String at) throws IOException {
        assertThat(sender.send(Messages.adt(event, event + visit, visit, facility, at))).contains("MSA|AA|");
    }

    private static List<JsonNode> records(String contract) {
        return HUB.hub().records().store().find(RecordQuery.of(contract)).stream().map(r -> r.body()).toList();
    }

    private static List<Flow> flows(FlowStatus status) {
        return HUB.hub().ledger().find(new FlowQuery(FlowFilter.of(status), null, 200)).flows();
    }

    private static void give(String name, String text) throws IOException {
        GivenFile.into(INBOX, name, text.getBytes(StandardCharsets.UTF_8));
    }
}
