package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Refusal;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VisitReaderTest {

    private final VisitReader reader = new VisitReader(ZoneId.of("Asia/Shanghai"), new Pseudonyms(null));

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // event, PV1-2, PV1-44, PV1-45, PV1-46 | class, inHouse, admittedOn, dischargedOn
            "A01, I, 202603010930, '',           '',             inpatient,  true,  2026-03-01, -",
            "A01, I, '',           '',           '',             inpatient,  true,  2026-03-02, -",
            "A01, '', '',          '',           '',             inpatient,  true,  2026-03-02, -",
            "A01, B, '',           '',           '',             inpatient,  true,  2026-03-02, -",
            "A02, I, '',           '',           '',             inpatient,  true,  -,          -",
            "A03, I, 20260301,     202603020800, '',             inpatient,  false, 2026-03-01, 2026-03-02",
            "A03, I, '',           '',           '',             inpatient,  false, -,          2026-03-02",
            "A03, I, '',           20260301,     '',             inpatient,  false, -,          2026-03-01",
            "A03, I, '',           20260220,     20260301101500, inpatient,  false, 2026-02-20, 2026-03-01",
            "A01, I, '',           20260301,     '',             inpatient,  true,  2026-03-01, -",
            "A04, O, '',           '',           '',             outpatient, false, 2026-03-02, -",
            "A04, E, '',           '',           '',             emergency,  false, 2026-03-02, -",
            "A04, '', '',          '',           '',             outpatient, false, 2026-03-02, -",
            "A06, I, '',           '',           '',             inpatient,  true,  2026-03-02, -",
            "A08, I, 20260301,     20260302,     '',             inpatient,  false, 2026-03-01, 2026-03-02",
            "A08, I, 20260301,     20260309,     '',             inpatient,  true,  2026-03-01, -",
            "A08, I, '',           20260301,     '',             inpatient,  true,  -,          -",
            "A11, I, 20260301,     '',           '',             inpatient,  false, 2026-03-01, -",
            "A13, I, 20260301,     20260302,     '',             inpatient,  true,  2026-03-01, -",
            "A05, P, 20260309,     '',           '',             preadmit,   false, -,          -",
            "A05, I, 20260309,     '',           '',             preadmit,   false, -,          -",
            "A08, P, 20260309,     '',           '',             preadmit,   false, -,          -",
            "A01, P, '',           '',           '',             inpatient,  true,  2026-03-02, -",
            "A07, O, 20260301,     '',           '',             outpatient, false, 2026-03-01, 2026-03-02",
            "A07, I, '',           '',           '',             outpatient, false, -,          2026-03-02",
            "A09, I, '',           '',           '',             inpatient,  true,  -,          -",
            "A10, I, 20260301,     '',           '',             inpatient,  true,  2026-03-01, -",
            "A12, I, '',           '',           '',             inpatient,  true,  -,          -",
            "A01, I, 20261345,     '',           '',             inpatient,  true,  2026-03-02, -"})
    void whatAnEventSaysOfTheStay(String event, String visitClass, String f44, String f45, String f46,
                                  String readClass, boolean inHouse, String admittedOn, String dischargedOn) {
        JsonNode visit = read(message(event, "EVN|" + event + "|20260302083000",
                "PV1|1|" + visitClass + "|".repeat(17) + "ZY1" + "|".repeat(25) + f44 + "|" + f45 + "|" + f46));

        assertThat(visit.path("class").asText()).isEqualTo(readClass);
        assertThat(visit.path("inHouse").asBoolean()).isEqualTo(inHouse);
        assertThat(visit.path("admittedOn").asText(null)).isEqualTo(admittedOn);
        assertThat(visit.path("dischargedOn").asText(null)).isEqualTo(dischargedOn);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // EVN-2, EVN-6, MSH-7 | eventAt
            "20260302083000,      20260301, 20260303, 2026-03-02T08:30:00+08:00",
            "20260302003000+0000, 20260301, 20260303, 2026-03-02T08:30:00+08:00",
            "20260302083000.250,  20260301, 20260303, 2026-03-02T08:30:00.250+08:00",
            "'',                  20260301, 20260303, 2026-03-01T00:00:00+08:00",
            "nonsense,            '',       202603031215, 2026-03-03T12:15:00+08:00"})
    void whenItHappened(String evn2, String evn6, String msh7, String eventAt) {
        JsonNode visit = read(message("A01", "EVN|A01|" + evn2 + "||||" + evn6, "PV1|1|I" + "|".repeat(17) + "ZY1")
                .replace("|MSH7|", "|" + msh7 + "|"));

        assertThat(visit.path("eventAt").asText()).isEqualTo(eventAt);
        assertThat(visit.path("eventDay").asText()).isEqualTo(eventAt.substring(0, 10));
    }

    @Test
    void withoutAnyTimeItIsRefused() {
        assertThatThrownBy(() -> read(message("A01", "EVN|A01", "PV1|1|I" + "|".repeat(17) + "ZY1").replace("|MSH7|", "||")))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.place()).isEqualTo("EVN-2"));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // PV1-19, PID-18, PID-3 | visit
            "ZY1^^^HIS, ACC1, P1, ZY1",
            "'', ACC1, P1, ACC1",
            "'', '', P1^^^HIS^PI, P1@2026-03-02",
            "'', '', 510104199001010019^^^GA^NNCHN~P1, P1@2026-03-02",
            "510104199001010019, '', P1, P1@2026-03-02",
            "MZ510104199001010019-1, '', P1, P1@2026-03-02",
            "20260304510104199001010019, '', P1, P1@2026-03-02",
            "20260304510104199001010018, '', P1, 20260304510104199001010018",
            "'\"\"', '', P1, P1@2026-03-02",
            "'', '', 510104199001010019, -",
            "'', '', '', -"})
    void whichVisitIsMeant(String pv119, String pid18, String pid3, String visit) {
        String message = message("A01", "EVN|A01|20260302083000", "PV1|1|I" + "|".repeat(17) + pv119)
                .replace("|PID3|", "|" + pid3 + "|").replace("|PID18|", "|" + pid18 + "|");
        if (visit == null) {
            assertThatThrownBy(() -> read(message)).isInstanceOf(Refusal.class).hasMessageContaining("no visit number")
                    .hasMessageNotContaining("19900101");
        } else {
            assertThat(read(message).path("visit").asText()).isEqualTo(visit);
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "020116&呼吸科^R1^45,  020116, 呼吸科, R1, 45",
            "^^998^020101&心内科,  020101, 心内科, -,  998",
            "6N^1234^A,            6N,     -,      1234, A",
            "'A\\T\\B&C\\S\\D',    A&B,    C^D,    -,  -"})
    void whereThePatientIs(String pv13, String code, String name, String room, String bed) {
        JsonNode visit = read(message("A01", "EVN|A01|20260302083000", "PV1|1|I|" + pv13 + "|".repeat(16) + "ZY1"));

        assertThat(visit.path("department").path("code").asText(null)).isEqualTo(code);
        assertThat(visit.path("department").path("name").asText(null)).isEqualTo(name);
        assertThat(visit.path("room").asText(null)).isEqualTo(room);
        assertThat(visit.path("bed").asText(null)).isEqualTo(bed);
    }

    @Test
    void nothingThatNamesThePatientIsLeftUnmasked() {
        String message = message("A01", "EVN|A01|20260302083000", "PV1|1|I" + "|".repeat(17) + "ZY1")
                .replace("|PID3|", "|P1^^^HIS^PI~510104199001010019^^^GA^NNCHN|");
        JsonNode visit = read(message);

        assertThat(visit.path("patient").toString())
                .isEqualTo("{\"gender\":\"F\",\"birthYear\":1988,\"name\":\"测***\",\"idNumber\":\"510104************\"}");
        assertThat(visit.toString()).doesNotContain("一号", "0010019", "19880202", "王医师", "13800001234");
    }

    @Test
    void aPseudonymNeedsAKeyAndIsTheSameForTheSamePatientOfAUnitOnly() {
        Pseudonyms keyed = new Pseudonyms("a-key-of-this-site");

        assertThat(new Pseudonyms(null).of("u", "P1")).isEmpty();
        assertThat(keyed.of("u", "")).isEmpty();
        assertThat(keyed.of("u", "P1")).isEqualTo(keyed.of("u", "P1")).get().asString().matches("[0-9a-f]{16}");
        assertThat(keyed.of("u", "P1")).isNotEqualTo(keyed.of("v", "P1")).isNotEqualTo(keyed.of("u", "P2"))
                .isNotEqualTo(new Pseudonyms("another-key-of-it").of("u", "P1"));
    }

    @Test
    void versionsBefore23NameTheEventInEvn() {
        String message = message("A01", "EVN|A03|20260302083000", "PV1|1|I" + "|".repeat(17) + "ZY1")
                .replace("ADT^A01", "ADT");

        assertThat(read(message).path("event").asText()).isEqualTo("A03");
    }

    private JsonNode read(String message) {
        return reader.read(Header.read(message.getBytes(StandardCharsets.UTF_8)), Message.parse(message), "510104-H01").get(0);
    }

    private static String message(String event, String evn, String pv1) {
        return String.join("\r", "MSH|^~\\&|HIS|SCSY|HUB|JGSWJ|MSH7||ADT^" + event + "|C1|P|2.4", evn,
                "PID|1||PID3||测试^一号||19880202|F|||||13800001234|||||PID18|", pv1, "");
    }
}
