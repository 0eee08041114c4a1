package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.his.hl7.Refusal;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MergeReaderTest {

    private final MergeReader reader = new MergeReader(Reading.ZONE, new Pseudonyms("a-key-of-this-site"));

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // event, PID-18, PV1-19, MRG | kind retired>surviving …
            "A18, '',   '', MRG|P2,                        patient P2>P1",
            "A34, '',   '', MRG|P2^3^M12,                  patient P2>P1",
            "A40, ACC1, '', MRG|P2||ACC2,                  patient P2>P1",
            "A40, '',   '', MRG|510104199001010019~P2,     patient P2>P1",
            "A35, ACC1, '', MRG|||ACC2,                    visit ACC2>ACC1",
            "A41, ACC1, '', MRG|P2||ACC2,                  visit ACC2>ACC1",
            "A36, ACC1, '', MRG|P2||ACC2,                  patient P2>P1 visit ACC2>ACC1",
            "A36, ACC1, '', MRG|P2,                        patient P2>P1",
            "A42, '',   V1, MRG|P2||ACC2||V2,              visit V2>V1",
            "A42, V1,   '', MRG|P2||V2,                    visit V2>V1"})
    void whatIsMergedIntoWhat(String event, String account, String visit, String mrg, String expected) {
        List<? extends JsonNode> merges = Reading.of(reader, "ADT^" + event, "EVN|" + event + "|20260302081500",
                "PID|1||P1^^^HIS^PI~510104199001010019^^^GA^NNCHN||测试^一号||19900101|M||||||||||" + account, mrg,
                "PV1|1|I" + "|".repeat(17) + visit);

        assertThat(merges.stream().map(m -> m.path("kind").asText() + " " + m.path("retired").asText() + ">"
                + m.path("surviving").asText()).toList()).isEqualTo(List.of(expected.split(" (?=patient|visit)")));
        assertThat(merges).allSatisfy(m -> {
            assertThat(m.path("event").asText()).isEqualTo(event);
            assertThat(m.path("mergedAt").asText()).isEqualTo("2026-03-02T08:15:00+08:00");
            assertThat(m.toString()).doesNotContain("测试", "0010019");
        });
        assertThat(merges.get(0).path("retiredPseudonym").asText()).isEqualTo(expected.startsWith("patient")
                ? new Pseudonyms("a-key-of-this-site").of("510104-H01", "P2").orElseThrow() : "");
    }

    @Test
    void severalPatientsInOneMessage() {
        List<? extends JsonNode> merges = Reading.of(reader, "ADT^A40", "EVN|A40|20260302081500",
                "PID|1||P1", "PD1|x", "MRG|P2", "PID|2||P3", "MRG|P4", "MRG|P5");

        assertThat(merges).extracting(m -> m.path("retired").asText() + ">" + m.path("surviving").asText())
                .containsExactly("P2>P1", "P4>P3", "P5>P3");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "", value = {"A40, , missing-field", "A40, MRG|P1, bad-value", "A40, MRG|510104199001010019, missing-field",
            "A42, MRG|P2, missing-field", "A41, MRG|P2, missing-field"})
    void whatMergesNothingIsRefused(String event, String mrg, String code) {
        assertThatThrownBy(() -> Reading.of(reader, "ADT^" + event, "PID|1||P1", mrg == null ? "NTE|1" : mrg))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code))
                .hasMessageNotContaining("199001");
    }
}
