package org.yuzui.plugin.vehicle.jt808;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yuzui.plugin.vehicle.Csv;
import org.yuzui.plugin.vehicle.wire.BadMessage;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SampleFramesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> everyRowIsReadAsItSays() {
        return Csv.rows("jt808/samples.csv").stream().map(row -> DynamicTest.dynamicTest(row.get("name"), () -> check(row)));
    }

    private static void check(Map<String, String> row) throws Exception {
        byte[] frame = HexFormat.of().parseHex(row.get("hex"));
        byte[] escaped = Arrays.copyOfRange(frame, 1, frame.length - 1);
        String outcome = row.get("outcome");
        if (outcome.startsWith("refused ")) {
            assertThatThrownBy(() -> Frames.decode(escaped)).isInstanceOfSatisfying(BadMessage.class,
                    e -> assertThat(e.code()).isEqualTo(outcome.substring(8)));
            return;
        }
        Message message = Frames.decode(escaped);
        assertThat(Frames.encode(message.header(), message.body())).isEqualTo(frame);
        if (outcome.equals("positions")) {
            JsonNode expected = JSON.readTree(row.get("expected"));
            List<Position> positions = Positions.decode(message.header().id(), message.body());
            assertThat(positions).hasSize(expected.size());
            for (int i = 0; i < positions.size(); i++) {
                same(positions.get(i), expected.get(i));
            }
        } else if (outcome.equals("registration")) {
            JsonNode e = JSON.readTree(row.get("expected"));
            Registration r = Registration.decode(message.header(), message.body());
            assertThat(r).isEqualTo(new Registration(e.get("province").asInt(), e.get("city").asInt(), e.get("maker").asText(),
                    e.get("model").asText(), e.get("terminal").asText(), e.get("plate_color").asInt(), e.get("plate").asText()));
        } else if (row.get("name").equals("auth")) {
            assertThat(Authentication.decode(message.header(), message.body()).code())
                    .isEqualTo(JSON.readTree(row.get("expected")).get("auth_code").asText());
        }
    }

    private static void same(Position p, JsonNode e) {
        assertThat(p.alarm()).isEqualTo(e.get("alarm").asLong());
        assertThat(p.status()).isEqualTo(e.get("status").asLong());
        assertThat(p.latitude()).isCloseTo(e.get("lat").asDouble(), within(1e-9));
        assertThat(p.longitude()).isCloseTo(e.get("lng").asDouble(), within(1e-9));
        assertThat(p.altitude()).isEqualTo(e.get("altitude").asInt());
        assertThat(p.speed()).isCloseTo(e.get("speed").asDouble(), within(1e-9));
        assertThat(p.direction()).isEqualTo(e.get("direction").asInt());
        assertThat(p.time()).hasToString(e.get("time").asText().replaceFirst(":00$", ""));
        assertThat(p.mileage()).isEqualTo(e.has("mileage") ? e.get("mileage").asDouble() : null);
        assertThat(p.fuel()).isEqualTo(e.has("fuel") ? e.get("fuel").asDouble() : null);
    }

    @Test
    void aRegistrationOf2011IsTakenForNoneOf2013() {
        byte[] body = new org.yuzui.plugin.vehicle.wire.ByteWriter().u16(51).u16(100).text("TEST1", 5).text("MODEL", 8)
                .text("T000001", 7).u8(1).text("川A00001").toBytes();
        Header header = new Header(Header.REGISTER, false, 0, "019900000001", 1, 0, 0);
        assertThat(Registration.decode(header, body))
                .isEqualTo(new Registration(51, 100, "TEST1", "MODEL", "T000001", 1, "川A00001"));
    }

    @Test
    void southAndWestAreNegative() {
        byte[] body = HexFormat.of().parseHex("000000000000000F01D3D3860633EAC701F901A4005A260302093015");
        Position p = Positions.decode(Header.POSITION, body).get(0);
        assertThat(p.latitude()).isEqualTo(-30.659462);
        assertThat(p.longitude()).isEqualTo(-104.065735);
    }
}
