package org.yuzui.plugin.vehicle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.plugin.vehicle.jt808.Answers;
import org.yuzui.plugin.vehicle.jt808.Frames;
import org.yuzui.plugin.vehicle.jt808.Header;
import org.yuzui.plugin.vehicle.jt808.Message;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.vehicle.Patience.await;

/** Every row of the fixtures through a running hub, each on a line of its own in its own protocol. */
class SamplesThroughTheHubTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Site SITE = new Site();
    private static final String CONTRACT = "vehicle.position.v1";

    @RegisterExtension
    static final HubExtension HUB = SITE.hub("""
            listen: {port: %d, authentication: "off"}
            platforms:
              port: %d
              peers:
                "20180920": {password: "20180920", m1: 30000000, ia1: 20000000, ic1: 20000000}
                "51000001": {password: sc510000, m1: 30000000, ia1: 20000000, ic1: 20000000}
                "102": {password: "123456", m1: 20240604, ia1: 20240604, ic1: 20240604}
                "86896940": {password: secret, m1: 56107078, ia1: 37382110, ic1: 50361430}
            http: {port: %d, token: %s}
            unknownVehicle: "510104-V01"
            vehicles:
              川A00001: {unit: 510104-V01, terminal: "19900000001", colour: 1, code: AUTH51}
            """);

    @TestFactory
    Stream<DynamicTest> terminals() {
        return Csv.rows("jt808/samples.csv").stream().map(row -> DynamicTest.dynamicTest(row.get("name"), () -> terminal(row)));
    }

    private static void terminal(Map<String, String> row) throws Exception {
        byte[] frame = HexFormat.of().parseHex(row.get("hex"));
        long refusedBefore = refused().size();
        try (TestLine line = new TestLine(SITE.terminals, Frames.FLAG, Frames.FLAG)) {
            line.send(frame);
            switch (row.get("outcome")) {
                case "positions" -> {
                    assertThat(Answers.result(answer(line, Header.PLATFORM_REPLY))).isEqualTo(Answers.OK);
                    Message sent = Frames.decode(Arrays.copyOfRange(frame, 1, frame.length - 1));
                    String vehicle = sent.header().terminal().equals("19900000001") ? "川A00001" : sent.header().terminal();
                    stored(vehicle, JSON.readTree(row.get("expected")));
                }
                case "registration" ->
                    assertThat(Answers.result(answer(line, Header.REGISTERED))).isEqualTo(Answers.OK);
                case "ok" -> assertThat(Answers.result(answer(line, Header.PLATFORM_REPLY))).isEqualTo(Answers.OK);
                case "unsupported" -> {
                    assertThat(Answers.result(answer(line, Header.PLATFORM_REPLY))).isEqualTo(Answers.UNSUPPORTED);
                }
                case "silence" -> assertThat(line.isSilent(200)).isTrue();
                default -> await().untilAsserted(() -> assertThat(refused()).hasSizeGreaterThan((int) refusedBefore)
                        .first().satisfies(f -> assertThat(f.causeCode()).isEqualTo(row.get("outcome").substring(8))));
            }
        }
    }

    private static Message answer(TestLine line, int id) throws Exception {
        Message answer = Frames.decode(line.receive());
        assertThat(answer.header().id()).isEqualTo(id);
        return answer;
    }

    @TestFactory
    Stream<DynamicTest> platforms() {
        return Csv.rows("jt809/samples.csv").stream().map(row -> DynamicTest.dynamicTest(row.get("name"), () -> platform(row)));
    }

    private static void platform(Map<String, String> row) throws Exception {
        byte[] frame = HexFormat.of().parseHex(row.get("hex"));
        boolean v2019 = row.get("standard").equals("2019");
        String outcome = row.get("outcome");
        try (TestLine line = new TestLine(SITE.platforms, 0x5B, 0x5D)) {
            if (outcome.equals("login") || outcome.equals("refused log-in-refused")) {
                line.send(frame);
                assertThat(platformAnswer(line, 0x1002, v2019)[0] == 0).isEqualTo(outcome.equals("login"));
                return;
            }
            logIn(line, row.get("cipher").isEmpty() ? 20180920 : 86896940, v2019);
            long ignoredBefore = ignored().size();
            line.send(frame);
            switch (outcome) {
                case "positions" -> {
                    JsonNode expected = JSON.readTree(row.get("expected"));
                    stored(expected.get(0).get("plate").asText(), expected);
                }
                case "alive" -> platformAnswer(line, 0x1006, v2019);
                case "logged-out" -> platformAnswer(line, 0x1004, v2019);
                default -> await().untilAsserted(() -> assertThat(ignored()).hasSizeGreaterThan((int) ignoredBefore));
            }
        }
    }

    /** Bodies of which no whole frame was at hand, each in a frame of ours. */
    @TestFactory
    Stream<DynamicTest> bodies() {
        return Csv.rows("jt809/bodies.csv").stream().map(row -> DynamicTest.dynamicTest(row.get("name"), () -> body(row)));
    }

    private static void body(Map<String, String> row) throws Exception {
        byte[] body = HexFormat.of().parseHex(row.get("hex"));
        boolean v2019 = row.get("standard").equals("2019");
        try (TestLine line = new TestLine(SITE.platforms, 0x5B, 0x5D)) {
            if (row.get("message").equals("0x1001")) {
                sendFrame(line, 0x1001, body, v2019);
                assertThat(platformAnswer(line, 0x1002, v2019)[0]).isZero();
                return;
            }
            logIn(line, 20180920, v2019);
            if (row.get("message").equals("0x1202")) {
                sendFrame(line, 0x1200, new org.yuzui.plugin.vehicle.wire.ByteWriter().text("川A00001", 21).u8(1).u16(0x1202)
                        .u32(body.length).bytes(body).toBytes(), v2019);
                stored("川A00001", JSON.readTree(v2019
                        ? "[{\"time\": \"2018-07-15T10:10:10\", \"lat\": 12.222222, \"lng\": 132.444444, \"speed\": 6, \"direction\": 0, "
                                + "\"altitude\": 40, \"status\": 2, \"mileage\": 10.0, \"fuel\": 5.5}]"
                        : "[{\"time\": \"2012-07-19T15:15:15\", \"lat\": 24.123456, \"lng\": 133.123456, \"speed\": 50, \"direction\": 45, "
                                + "\"altitude\": 45, \"status\": 3, \"mileage\": 150}]"));
            } else {
                long ignoredBefore = ignored().size();
                sendFrame(line, 0x1200, body, v2019);
                await().untilAsserted(() -> assertThat(ignored()).hasSizeGreaterThan((int) ignoredBefore));
            }
        }
    }

    private static void sendFrame(TestLine line, int id, byte[] body, boolean v2019) throws Exception {
        line.send(org.yuzui.plugin.vehicle.jt809.Frames.encode(new org.yuzui.plugin.vehicle.jt809.Header(id, 2, 20180920, 0x010000,
                false, 0, v2019 ? 1 : 0, v2019), body));
    }

    private static void logIn(TestLine line, long user, boolean v2019) throws Exception {
        var header = new org.yuzui.plugin.vehicle.jt809.Header(0x1001, 1, user, 0x010000, false, 0, v2019 ? 1 : 0, v2019);
        var body = new org.yuzui.plugin.vehicle.wire.ByteWriter().u32(user).text(user == 20180920 ? "20180920" : "secret", 8);
        if (v2019) {
            body.u32(user);
        }
        line.send(org.yuzui.plugin.vehicle.jt809.Frames.encode(header, body.text("127.0.0.1", 32).u16(809).toBytes()));
        assertThat(platformAnswer(line, 0x1002, v2019)[0]).isZero();
    }

    private static byte[] platformAnswer(TestLine line, int id, boolean v2019) throws Exception {
        var message = org.yuzui.plugin.vehicle.jt809.Frames.decode(line.receive(), v2019
                ? org.yuzui.plugin.vehicle.jt809.Frames.Standard.V2019 : org.yuzui.plugin.vehicle.jt809.Frames.Standard.V2011);
        assertThat(message.header().id()).isEqualTo(id);
        return message.body();
    }

    /** Every expected position is in a record of the vehicle. */
    private static void stored(String vehicle, JsonNode expected) {
        await().untilAsserted(() -> {
            Set<String> points = records(vehicle).stream().flatMap(r -> StreamSupport.stream(r.get("points").spliterator(), false))
                    .map(SamplesThroughTheHubTest::text).collect(Collectors.toSet());
            for (JsonNode e : expected) {
                assertThat(points).contains(text(e));
            }
        });
    }

    /** What both ways of telling a position have in common. */
    private static String text(JsonNode p) {
        String time = p.has("at") ? p.get("at").asText().replace("+08:00", "") : p.get("time").asText();
        boolean record = p.has("at");
        boolean ignition = record ? p.get("ignition").asBoolean() : (p.get("status").asLong() & 1) != 0;
        boolean located = record ? p.get("located").asBoolean() : (p.get("status").asLong() & 2) != 0;
        return "%s %.6f %.6f %.1f %d %d %s %s %.1f %.1f".formatted(time, p.get("lat").asDouble(), p.get("lng").asDouble(),
                p.get("speed").asDouble(), p.get("direction").asInt(), p.get("altitude").asInt(), ignition, located,
                p.path("mileage").asDouble(-1), p.path("fuel").asDouble(-1));
    }

    private static List<JsonNode> records(String vehicle) {
        return HUB.hub().records().store().find(RecordQuery.of(CONTRACT)
                .where(List.of(new RecordQuery.Condition("vehicle", RecordQuery.Op.EQ, vehicle)))
                .among(RecordQuery.Among.ANY, RecordQuery.Give.MATCHES)).stream().map(r -> r.body()).toList();
    }

    private static List<Flow> refused() {
        return flows(org.yuzui.ledger.FlowStatus.REFUSED);
    }

    private static List<Flow> ignored() {
        return flows(org.yuzui.ledger.FlowStatus.IGNORED);
    }

    private static List<Flow> flows(org.yuzui.ledger.FlowStatus status) {
        return HUB.hub().ledger().find(new FlowQuery(FlowFilter.of(status), null, 200)).flows();
    }
}
