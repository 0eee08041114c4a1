package org.yuzui.system;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person at the terminal sees when the hub starts, stops, or can't. */
class StartAndStopTest {

    private Site site;

    @AfterEach
    void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void aSecondHubOnTheSameDataIsRefusedAndTheFirstOneGoesOn() throws Exception {
        site = Site.unused("start-and-stop");
        HubProcess first = site.start();
        assertThat(first.output()).contains("http://127.0.0.1:" + site.webPort).contains("bootstrap-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(site.home.resolve("data/bootstrap-token"))))
                .isEqualTo("rw-------");

        HubProcess second = site.run();
        assertThat(second.awaitEnd()).as(second.output()).isEqualTo(4);
        assertThat(second.output()).contains("Another hub").doesNotContain("\tat ");

        site.yuzui("node", "status").ok();
        site.yuzui("demo", "send-hl7", "--count", "50").ok();
        int flows = site.rest().flows("his.visit.v1").size();
        assertThat(flows).isPositive();

        assertThat(first.terminate()).isIn(0, 143);
        assertThat(site.processes()).isEmpty();

        HubProcess again = site.start();
        assertThat(site.rest().flows("his.visit.v1")).hasSize(flows);
        assertThat(again.terminate()).isIn(0, 143);
        assertThat(site.processes()).isEmpty();
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        site = Site.create("start-and-stop");
        try (ServerSocket taken = new ServerSocket(site.webPort, 1, InetAddress.getLoopbackAddress())) {
            HubProcess hub = site.run();
            assertThat(hub.awaitEnd()).as(hub.output()).isEqualTo(5);
            assertThat(hub.output()).contains(Integer.toString(taken.getLocalPort())).contains("web.port")
                    .doesNotContain("\tat ");
        }
        assertThat(site.processes()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            config/hub.yaml            | an unknown key       | config/hub.yaml:2 broker.ulr      | 'url'
            config/hub.yaml            | a wrong value        | config/hub.yaml:1 timezone        | Asia/Shanghai
            config/hub.yaml            | not YAML             | config/hub.yaml:3                 | indentation
            config/calendar/holidays-2026.json | not JSON     | config/calendar/holidays-2026.json:1 | stream end
            config/org/institutions.csv | a cycle             | config/org/institutions.csv:2     | 510104-H01
            """)
    void aWrongFileIsNamedWithItsPlaceAndItsCure(String file, String how, String place, String cure) throws Exception {
        site = Site.create("start-and-stop");
        breakIt(site.home.resolve(file), how);
        HubProcess hub = site.run();
        assertThat(hub.awaitEnd()).as(hub.output()).isEqualTo(3);
        assertThat(hub.output()).contains(place).contains(cure).doesNotContain("\tat ");
        assertThat(site.processes()).isEmpty();
    }

    private static void breakIt(Path file, String how) throws IOException {
        switch (how) {
            case "an unknown key" -> Files.writeString(file, "broker:\n  ulr: tcp://127.0.0.1:61616\n");
            case "a wrong value" -> Files.writeString(file, "timezone: Sichuan\n");
            case "not YAML" -> Files.writeString(file, "web:\n  port: 8088\n   host: 127.0.0.1\n");
            case "not JSON" -> Files.writeString(file, "{\"days\": [");
            case "a cycle" -> {
                String header = Files.readAllLines(file).get(0);
                assertThat(header).isEqualTo("code,name,name_en,level,parent");
                Files.writeString(file, header + """

                        510104-H01,甲,A,institution,510104-H02
                        510104-H02,乙,B,institution,510104-H01
                        """);
            }
            default -> throw new IllegalArgumentException(how);
        }
    }
}
