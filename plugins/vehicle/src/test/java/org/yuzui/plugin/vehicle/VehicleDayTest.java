package org.yuzui.plugin.vehicle;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.plugin.vehicle.jt808.Answers;
import org.yuzui.plugin.vehicle.jt808.Frames;
import org.yuzui.plugin.vehicle.jt808.Header;
import org.yuzui.plugin.vehicle.jt808.Message;
import org.yuzui.plugin.vehicle.wire.ByteReader;
import org.yuzui.plugin.vehicle.wire.ByteWriter;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.yuzui.plugin.vehicle.Patience.await;

/** A Saturday of three vehicles in a running hub, from base data to the province's report. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VehicleDayTest {

    /** A Saturday, no make-up workday. */
    private static final String DAY = "2026-03-07";
    private static final Site SITE = new Site();

    @RegisterExtension
    static final HubExtension HUB = SITE.hub("""
            listen: {port: %d}
            platforms: {port: %d}
            http: {port: %d, token: %s}
            vehicles:
              川A00001: {unit: 510104-V01, terminal: "19900000001", colour: 1}
              川C00003: {unit: 510302-V01, terminal: "19900000003", code: AGREED, area: zigong}
            areas:
              zigong: {centre: [104.77, 29.34], radiusKm: 60}
            """);

    @Test
    @Order(1)
    void whoHasNoTokenIsTurnedAway() throws Exception {
        assertThat(post("cars", "wrong", "{}").statusCode()).isEqualTo(401);
        assertThat(post("planes", Site.TOKEN, "{}").statusCode()).isEqualTo(404);
        assertThat(post("cars", Site.TOKEN, "{").statusCode()).isEqualTo(400);
        HttpResponse<String> refused = post("cars", Site.TOKEN, """
                [{"unit": "510105-V01", "plate": "川A00002", "terminal": "19900000002", "speedLimit": 100, "status": "active",
                  "updatedAt": "2026-03-01T08:00:00+08:00"},
                 {"unit": "990000", "plate": "川A00009", "status": "active", "updatedAt": "2026-03-01T08:00:00+08:00"}]""");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"accepted\":1").contains("\"index\":1").contains("unknown-unit");
    }

    @Test
    @Order(2)
    void driversAndOrdersAreKeptAndPersonsAreMasked() throws Exception {
        assertThat(post("drivers", Site.TOKEN, """
                {"unit": "510105-V01", "driver": "D1", "name": "测试一号", "phone": "13800001234", "status": "active",
                 "updatedAt": "2026-03-01T08:00:00+08:00"}""").body()).contains("\"accepted\":1");
        assertThat(post("dispatches", Site.TOKEN, """
                {"unit": "510105-V01", "order": "PC1", "vehicle": "川A00002", "driver": "D1", "status": "approved",
                 "from": "2026-03-07T09:00:00+08:00", "until": "2026-03-07T12:00:00+08:00", "applicant": "测试二号",
                 "updatedAt": "2026-03-06T17:00:00+08:00"}""").statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(records("vehicle.driver.v1")).extracting(r -> r.get("name").asText(),
                r -> r.get("phone").asText()).containsExactly(tuple("测***", "*******1234")));
        await().untilAsserted(() -> assertThat(records("vehicle.dispatch.v1")).extracting(r -> r.get("applicant").asText())
                .containsExactly("测***"));
    }

    @Test
    @Order(3)
    void aTerminalHasToRegisterAndToShowItsCode() throws Exception {
        try (Terminal terminal = new Terminal("19900000001", false)) {
            assertThat(terminal.ask(Header.POSITION, new Ride(DAY + "T08:00:00", 10).stop().bodies().get(0)))
                    .as("it has not shown its code").isEqualTo(Answers.FAILED);
            terminal.logIn(null);
            List<byte[]> ride = new Ride(DAY + "T09:00:00", 1000).stand(1, true).drive(20, 60).stop().bodies();
            for (int from = 0; from < ride.size(); from += 20) {
                byte[] batch = Ride.batch(ride.subList(from, Math.min(ride.size(), from + 20)));
                assertThat(terminal.ask(Header.BATCH, batch)).isEqualTo(Answers.OK);
                assertThat(terminal.ask(Header.BATCH, batch)).as("sent again").isEqualTo(Answers.OK);
            }
        }
        try (Terminal stranger = new Terminal("19900009999", false)) {
            stranger.send(Header.REGISTER, registration());
            assertThat(Answers.result(stranger.receive())).isEqualTo(Answers.NO_SUCH_TERMINAL);
        }
        await().untilAsserted(() -> assertThat(records("vehicle.position.v1")).as("each once").hasSize(3));
    }

    @Test
    @Order(4)
    void theHeaderOf2019AndSubPackets() throws Exception {
        try (Terminal terminal = new Terminal("19900000002", true)) {
            terminal.logIn(null);
            // drives at 130 where 100 is allowed, then stands for a quarter of an hour with the engine on, and goes on
            byte[] batch = Ride.batch(new Ride(DAY + "T10:00:00", 5000).drive(10, 130).stand(15, true).drive(10, 60).stop().bodies());
            int half = 800;
            int parts = (batch.length + half - 1) / half;
            for (int i = parts; i >= 1; i--) { // the last one first
                terminal.sendPart(Header.BATCH, parts, i, java.util.Arrays.copyOfRange(batch, (i - 1) * half, Math.min(batch.length, i * half)));
            }
            for (int i = 0; i < parts; i++) {
                assertThat(Answers.result(terminal.receive())).isEqualTo(Answers.OK);
            }
        }
        await().untilAsserted(() -> assertThat(trips("川A00002")).extracting(t -> t.get("km").asDouble(), t -> t.get("state").asText())
                .containsExactly(tuple(20.6, "ended"), tuple(10.0, "ended")));
    }

    @Test
    @Order(5)
    void aNightRideOutsideTheAreaThatIsToldLate() throws Exception {
        try (Terminal terminal = new Terminal("19900000003", false)) {
            assertThat(terminal.ask(Header.AUTHENTICATE, new ByteWriter().text("WRONG").toBytes())).isEqualTo(Answers.FAILED);
            terminal.logIn("AGREED");
            List<byte[]> ride = new Ride(DAY + "T22:30:00", 2000).drive(30, 80).stop().bodies();
            terminal.batches(ride.subList(40, ride.size()));
            await().untilAsserted(() -> assertThat(trips("川C00003")).extracting(t -> t.get("start").asText())
                    .containsExactly("2026-03-07T22:50:30+08:00"));
            terminal.batches(ride.subList(0, 40));
        }
        await().untilAsserted(() -> assertThat(trips("川C00003")).extracting(t -> t.get("start").asText().substring(11, 19),
                t -> t.get("state").asText()).containsExactly(tuple("22:30:30", "ended"), tuple("22:50:30", "void")));
    }

    @Test
    @Order(6)
    void theRuleMarksWhatHasNoOrder() {
        await().untilAsserted(() -> assertThat(records("vehicle.alarm.v1"))
                .filteredOn(a -> a.get("state").asText().equals("open"))
                .extracting(a -> a.get("vehicle").asText(), a -> a.get("trip").asText().substring(11, 16), a -> a.get("kind").asText())
                .containsExactlyInAnyOrder(tuple("川A00001", "09:00", "day-off-use"), tuple("川A00002", "10:00", "over-speed"),
                        tuple("川C00003", "22:30", "day-off-use"), tuple("川C00003", "22:30", "night-use"),
                        tuple("川C00003", "22:30", "outside-area")));
        // of the end of the ride, before its beginning came
        await().untilAsserted(() -> assertThat(records("vehicle.alarm.v1")).filteredOn(a -> a.get("state").asText().equals("withdrawn"))
                .extracting(a -> a.get("trip").asText().substring(11, 16)).containsOnly("22:50").hasSize(3));
    }

    @Test
    @Order(7)
    void theDayAddsUpFromTheUnitsToTheProvince() {
        HUB.hub().scheduler().run("vehicle/daily-figures", LocalDate.parse(DAY));
        JsonNode report = HUB.get("/reports/vehicle-daily/" + DAY + "?unit=510000");
        assertThat(values(report.at("/total"), "vehicles", "used", "trips", "km", "overSpeed", "dayOffUse"))
                .containsExactly(3.0, 3.0, 4.0, 89.9, 1.0, 2.0);
        assertThat(report.at("/total/expected").asInt()).isEqualTo(3);
        assertThat(report.at("/total/received").asInt()).isEqualTo(3);
        double[] cities = new double[1];
        report.at("/total/parts").forEach(city -> cities[0] += values(city, "km").get(0));
        assertThat(cities[0]).isCloseTo(89.9, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(records("vehicle.daily.v1")).extracting(r -> r.get("vehicle").asText(), r -> r.get("km").asDouble())
                .containsExactlyInAnyOrder(tuple("川A00001", 20.0), tuple("川A00002", 30.6), tuple("川C00003", 39.3));
    }

    private static List<Double> values(JsonNode total, String... indicators) {
        return java.util.Arrays.stream(indicators).map(i -> total.at("/values/" + i).asDouble()).toList();
    }

    private static List<JsonNode> trips(String vehicle) {
        return records("vehicle.trip.v1").stream().filter(t -> t.get("vehicle").asText().equals(vehicle))
                .sorted(java.util.Comparator.comparing(t -> t.get("start").asText())).toList();
    }

    private static List<JsonNode> records(String contract) {
        return HUB.hub().records().store().find(RecordQuery.of(contract)).stream().map(r -> r.body()).toList();
    }

    private static HttpResponse<String> post(String path, String token, String json) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SITE.http + "/" + path))
                .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofString(json)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] registration() {
        return new ByteWriter().u16(51).u16(100).text("TEST1", 5).text("TEST-1", 20).text("T000001", 7).u8(1).text("川A00001").toBytes();
    }

    /** A terminal on its line. */
    private static final class Terminal implements AutoCloseable {
        private final TestLine line;
        private final Header like;
        private int seq = 100;

        Terminal(String number, boolean v2019) throws Exception {
            line = new TestLine(SITE.terminals, Frames.FLAG, Frames.FLAG);
            String phone = "0".repeat((v2019 ? 20 : 12) - number.length()) + number;
            like = new Header(0, v2019, v2019 ? 1 : 0, phone, 0, 0, 0);
        }

        /** @param code null to register for one */
        void logIn(String code) throws Exception {
            String shown = code;
            if (shown == null) {
                send(Header.REGISTER, like.v2019() ? new ByteWriter().u16(51).u16(100).text("TEST1", 11).text("TEST-1", 30)
                        .text("T000001", 30).u8(1).text("川A00002").toBytes() : registration());
                ByteReader in = new ByteReader(receive().body());
                in.skip(2, "answered");
                assertThat(in.u8("result")).isEqualTo(Answers.OK);
                shown = in.text(in.remaining(), "code");
            }
            byte[] text = shown.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            assertThat(ask(Header.AUTHENTICATE, like.v2019() ? new ByteWriter().u8(text.length).bytes(text).text("", 35).toBytes() : text))
                    .isEqualTo(Answers.OK);
        }

        void batches(List<byte[]> bodies) throws Exception {
            for (int from = 0; from < bodies.size(); from += 20) {
                assertThat(ask(Header.BATCH, Ride.batch(bodies.subList(from, Math.min(bodies.size(), from + 20))))).isEqualTo(Answers.OK);
            }
        }

        int ask(int id, byte[] body) throws Exception {
            send(id, body);
            return Answers.result(receive());
        }

        void send(int id, byte[] body) throws Exception {
            line.send(Frames.encode(new Header(id, like.v2019(), like.protocol(), like.phone(), seq++, 0, 0), body));
        }

        void sendPart(int id, int total, int number, byte[] body) throws Exception {
            line.send(Frames.encode(new Header(id, like.v2019(), like.protocol(), like.phone(), 500 + number, total, number), body));
        }

        Message receive() throws Exception {
            return Frames.decode(line.receive());
        }

        @Override
        public void close() throws Exception {
            line.close();
        }
    }
}
