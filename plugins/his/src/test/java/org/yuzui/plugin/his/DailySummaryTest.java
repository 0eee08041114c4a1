package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** From messages on the line to the figures of a day: the plugin's three routes together. */
class DailySummaryTest extends CamelTestSupport {

    private final FakeHub hub = new FakeHub();
    private int port;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        testConfiguration().withUseRouteBuilder(false);
        port = PluginFixture.freePort();
        return PluginFixture.context(hub, PluginFixture.settings("""
                listen: {port: %d}
                facilities:
                  SCSY: {unit: 510104-H01}
                  H510104: {unit: 510104-H01, beds: 4}
                  H510105: {unit: 510105-H01, beds: 10}
                  H510106: {unit: 510106-H01}
                """.formatted(port)), "receive-visit", "daily-summary");
    }

    @BeforeEach
    void start() {
        context.start();
    }

    @Test
    void aDayIsCountedFromAllThatTouchesIt() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            // the first hospital, under both of its names, out of order and with repetitions
            send(sender, "A03", "V1", "SCSY", "20260305100000");      // discharged the day after: in house that night
            send(sender, "A01", "V1", "H510104", "20260301100000");
            send(sender, "A01", "V2", "SCSY", "20260304110000");      // admitted that day, still there
            send(sender, "A01", "V2", "SCSY", "20260304110000");
            send(sender, "A01", "V3", "SCSY", "20260228090000");
            send(sender, "A03", "V3", "SCSY", "20260304090000");      // discharged that day after four days
            send(sender, "A01", "V4", "SCSY", "20260304120000");
            send(sender, "A11", "V4", "SCSY", "20260304130000");      // not admitted after all
            send(sender, "A04", "V5", "SCSY", "20260304080000");
            send(sender, "A04", "V6", "SCSY", "20260304080500");
            send(sender, "A06", "V6", "SCSY", "20260304170000");      // from the outpatient department to a ward
            send(sender, "A04", "V7", "SCSY", "20260304081000");
            send(sender, "A11", "V7", "SCSY", "20260304081500");
            send(sender, "A04", "V8", "SCSY", "20260303080000");      // another day
            send(sender, "A01", "V9", "SCSY", "20260305080000");      // admitted the day after
            // the second hospital
            send(sender, "A01", "V1", "H510105", "20260304100000");
        }

        hub.fire(context, "daily-summary", "2026-03-04");

        Map<String, JsonNode> days = hub.records("his.daily.v1").stream()
                .collect(Collectors.toMap(r -> r.path("unit").asText(), r -> r));
        assertThat(days.get("510104-H01")).hasToString("{\"unit\":\"510104-H01\",\"day\":\"2026-03-04\","
                + "\"outpatientVisits\":2,\"admissions\":2,\"discharges\":1,\"bedsOpen\":4,\"bedsOccupied\":3,"
                + "\"dischargedBedDays\":4,\"occupancy\":75.00,\"meanStay\":4.00}");
        assertThat(days.get("510105-H01")).hasToString("{\"unit\":\"510105-H01\",\"day\":\"2026-03-04\","
                + "\"outpatientVisits\":0,\"admissions\":1,\"discharges\":0,\"bedsOpen\":10,\"bedsOccupied\":1,"
                + "\"dischargedBedDays\":0,\"occupancy\":10.00}");
        assertThat(days.get("510106-H01")).as("where nothing happened").hasToString("{\"unit\":\"510106-H01\","
                + "\"day\":\"2026-03-04\",\"outpatientVisits\":0,\"admissions\":0,\"discharges\":0,\"bedsOpen\":0,"
                + "\"bedsOccupied\":0,\"dischargedBedDays\":0}");
        assertThat(days).hasSize(3);
        assertThat(hub.reported).as("handed in as the form's answers").hasSize(3).containsAll(days.values());
    }

    @Test
    void runningTwiceMakesNoNewRecord() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            send(sender, "A01", "V1", "SCSY", "20260304110000");
        }
        hub.fire(context, "daily-summary", "2026-03-04");
        hub.fire(context, "daily-summary", "2026-03-04");

        assertThat(hub.records("his.daily.v1")).hasSize(3);
        assertThat(hub.duplicates).hasSize(3);
        assertThat(hub.reported.subList(3, 6)).as("handed in again, which makes no new version")
                .isEqualTo(hub.reported.subList(0, 3));
    }

    @Test
    void aHospitalThatIsRefusedHoldsUpNoOtherOne() {
        hub.unknownUnits.add("510104-H01");

        assertThatThrownBy(() -> hub.fire(context, "daily-summary", "2026-03-04")).isInstanceOf(RefusedException.class)
                .hasMessageContaining("510104-H01");

        assertThat(hub.reported).extracting(r -> r.path("unit").asText()).containsExactly("510105-H01", "510106-H01");
    }

    @Test
    void whatComesLateChangesTheDayWhenItIsRunAgain() throws Exception {
        hub.fire(context, "daily-summary", "2026-03-04");
        try (MllpSender sender = new MllpSender(port)) {
            send(sender, "A04", "V1", "SCSY", "20260304110000");
        }
        hub.fire(context, "daily-summary", "2026-03-04");

        List<JsonNode> first = hub.records("his.daily.v1").stream()
                .filter(r -> r.path("unit").asText().equals("510104-H01")).toList();
        assertThat(first).extracting(r -> r.path("outpatientVisits").asInt()).containsExactly(0, 1);
    }

    @Test
    void whatWasMergedCountsOnce() throws Exception {
        try (MllpSender sender = new MllpSender(port)) {
            // One patient registered under two numbers, without a number of the visit: the visit is the patient's of that day.
            sendWithoutVisit(sender, "A04", "P1", "20260304080000");
            sendWithoutVisit(sender, "A04", "P2", "20260304080500");
            merge(sender, "A40", "PID|1||P1^^^HIS^PI||测试^一号", "MRG|P2^^^HIS^PI");
            // An admission told twice; by the surviving number the patient came and left the day before.
            send(sender, "A01", "V1", "SCSY", "20260303090000");
            send(sender, "A03", "V1", "SCSY", "20260303190000");
            send(sender, "A01", "V2", "SCSY", "20260304090000");
            merge(sender, "A42", "PID|1||P3^^^HIS^PI||测试^三号", "MRG|P3||||V2", "PV1|1|I" + "|".repeat(17) + "V1");
            // A visit that was given another number, known by the merge alone; twice, one after the other.
            send(sender, "A01", "V3", "SCSY", "20260304100000");
            merge(sender, "A41", "PID|1||P4^^^HIS^PI||测试^四号" + "|".repeat(13) + "V4", "MRG|||V3");
            merge(sender, "A41", "PID|1||P4^^^HIS^PI||测试^四号" + "|".repeat(13) + "V5", "MRG|||V4");
        }
        hub.fire(context, "daily-summary", "2026-03-04");

        JsonNode day = hub.records("his.daily.v1").stream().filter(r -> r.path("unit").asText().equals("510104-H01")).findFirst().orElseThrow();
        assertThat(day.path("outpatientVisits").asInt()).isEqualTo(1);
        assertThat(day.path("admissions").asInt()).isEqualTo(1);
        assertThat(day.path("bedsOccupied").asInt()).isEqualTo(1);
        assertThat(hub.records("his.merge.v1")).hasSize(4);
    }

    private static void sendWithoutVisit(MllpSender sender, String event, String patient, String at) throws Exception {
        assertThat(sender.send(Messages.adt(event, "C" + patient, patient, "SCSY", at).replace("城乡医保|" + patient + "|", "城乡医保||")))
                .contains("MSA|AA|");
    }

    private static void merge(MllpSender sender, String event, String... segments) throws Exception {
        assertThat(sender.send("MSH|^~\\&|HIS|SCSY|HUB|JGSWJ|20260305100000||ADT^" + event + "|M" + segments[1].hashCode()
                + "|P|2.4||||||UNICODE UTF-8\rEVN|" + event + "|20260305100000\r" + String.join("\r", segments) + "\r")).contains("MSA|AA|");
    }

    private static void send(MllpSender sender, String event, String visit, String facility, String at) throws Exception {
        assertThat(sender.send(Messages.adt(event, event + visit + at, visit, facility, at))).contains("MSA|AA|");
    }
}
