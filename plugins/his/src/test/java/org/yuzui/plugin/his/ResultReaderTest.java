package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Refusal;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResultReaderTest {

    private final ResultReader reader = new ResultReader(ZoneId.of("Asia/Shanghai"), new Pseudonyms(null));

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = ';', value = {
            // OBX-2; OBX-5 | value; meaning
            "NM; 27.50; 27.50; -", "SN; >^100; >100; -", "CE; POS^阳性^L; POS; 阳性", "ST; 阴性; 阴性; -",
            "ST; 510104199001010019; -; -", "TX; 患者测试一号; -; -", "FT; 自由文本; -; -", "ED; ^PDF^^Base64^JVBERi0; -; -",
            "XX; 1; -; -"})
    void whatMayLeaveOfAValue(String type, String written, String value, String meaning) {
        JsonNode read = read("OBR|1|P1|F1|S1^肝功能|||20260303080000", "OBX|1|" + type + "|C1^名称||" + written + "|U/L|1-2|H")
                .get(0).path("values").get(0);

        assertThat(read.path("value").asText(null)).isEqualTo(value);
        assertThat(read.path("meaning").asText(null)).isEqualTo(meaning);
        assertThat(read.path("flag").asText()).isEqualTo("H");
    }

    @Test
    void anOversizedTextStaysBehind() {
        assertThat(read("OBR|1|P1|F1|S1", "OBX|1|ST|C1||" + "x".repeat(65)).get(0).toString()).doesNotContain("xxx");
    }

    @ParameterizedTest
    @CsvSource({"P1, F1, F1", "P1, '', P1", "'', F1^LIS, F1"})
    void theFillersNumberIsTheReports(String placer, String filler, String report) {
        assertThat(read("OBR|1|" + placer + "|" + filler + "|S1").get(0).path("report").asText()).isEqualTo(report);
    }

    @Test
    void aReportNeedsANumberAndAMessageAReport() {
        assertThatThrownBy(() -> read("OBR|1|||S1")).isInstanceOfSatisfying(Refusal.class,
                r -> assertThat(r.place()).isEqualTo("OBR-3"));
        assertThatThrownBy(() -> read("OBX|1|NM|C1||1")).isInstanceOfSatisfying(Refusal.class,
                r -> assertThat(r.place()).isEqualTo("OBR"));
    }

    @Test
    void eachReportHasItsOwnValuesAndPatient() {
        List<ObjectNode> reports = read("OBR|1||F1|S1", "OBX|1|NM|A||1", "OBR|2||F1|S2", "OBX|1|NM|B||2|||H", "OBX|2|NM|C||3",
                "PID|2||P2||测试^二号||19770707|F", "PV1|1|I" + "|".repeat(17) + "ZY2", "OBR|3||F3|S1");

        assertThat(reports).extracting(r -> r.path("service").asText() + r.path("values").size()
                + r.path("abnormal").asInt() + r.at("/patient/birthYear").asInt() + r.path("visit").asText())
                .containsExactly("S1101990", "S2211990", "S1001977ZY2");
        assertThat(reports.toString()).doesNotContain("测试");
    }

    private List<ObjectNode> read(String... segments) {
        String message = "MSH|^~\\&|LIS|SCSY|HUB|JG|20260303092000||ORU^R01|C1|P|2.5.1\rPID|1||P1||测试^一号||19900101|M\r"
                + String.join("\r", segments) + "\r";
        return reader.read(Header.read(message.getBytes(StandardCharsets.UTF_8)), Message.parse(message), "510104-H01");
    }
}
