package org.yuzui.plugin.vehicle.jt809;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yuzui.plugin.vehicle.Csv;
import org.yuzui.plugin.vehicle.jt808.Position;
import org.yuzui.plugin.vehicle.jt809.Frames.Standard;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

public class SampleFramesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();

    @TestFactory
    Stream<DynamicTest> everyRowIsReadAsItSays() {
        return Csv.rows("jt809/samples.csv").stream().map(row -> DynamicTest.dynamicTest(row.get("name"), () -> check(row)));
    }

    private static void check(Map<String, String> row) throws Exception {
        byte[] frame = HEX.parseHex(row.get("hex"));
        Message sent = Frames.decode(Arrays.copyOfRange(frame, 1, frame.length - 1),
                row.get("standard").equals("2019") ? Standard.V2019 : Standard.V2011);
        byte[] again = Frames.encode(sent.header(), sent.body()); // not always the same bytes: some senders escape less
        assertThat(Frames.decode(Arrays.copyOfRange(again, 1, again.length - 1), sent.header().v2019() ? Standard.V2019
                : Standard.V2011)).usingRecursiveComparison().isEqualTo(sent);
        Cipher cipher = cipher(row.get("cipher"));
        JsonNode expected = row.get("expected").isEmpty() ? null : JSON.readTree(row.get("expected"));
        if (row.get("outcome").equals("login")) {
            LogIn logIn = LogIn.decode(sent.header(), Frames.decrypt(sent, cipher).body());
            assertThat(logIn).isEqualTo(new LogIn(expected.get("user_id").asLong(), expected.get("password").asText(),
                    expected.get("down_link_ip").asText(), expected.get("down_link_port").asInt()));
        } else if (row.get("outcome").equals("positions")) {
            Dynamic dynamic = Dynamic.decode(sent.header(), Frames.decrypt(sent, cipher).body());
            assertThat(dynamic.positions()).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(dynamic.plate()).isEqualTo(expected.get(i).get("plate").asText());
                same(dynamic.positions().get(i), expected.get(i));
            }
        }
    }

    private static void same(Position p, JsonNode e) {
        assertThat(p.alarm()).isEqualTo(e.get("alarm").asLong());
        assertThat(p.status()).isEqualTo(e.get("status").asLong());
        assertThat(p.latitude()).isCloseTo(e.get("lat").asDouble(), within(1e-9));
        assertThat(p.longitude()).isCloseTo(e.get("lng").asDouble(), within(1e-9));
        assertThat(p.altitude()).isEqualTo(e.get("altitude").asInt());
        assertThat(p.speed()).as("km/h, not tenths").isEqualTo(e.get("speed").asDouble());
        assertThat(p.mileage()).as("km, not tenths").isEqualTo(e.get("mileage").asDouble());
        assertThat(p.direction()).isEqualTo(e.get("direction").asInt());
        assertThat(p.time()).hasToString(e.get("time").asText().replaceFirst(":00$", ""));
    }

    /** {@code M1=…,IA1=…,IC1=…}; null for none. */
    public static Cipher cipher(String text) {
        Matcher m = Pattern.compile("M1=(\\d+),IA1=(\\d+),IC1=(\\d+)").matcher(text);
        return m.matches() ? new Cipher(Long.parseLong(m.group(1)), Long.parseLong(m.group(2)), Long.parseLong(m.group(3))) : null;
    }

    @Test
    void theVectorOfTheEncryption() {
        Cipher cipher = new Cipher(30000000, 20000000, 20000000);
        byte[] plain = HEX.parseHex("01020304050607");
        assertThat(HEX.formatHex(cipher.apply(plain, 256178))).isEqualToIgnoringCase("D34C7078A73A41");
        assertThat(cipher.apply(cipher.apply(plain, 256178), 256178)).isEqualTo(plain);
        assertThat(new Cipher(0, 1, 1).apply(plain, 0)).as("zero counts as one").isEqualTo(new Cipher(1, 1, 1).apply(plain, 1));
    }

    /** The bodies of jt809/bodies.csv, with what stands there as text written out. */
    @Test
    void bodies() {
        byte[][] bodies = Csv.rows("jt809/bodies.csv").stream().map(r -> HEX.parseHex(r.get("hex"))).toArray(byte[][]::new);
        assertThat(LogIn.decode(header(Header.LOG_IN, false), bodies[0])).isEqualTo(new LogIn(20180920, "20180920", "127.0.0.1", 809));
        assertThat(LogIn.decode(header(Header.LOG_IN, true), bodies[1])).isEqualTo(new LogIn(20180920, "20180920", "127.0.0.1", 809));
        Position old = Dynamic.decode(header(Header.DYNAMIC, false), dynamic(bodies[2])).positions().get(0);
        assertThat(old).isEqualTo(new Position(257, 3, 24.123456, 133.123456, 45, 50, 45,
                java.time.LocalDateTime.parse("2012-07-19T15:15:15"), 150.0, null));
        Position recent = Dynamic.decode(header(Header.DYNAMIC, true), dynamic(bodies[3])).positions().get(0);
        assertThat(recent).isEqualTo(new Position(1, 2, 12.222222, 132.444444, 40, 6, 0,
                java.time.LocalDateTime.parse("2018-07-15T10:10:10"), 10.0, 5.5));
        Dynamic registration = Dynamic.decode(header(Header.DYNAMIC, false), bodies[4]);
        assertThat(registration.plate()).isEqualTo("粤A12345");
        assertThat(registration.colour()).isEqualTo(1);
        assertThat(registration.idText()).isEqualTo("0x1201");
        assertThat(registration.positions()).isEmpty();
    }

    static byte[] dynamic(byte[] data) {
        return new org.yuzui.plugin.vehicle.wire.ByteWriter().text("川A00001", 21).u8(1).u16(Header.POSITION).u32(data.length)
                .bytes(data).toBytes();
    }

    private static Header header(int id, boolean v2019) {
        return new Header(id, 1, 51010001, 0x010000, false, 0, 0, v2019);
    }
}
