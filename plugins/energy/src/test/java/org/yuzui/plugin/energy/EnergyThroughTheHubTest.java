package org.yuzui.plugin.energy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.kernel.PluginState;
import org.yuzui.plugin.energy.Samples.Sample;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.yuzui.plugin.energy.Patience.await;

/** A running hub and meters behind real sockets: every sample is read or refused as its row says, and a day becomes the province's report. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EnergyThroughTheHubTest {

    /** A Monday. */
    private static final String DAY = "2026-03-02";
    private static final String UNITS = """
            code,name,level,parent
            510000,四川省,province,
            510100,成都市,city,510000
            510104,锦江区,county,510100
            510104-G01,锦江区政务中心,institution,510104
            510105,青羊区,county,510100
            510105-G01,青羊区政务中心,institution,510105
            510300,自贡市,city,510000
            510302,自流井区,county,510300
            510302-G01,自流井区政务中心,institution,510302
            """;
    private static final Map<String, Sample> SAMPLES = new LinkedHashMap<>();
    private static final Map<String, MeterServer> SERVERS = new LinkedHashMap<>();

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of().plugin(PluginUnderTest.jar())
            .file("config/org/units.csv", UNITS).settings("energy", settings());

    private static String settings() {
        StringBuilder yaml = new StringBuilder("""
                collect: {answerTimeout: 3000, retries: 0, backOff: {first: 0, most: 0}}
                units:
                  510104-G01: {people: 200, area: 10000}
                  510302-G01: {people: 100, area: 4000}
                """);
        int number = 0;
        yaml.append("meters:\n");
        for (Sample sample : Samples.all()) {
            String meter = "S%02d".formatted(++number);
            MeterServer server = new MeterServer((question, out) -> out.write(reply(sample, question)));
            SAMPLES.put(meter, sample);
            SERVERS.put(meter, server);
            yaml.append("  ").append(meter).append(": ").append(sample.settings(server.port())).append('\n');
        }
        yaml.append("setPoints:\n");
        for (int degrees : new int[] {24, 27}) {
            MeterServer server = new MeterServer((question, out) -> {
                byte[] answer = Samples.answer(question);
                answer[answer.length - 1] = (byte) degrees;
                out.write(answer);
            });
            SERVERS.put("AC" + degrees, server);
            yaml.append("  AC%d: {unit: 510104-G01, protocol: modbus-tcp, port: %d, register: 1, type: u16}%n".formatted(degrees, server.port()));
        }
        return yaml.toString();
    }

    private static byte[] reply(Sample sample, byte[] question) {
        if (sample.isRequest()) {
            return Samples.answer(question);
        }
        byte[] reply = sample.frame().clone();
        if (sample.protocol().equals("modbus-tcp") && reply[0] == 0) { // its own transaction, but for the row that has another
            reply[0] = question[0];
            reply[1] = question[1];
        }
        return reply;
    }

    @AfterAll
    static void close() {
        SERVERS.values().forEach(MeterServer::close);
    }

    @Test
    @Order(1)
    void everySampleIsReadOrRefusedAsItsRowSays() {
        assertThat(HUB.hub().scheduler().run("energy/collect", null).state().name()).isEqualTo("DONE");
        await().untilAsserted(() -> {
            Map<String, JsonNode> readings = byMeter("energy.reading.v1");
            Map<String, JsonNode> gaps = byMeter("energy.gap.v1");
            SAMPLES.forEach((meter, sample) -> {
                if (sample.isRequest()) {
                    assertThat(readings).as(sample.name()).containsKey(meter);
                } else if (sample.hasValue()) {
                    assertThat(readings).as(sample.name()).containsKey(meter);
                    assertThat(readings.get(meter).get("value").decimalValue()).isEqualByComparingTo(new BigDecimal(sample.expect()));
                } else {
                    assertThat(readings).as(sample.name()).doesNotContainKey(meter);
                    assertThat(gaps).as(sample.name()).containsKey(meter);
                    assertThat(gaps.get(meter).get("reason").asText()).as(sample.name()).isEqualTo(sample.expect());
                    assertThat(gaps.get(meter).get("flag").asText()).isEqualTo("missed");
                }
            });
        });
        SAMPLES.forEach((meter, sample) -> {
            if (sample.isRequest()) { // the transaction of Modbus over TCP apart
                assertThat(bare(SERVERS.get(meter).asked.get(0), sample)).as(sample.name()).isEqualTo(bare(sample.frame(), sample));
            }
        });
        assertThat(byMeter("energy.reading.v1").values()).filteredOn(r -> r.get("serial").asText().equals("111111111111")).as("any address").hasSize(1);
    }

    @Test
    @Order(2)
    void whoGivesNoReadingIsATrouble() {
        await().until(() -> HUB.hub().plugins().find("energy").orElseThrow().state() == PluginState.DEGRADED);
        String shown = HUB.get("/plugins/energy").toString();
        assertThat(shown).contains("gave no reading").contains("S14");
        assertThat(shown).as("told once, not by the route around it too").doesNotContain("The route 'collect' can't");
    }

    @Test
    @Order(3)
    void inAnEmergencySetPointsAreChecked() throws Exception {
        int before = SERVERS.get("S01").asked.size();
        HUB.hub().scheduler().run("energy/collect-dense", null);
        assertThat(SERVERS.get("AC24").asked).as("nothing happens before the operator's switch").isEmpty();
        assertThat(SERVERS.get("S01").asked).hasSize(before);
        HttpResponse<String> switched = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + HUB.hub().webPort() + "/api/v1/plugins/energy/settings"))
                .header("Authorization", "Bearer " + Files.readString(HUB.home().resolve("data/bootstrap-token")).strip())
                .header("Content-Type", "application/merge-patch+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"emergency\": {\"active\": true}}")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(switched.statusCode()).as(switched.body()).isLessThan(300);
        HUB.hub().scheduler().run("energy/collect-dense", null);
        await().untilAsserted(() -> assertThat(records("energy.setpoint.v1")).extracting(r -> r.get("point").asText(),
                r -> r.get("setPoint").asInt(), r -> r.get("verdict").asText()).contains(tuple("AC24", 24, "too-cold"), tuple("AC27", 27, "ok")));
        assertThat(SERVERS.get("S01").asked).as("and meters are read more often").hasSizeGreaterThan(before);
    }

    @Test
    @Order(4)
    void nothingThatWasSentIsAnythingButAReading() {
        SERVERS.values().forEach(s -> assertThat(s.asked).isNotEmpty().allSatisfy(frame -> {
            String hex = HexFormat.of().formatHex(frame);
            assertThat(hex).matches("(fe)*68.{12}681104.{8}.{2}16|.{4}0000000.{3}0[34].{8}|.{2}0[34].{12}");
        }));
    }

    @Test
    @Order(5)
    void theTroubleIsOverWhenAllAnswer() {
        SERVERS.forEach((meter, server) -> {
            if (SAMPLES.containsKey(meter)) {
                server.behave((question, out) -> out.write(Samples.answer(question)));
            }
        });
        HUB.hub().scheduler().run("energy/collect", null);
        HUB.hub().scheduler().run("energy/collect-dense", null);
        await().until(() -> HUB.hub().plugins().find("energy").orElseThrow().state() == PluginState.RUNNING);
        await().until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().endsWith(" - meters")));
    }

    @Test
    @Order(6)
    void aDayBecomesTheReportOfTheProvince() {
        List<ObjectNode> readings = new ArrayList<>();
        readings.addAll(day("510104-G01", "E1", "electricity", "10", "5"));
        readings.addAll(day("510104-G01", "G1", "gas", "0.5", "0.5"));
        readings.addAll(day("510104-G01", "W1", "water", "0", "0"));
        readings.addAll(day("510302-G01", "E2", "electricity", "1.25", "1.25"));
        readings.forEach(r -> publish("energy.reading.v1", r));
        publish("energy.daily.v1", (ObjectNode) json("""
                {"unit": "510104-G01", "kind": "electricity", "day": "2026-02-23", "measure": "kWh", "consumption": 1300, "night": 300,
                 "meters": 1, "incomplete": 0, "complete": true, "factors": "sichuan-2023", "kgce": 159.77, "anomalies": []}"""));

        assertThat(HUB.hub().scheduler().run("energy/daily-consumption", LocalDate.parse(DAY)).cause()).isNull();

        await().untilAsserted(() -> assertThat(records("energy.daily.v1")).filteredOn(r -> r.get("day").asText().equals(DAY)
                && !r.get("unit").asText().equals("510105-G01")).extracting(r -> r.get("unit").asText(), r -> r.get("kind").asText(),
                r -> plain(r.get("consumption")), r -> plain(r.get("night")), r -> plain(r.path("kgce")), r -> kinds(r)).containsExactlyInAnyOrder(
                        tuple("510104-G01", "electricity", "600", "240", "73.74", "night,sudden-change"),
                        tuple("510104-G01", "gas", "48", "12", "63.84", ""),
                        tuple("510104-G01", "water", "0", "0", "", "zero"),
                        tuple("510302-G01", "electricity", "120", "30", "14.748", "")));

        JsonNode report = HUB.get("/reports/energy-daily/" + DAY + "?unit=510000").path("total");
        assertThat(values(report, "electricity", "gas", "water", "kgce", "kgCO2", "people"))
                .containsExactly(720.0, 48.0, 0.0, 152.328, 112.608, 300.0);
        assertThat(report.at("/values/perPerson").asDouble()).isEqualTo(0.50776);
        double[] cities = new double[1];
        report.path("parts").forEach(city -> cities[0] += city.at("/values/kgce").asDouble());
        assertThat(cities[0]).isEqualTo(152.328, org.assertj.core.api.Assertions.within(1e-9));
    }

    /** 97 readings, of which a quarter of an hour at night takes one amount and by day another. */
    private static List<ObjectNode> day(String unit, String meter, String kind, String night, String daytime) {
        List<ObjectNode> readings = new ArrayList<>();
        OffsetDateTime at = OffsetDateTime.parse(DAY + "T00:00:00+08:00");
        BigDecimal value = new BigDecimal("1000.25");
        for (int quarter = 0; quarter <= 96; quarter++) {
            readings.add(JsonNodeFactory.instance.objectNode().put("unit", unit).put("meter", meter).put("kind", kind)
                    .put("at", Meters.text(at)).put("day", at.toLocalDate().toString()).put("value", value)
                    .put("measure", Kind.of(kind).measure()).put("serial", "1"));
            at = at.plusMinutes(15);
            value = value.add(new BigDecimal(quarter < 20 || quarter >= 92 ? night : daytime));
        }
        return readings;
    }

    private static void publish(String contract, ObjectNode body) {
        HUB.hub().records().publish(new Draft(contract, body, Origin.of("test", "1", "test")));
    }

    private static JsonNode json(String text) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String kinds(JsonNode daily) {
        List<String> kinds = new ArrayList<>();
        daily.path("anomalies").forEach(a -> kinds.add(a.get("kind").asText()));
        return String.join(",", kinds);
    }

    private static String plain(JsonNode number) {
        return number.isMissingNode() ? "" : number.decimalValue().signum() == 0 ? "0" : number.decimalValue().stripTrailingZeros().toPlainString();
    }

    private static List<Double> values(JsonNode total, String... indicators) {
        return java.util.Arrays.stream(indicators).map(i -> total.at("/values/" + i).asDouble()).toList();
    }

    private static String bare(byte[] frame, Sample sample) {
        String hex = HexFormat.of().formatHex(frame);
        return sample.protocol().equals("modbus-tcp") ? hex.substring(4) : hex.replaceFirst("^(fe)+", "");
    }

    private static Map<String, JsonNode> byMeter(String contract) {
        Map<String, JsonNode> byMeter = new LinkedHashMap<>();
        records(contract).forEach(r -> byMeter.put(r.get("meter").asText(), r));
        return byMeter;
    }

    private static List<JsonNode> records(String contract) {
        return HUB.hub().records().store().find(RecordQuery.of(contract)).stream().map(r -> r.body()).toList();
    }
}
