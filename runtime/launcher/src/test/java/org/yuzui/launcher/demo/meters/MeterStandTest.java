package org.yuzui.launcher.demo.meters;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.HeldPort;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Meters on their lines, byte by byte. */
@Timeout(300)
class MeterStandTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-01-01T16:00:00Z"), ZoneOffset.UTC);

    @AutoClose
    private final HeldPort held = new HeldPort();
    @TempDir
    Path home;

    @Test
    void theyAnswerWhatTheyAreAskedAndNothingElse() throws Exception {
        int port = settings();
        try (MeterStand stand = MeterStand.open(home, MeterStand.Faults.none(), CLOCK, 1); Socket line = new Socket("127.0.0.1", port)) {
            assertThat(stand.meters()).isEqualTo(2);
            // 202026000001, forward active energy: 68, address low byte first, 68, 11, 04, 00010000 low byte first, each and 33
            String answer = ask(line, dlt645("11", "33333433"));
            assertThat(answer).startsWith("68010000262020" + "68" + "9108" + "33333433").endsWith("16").hasSize(40);
            assertThat(ask(line, "0007000000060503000A0002")).startsWith("000700000007050304");
            assertThat(ask(line, "0008000000060503000B0002")).as("no such register").isEqualTo("000800000003058302");
            assertThat(ask(line, "0009000000060506000A0001")).as("a write").isEqualTo("000900000003058602");
            line.setSoTimeout(300);
            // relay control, another meter: silence
            for (String other : new String[] {dlt645("1C", "33333433"), "000A000000060903000A0002"}) {
                line.getOutputStream().write(HexFormat.of().parseHex(other));
                assertThatThrownBy(() -> line.getInputStream().read()).as(other).isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(stand.answered()).isEqualTo(4);
        }
    }

    @Test
    void theSiteHasToHaveMeters() throws Exception {
        settings();
        assertThat(MeterStand.open(home, new MeterStand.Faults(Set.of("nobody"), Set.of(), Set.of(), Set.of()), CLOCK, 1)).satisfies(stand -> {
            assertThat(stand.unknown()).containsExactly("nobody");
            stand.close();
        });
        Files.writeString(home.resolve("config/plugins/energy.yaml"), "meters:\n  a: {unit: u, kind: water, protocol: modbus-tcp, host: 10.0.0.1, port: 502, register: 0}\n");
        assertThatThrownBy(() -> MeterStand.open(home, MeterStand.Faults.none(), CLOCK, 1)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("no meters on this machine");
    }

    private int settings() throws IOException {
        int port = held.number();
        Files.createDirectories(home.resolve("config/plugins"));
        Files.writeString(home.resolve("config/plugins/energy.yaml"), """
                units: {510104-G01: {people: 100}}
                meters:
                  e: {unit: 510104-G01, kind: electricity, protocol: dlt645, port: %d, address: "202026000001"}
                  w: {unit: 510104-G01, kind: water, protocol: modbus-tcp, port: %d, device: 5, register: 10}
                """.formatted(port, port));
        return port;
    }

    /** To 202026000001; the data as they are on the line. */
    private static String dlt645(String control, String data) {
        byte[] frame = HexFormat.of().parseHex("68010000262020" + "68" + control + "04" + data);
        int sum = 0;
        for (byte b : frame) {
            sum += b;
        }
        return HexFormat.of().formatHex(frame) + "%02X16".formatted(sum & 0xFF);
    }

    private static String ask(Socket line, String hex) throws IOException {
        line.getOutputStream().write(HexFormat.of().parseHex(hex));
        byte[] answer = new byte[64];
        int n = line.getInputStream().read(answer);
        return HexFormat.of().withUpperCase().formatHex(Arrays.copyOf(answer, n));
    }
}
