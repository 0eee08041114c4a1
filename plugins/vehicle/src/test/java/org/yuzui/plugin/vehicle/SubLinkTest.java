package org.yuzui.plugin.vehicle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.plugin.vehicle.jt809.Frames;
import org.yuzui.plugin.vehicle.jt809.Frames.Standard;
import org.yuzui.plugin.vehicle.jt809.Header;
import org.yuzui.plugin.vehicle.jt809.Message;
import org.yuzui.plugin.vehicle.wire.ByteReader;
import org.yuzui.plugin.vehicle.wire.ByteWriter;
import org.yuzui.testkit.HubExtension;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

import static org.assertj.core.api.Assertions.assertThat;

/** A platform's main link to a running hub, and the hub's connection back. */
class SubLinkTest {

    private static final Site SITE = new Site();

    @RegisterExtension
    static final HubExtension HUB = SITE.hub("""
            listen: {port: %d}
            platforms:
              port: %d
              peers:
                "51000001": {password: sc510000, subLink: true}
            http: {port: %d, token: %s}
            """);

    @Test
    void itShowsTheCodeOfTheLogInComesAgainWhenItBreaksAndEndsWithTheMainLink() throws Exception {
        for (boolean v2019 : new boolean[] {false, true}) {
            try (ServerSocket platform = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                platform.setSoTimeout(60_000);
                Socket second;
                try (TestLine main = new TestLine(SITE.platforms, Frames.FIRST, Frames.LAST)) {
                    long code = logIn(main, platform.getLocalPort(), v2019);
                    try (TestLine first = new TestLine(platform.accept(), Frames.FIRST, Frames.LAST)) {
                        assertThat(shown(first, v2019)).isEqualTo(code);
                        first.send(answer(Header.SUB_LOGGED_IN, new byte[] {0}, v2019));
                    }
                    second = platform.accept();
                    TestLine again = new TestLine(second, Frames.FIRST, Frames.LAST);
                    assertThat(shown(again, v2019)).isEqualTo(code);
                    again.send(answer(Header.SUB_LOGGED_IN, new byte[] {0}, v2019));
                }
                second.setSoTimeout(60_000);
                assertThat(second.getInputStream().read()).as("the main link has ended").isNegative();
            }
        }
    }

    private static long logIn(TestLine main, int port, boolean v2019) throws Exception {
        ByteWriter body = new ByteWriter().u32(51000001).text("sc510000", 8);
        if (v2019) {
            body.u32(51010001);
        }
        main.send(Frames.encode(new Header(Header.LOG_IN, 1, 51010001, 0x010000, false, 0, v2019 ? 1 : 0, v2019),
                body.text("203.0.113.9", 32).u16(port).toBytes())); // the address that it names is not gone to
        ByteReader answer = new ByteReader(decode(main, v2019, Header.LOGGED_IN).body());
        assertThat(answer.u8("result")).isZero();
        return answer.u32("code");
    }

    private static long shown(TestLine line, boolean v2019) throws Exception {
        return new ByteReader(decode(line, v2019, Header.SUB_LOG_IN).body()).u32("code");
    }

    private static Message decode(TestLine line, boolean v2019, int id) throws Exception {
        Message message = Frames.decode(line.receive(), v2019 ? Standard.V2019 : Standard.V2011);
        assertThat(message.header().id()).isEqualTo(id);
        return message;
    }

    private static byte[] answer(int id, byte[] body, boolean v2019) {
        return Frames.encode(new Header(id, 1, 51010001, 0x010000, false, 0, v2019 ? 1 : 0, v2019), body);
    }
}
