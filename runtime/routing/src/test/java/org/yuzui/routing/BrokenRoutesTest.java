package org.yuzui.routing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Title;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an engineer reads who broke a route: file, line, reason, cure. */
class BrokenRoutesTest {

    @TempDir
    Path site;

    private Deployment deploy(String route, Map<String, Object> settings) {
        PluginContent plugin = new PluginContent() {
            @Override
            public PluginDescriptor descriptor() {
                return new PluginDescriptor("broken", "1.0.0", new Title("坏", "Broken"), null, List.of(), List.of(), List.of());
            }

            @Override
            public List<HubFile> files(String folder, String suffix) {
                return List.of(new HubFile("r", "broken.jar!HUB-INF/routes/r.camel.yaml", route.getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public ClassLoader classLoader() {
                return BrokenRoutesTest.class.getClassLoader();
            }

            @Override
            public Settings settings() {
                return Settings.of(new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(settings));
            }
        };
        try (Routing routing = Routing.open(site, null, null, null, null, ZoneId.of("Asia/Shanghai"))) {
            Deployment deployment = routing.part().deploy(plugin);
            try {
                deployment.start();
                return deployment;
            } catch (PluginException e) {
                deployment.close();
                throw e;
            }
        }
    }

    private static String route(String from, String to) {
        return """
                - route:
                    id: r1
                    from:
                      uri: %s
                      steps:
                        - to: %s
                """.formatted(from, to);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "direct:a | nosuchscheme:x       | r.camel.yaml:6 | nosuchscheme           | scheme",
            "direct:a | log:x?levle=INFO     | r.camel.yaml:6 | levle                  | ",
            "direct:a | bean:nobody          | r.camel.yaml:6 | no bean 'nobody'       | - beans:",
            "direct:a | \"{{no.such.setting}}\" | r.camel.yaml  | no.such.setting        | ",
            "record:x.y.v1 | log:x           | r.camel.yaml:4 | subscription           | ",
            "direct:a | record:x.y.v1?query=byDate | r.camel.yaml:6 | 'byDate'         | ",
            "record:x.y.v1?subscription=s&batch=0 | log:x | r.camel.yaml:4 | batch=0   | "})
    void namesFileLineReasonAndCure(String from, String to, String place, String reason, String cure) {
        assertThatThrownBy(() -> deploy(route(from, to), Map.of()))
                .isInstanceOfSatisfying(PluginException.class, e -> {
                    assertThat(e.problem().place()).contains(place);
                    assertThat(e.problem().message()).contains(reason);
                    if (cure != null) {
                        assertThat(e.problem().cure()).contains(cure);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "- route:\\n    id: r1\\n    form:\\n      uri: direct:a                        | r.camel.yaml:3",
            "- route:\\n    id: r1\\n    from:\\n      uri: direct:a\\n      steps:\\n        - too: log:x | r.camel.yaml:6",
            "- route:\\n    id: [r1\\n    from: x                                           | r.camel.yaml:3",
            "- beans:\\n    - name: b\\n      type: org.example.NotThere                    | r.camel.yaml"})
    void namesTheLineOfWhatIsNotARoute(String text, String place) {
        assertThatThrownBy(() -> deploy(text.replace("\\n", "\n"), Map.of()))
                .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.problem().place()).contains(place));
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String from = "mllp:127.0.0.1:{{port}}?bindTimeout=200&backlog=1";
            assertThatThrownBy(() -> deploy(route(from, "log:x"), Map.of("port", taken.getLocalPort())))
                    .isInstanceOfSatisfying(PluginException.class, e -> {
                        assertThat(e.problem().code()).isEqualTo("port-in-use");
                        assertThat(e.problem().place()).containsPattern("r.camel.yaml:[1-6]$");
                        assertThat(e.problem().message()).doesNotContain("..").contains(Integer.toString(taken.getLocalPort()));
                    });
        }
    }

    @Test
    void aSoundRouteRunsUntilItsDeploymentIsClosed() {
        try (Routing routing = Routing.open(site, null, null, null, null, ZoneId.of("Asia/Shanghai"))) {
            assertThat(routing.routes()).isEmpty();
        }
        deploy(route("direct:a", "log:x"), Map.of()).close();
    }
}
