package org.yuzui.web;

import org.junit.jupiter.api.Test;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class WebServerTest {

    @Test
    void aPortInUseIsNamedWithItsKey() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ProblemException e = catchThrowableOfType(ProblemException.class,
                    () -> new FakeHub(WebSettings.of("127.0.0.1", taken.getLocalPort())));

            assertThat(e.problem().code()).isEqualTo("port-in-use");
            assertThat(e.problem().place()).isEqualTo("web.port");
            assertThat(e.problem().message()).contains(Integer.toString(taken.getLocalPort()));
            assertThat(e.problem().cure()).contains("web.port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamedWithItsKey() {
        ProblemException e = catchThrowableOfType(ProblemException.class, () -> new FakeHub(WebSettings.of("192.0.2.1", 0)));

        assertThat(e.problem().code()).isEqualTo("bad-host");
        assertThat(e.problem().place()).isEqualTo("web.host");
    }

    @Test
    void aStoppedServerLeavesItsPortFree() throws IOException {
        FakeHub hub = new FakeHub();
        int port = hub.port();
        assertThat(hub.get("/health").statusCode()).isEqualTo(200);

        hub.close();

        try (FakeHub next = new FakeHub(WebSettings.of("127.0.0.1", port))) {
            assertThat(next.get("/health").statusCode()).isEqualTo(200);
        }
    }
}
