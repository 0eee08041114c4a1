package org.yuzui.plugin.his;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.testkit.BuiltPlugin;
import org.yuzui.testkit.HubExtension;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.his.Patience.await;

/** Messages of every type and version that senders are known to send, in the shapes that they have, over MLLP into a running hub. */
class ShapesThroughTheHubTest {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final int PORT = PluginFixture.freePort();
    private static final String VISIT = "PID|1||P1^^^HIS^PI||测试^一号||19900101|M;PV1|1|I|0201&内科^^45||||||||||||||||{id}||||||||||||||||||||||||||20250302083000";

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of().plugin(BuiltPlugin.jar("his")).settings("his", """
            listen: {port: %d}
            facilities:
              SCSY: {unit: 510104-H01}
              OLD: {unit: 510302-H01, charset: GB18030}
            """.formatted(PORT));

    /** The answer, and the contract of what it became; "-" where it is only noted, a code where it is refused. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '!', value = {
        "ADT^A01!2.2!AA!his.visit.v1!EVN|A01|20250302083000;{visit}",
        "ADT^A01!2.5!AA!his.visit.v1!EVN|A01|20250302083000;{visit};DG1|1||J44^慢性阻塞性肺疾病^ICD-10",
        "ADT^A01^ADT_A01!2.6!AA!his.visit.v1!EVN||20250302083000;{visit};AL1|1|DA|1605^青霉素^L",
        "ADT^A02!2.6!AA!his.visit.v1!EVN||20250302083000;{visit}",
        "ADT^A03!2.6!AA!his.visit.v1!EVN||20250302083000;{visit}|20250309083000",
        "ADT^A04!2.3!AA!his.visit.v1!EVN|A04|20250302083000;{visit}",
        "ADT^A08!2.6!AA!his.visit.v1!EVN||20250302083000;{visit}",
        "ADT^A34!2.3.1!AA!his.merge.v1!EVN|A34|20250302083000;PID|||P7^5^M12||TEST^PERSON;MRG|P8^3^M12",
        "ADT^A40!2.6!AA!his.merge.v1!PID|||MR1^^^XYZ||TEST^PERSON;MRG|MR2^^^XYZ",
        "ADT^A45!2.5!AA!-!EVN|A45|20250302083000;PID|1||P1;MRG|P1;PV1|1|I",
        "ORU^R01!2.3!AA!his.result.v1!PID|||P1;OBR|1|O1^HIS|F1^LAB|88304^化验|||20250302080000|||||||||||||||20250302090000|||F;OBX|1|NM|1^血红蛋白||12.5|g/dL|||||F",
        "ORM^O01!2.3.1!AA!his.order.v1!PID|||P1||TEST^PERSON^J|||M;PV1||E||||||D1||||||||||||V9;ORC|NW|1123abc^marand||3|||1^once^^^^U;OBR|1|1123abc^marand||RDP_10^摄片",
        "ORM^O01!2.7!AA!his.order.v1!PID|||P1;ORC|NW|A27;OBR|1|A27||X^检查",
        "OML^O21!2.5.1!AA!his.order.v1!PID|||P1;ORC|NW|A251;OBR|1|A251||X^检验",
        "OMP^O09!2.6!AA!his.order.v1!PID|||P1;ORC|NW|A26;RXO|M1^阿司匹林|100||mg",
        "RDE^O11!2.6!AA!his.order.v1!PID|||P1;ORC|NW|A11;RXE|^^^20250302|M1^阿司匹林|100||mg",
        "SIU^S14!2.3!AA!his.appointment.v1!SCH|ADS|569576||||G1|||379|MIN^分钟|^^^20250407161000;PID||P1|P1;PV1|1|U;RGS|1|1|abc;AIS|1|1|G1^手术|20250406161000|||255",
        "DFT^P03!2.6!AA!his.charge.v1!EVN||20250302083000;PID|1||P1;FT1|1|F1||20250305091000|20250305180000|CG|X^诊查费|||2|24.00|12.00",
        "DFT^P03^DFT_P03!2.6!AE!missing-field!EVN||20250302083000",
        "MFN^M02!2.6!AA!-!MFI|STF|||||AL",
        "PPR^PC1!2.6!AA!-!PID|1||P1;PRB|AD|20250302|1^诊断",
        "QRY^Q01!2.1!AA!-!QRD|20250302085841|D|I|Q1|||0^ZO|P1|APN|10",
        "RAS^O17!2.5!AA!-!PID|1||P1;ORC|NW|1;RXA|0|1|20250302|20250302|M1|1"})
    void aMessageIsAnsweredAsItsRowSays(String type, String version, String answer, String becomes, String segments) throws Exception {
        String id = type.replace("^", "") + version.replace(".", "");
        assertThat(sent(message("SCSY", type, id, version, "UNICODE UTF-8", segments), StandardCharsets.UTF_8)).contains("MSA|" + answer + "|" + id);
        await().untilAsserted(() -> assertThat(of(id)).hasSize(1).allSatisfy(flow -> {
            assertThat(flow.status() == FlowStatus.REFUSED ? flow.causeCode() : flow.status() == FlowStatus.IGNORED ? "-" : flow.contract()).isEqualTo(becomes);
        }));
    }

    @ParameterizedTest(name = "{0} says {1}: {2}")
    @CsvSource({"SCSY, '', AE", "SCSY, UNICODE UTF-8, AE", "SCSY, GB 18030-2000, AA", "OLD, '', AA", "OLD, UNICODE UTF-8, AE"})
    void bytesOfGb18030AreReadOrRefusedByWhatIsSaidOfThem(String facility, String declared, String answer) throws Exception {
        String id = "N" + facility + declared.hashCode();
        assertThat(sent(message(facility, "ADT^A04", id, "2.4", declared, "EVN|A04|20250302083000;{visit}"), GB18030)).contains("MSA|" + answer + "|" + id);
    }

    private static String message(String facility, String type, String id, String version, String charset, String segments) {
        return "MSH|^~\\&|HIS|" + facility + "|HUB|JGSWJ|20250302083000||" + type + "|" + id + "|P|" + version + "||||||" + charset + "\r"
                + segments.replace("{visit}", VISIT.replace("{id}", id)).replace(';', '\r') + "\r";
    }

    private static String sent(String message, Charset charset) throws Exception {
        try (MllpSender sender = new MllpSender(PORT)) {
            return sender.send(message.getBytes(charset), StandardCharsets.UTF_8);
        }
    }

    private static List<Flow> of(String id) {
        return HUB.hub().ledger().find(new FlowQuery(FlowFilter.ALL, null, 200)).flows().stream().filter(f -> id.equals(f.sourceId())).toList();
    }
}
