package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.plugin.his.hl7.Refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AppointmentReaderTest {

    private final AppointmentReader reader = new AppointmentReader(Reading.ZONE, Reading.NONE);

    @ParameterizedTest
    @CsvSource({"S12, booked", "S13, rescheduled", "S14, modified", "S15, cancelled", "S16, discontinued", "S17, deleted", "S26, no-show"})
    void whatTheEventMakesOfIt(String event, String state) {
        JsonNode read = Reading.of(reader, "SIU^" + event, "SCH||A1").get(0);

        assertThat(read).hasToString("{\"unit\":\"510104-H01\",\"appointment\":\"A1\",\"event\":\"" + event + "\",\"state\":\"" + state
                + "\",\"changedAt\":\"2026-03-02T08:30:00+08:00\",\"changedOn\":\"2026-03-02\",\"patient\":{}}");
    }

    @Test
    void whenWhereAndForWhat() {
        JsonNode read = Reading.of(reader, "SIU^S12", "SCH|P1|F1|||||Z01^复诊||30|MIN|^^^20260310090000^20260310093000|D01^王医师",
                "PID|1||N1||测试^一号||19880202|F", "PV1|1|O|0203&心内科" + "|".repeat(16) + "V1", "RGS|1", "AIS|1||US^超声检查^L|20260310090500",
                "AIL|1||R3^超声三室").get(0);

        assertThat(read.path("appointment").asText()).isEqualTo("F1");
        assertThat(read.path("startsAt").asText()).isEqualTo("2026-03-10T09:00:00+08:00");
        assertThat(read.path("startsOn").asText()).isEqualTo("2026-03-10");
        assertThat(read.path("endsAt").asText()).isEqualTo("2026-03-10T09:30:00+08:00");
        assertThat(read.path("minutes").asInt()).isEqualTo(30);
        assertThat(read.path("serviceName").asText()).isEqualTo("超声检查");
        assertThat(read.path("placeName").asText()).isEqualTo("超声三室");
        assertThat(read.path("reasonName").asText()).isEqualTo("复诊");
        assertThat(read.path("visit").asText()).isEqualTo("V1");
        assertThat(read.toString()).doesNotContain("一号", "王医师", "N1");
    }

    @ParameterizedTest
    @CsvSource({"90, MIN, 90", "1.5, H, 90", "90, '', 90", "90, PARSEC, -1", "-5, MIN, -1", "999999999, MIN, -1", "x, MIN, -1"})
    void howLong(String duration, String of, int minutes) {
        assertThat(Reading.of(reader, "SIU^S12", "SCH||A1|||||||" + duration + "|" + of).get(0).path("minutes").asInt(-1)).isEqualTo(minutes);
    }

    @Test
    void aReasonWithoutACodeStaysBehind() {
        assertThat(Reading.of(reader, "SIU^S12", "SCH||A1|||||^测试一号复诊").get(0).toString()).doesNotContain("一号");
    }

    @Test
    void withoutANumberItIsRefused() {
        assertThatThrownBy(() -> Reading.of(reader, "SIU^S12", "SCH|510104199001010019"))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.place()).isEqualTo("SCH-2"));
    }
}
