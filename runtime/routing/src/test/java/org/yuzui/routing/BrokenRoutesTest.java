package org.yuzui.routing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.HeldPort;
import org.yuzui.kernel.PluginException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an engineer reads who broke a route: file, line, reason, cure. */
class BrokenRoutesTest {

    @TempDir
    Path site;

    private Deployment deploy(String route, Map<String, Object> settings) {
        return deploy(GivenPlugin.of("broken", route).with(settings).consuming("x.y.v1"));
    }

    private Deployment deploy(GivenPlugin plugin) {
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
            "direct:a | record:x.y.v1?query=find&during=2026-13 | r.camel.yaml:6 | '2026-13' is not a period | ",
            "direct:a | record:x.y.v1?query=byDay&during=2026-11 | r.camel.yaml:6 | query=find | ",
            "direct:a | record:x.y.v1?query=find&around=3 | r.camel.yaml:6 | during= | ",
            "record:x.y.v1?subscription=s&batch=0 | log:x | r.camel.yaml:4 | batch=0   | ",
            "record:x.y.v1?subscription=s&retry=5 | log:x | r.camel.yaml:4 | '5' is no wait: write the waits before each further try, such as 1s,30s,5m | ",
            "record:x.y.v1?subscription=s&retry=1s,,2s | log:x | r.camel.yaml:4 | a wait is missing | ",
            "record:x.y.v1?subscription=s&retry=0s | log:x | r.camel.yaml:4 | '0s' is out of range | ",
            "record:x.y.v1?subscription=s&retry=1s,25h | log:x | r.camel.yaml:4 | '25h' is out of range | ",
            "record:x.y.v1?subscription=s&retry=1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s | log:x | r.camel.yaml:4 | 21 waits | "})
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
                        if (System.getProperty("os.name").equals("Linux")) {
                            assertThat(e.problem().message()).contains("is used by this hub itself.");
                        }
                    });
        }
    }

    /** The things that go wrong most, each with its code, its line, what it says and what it tells to do. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "bad-yaml        | '- route:\\n    id: [r1\\n    from: x'                        | :3 | not valid YAML | indentation",
            "bad-route       | '- route:\\n    id: r1\\n    form:\\n      uri: direct:a'    | :3 | form           | Camel YAML DSL",
            "unknown-scheme  | TO nosuchscheme:x                                         | :6 | nosuchscheme   | spelling",
            "missing-bean    | TO bean:nobody                                            | :6 | 'nobody'       | - beans:",
            "class-not-found | '- beans:\\n    - name: b\\n      type: org.example.NotThere' | :3 | org.example.NotThere | embed",
            "missing-setting | TO 'log:{{no.such.setting}}'                              | :6 | 'no.such.setting' | config/plugins",
            "missing-setting | TO 'log:{{listen.prot}}'                                  | :6 | 'listen.prot'  | Did you mean 'listen.port'?",
            "not-declared    | TO record:x.z.v1                                          | :6 | publishes the contract 'x.z.v1' | 'publishes: [x.z.v1]'",
            "not-declared    | TO record:x.z.v1?query=byDay                              | :6 | reads the contract 'x.z.v1' | Did you mean 'x.y.v1'?",
            "not-declared    | FROM record:z.q.v1?subscription=s                         | :4 | reads the contract 'z.q.v1' | 'consumes: [z.q.v1]'"})
    void eachMistakeNamesItsPlaceAndItsCure(String code, String text, String place, String message, String cure) {
        String route = text.startsWith("TO ") ? route("direct:a", "\"" + text.substring(3).replace("'", "") + "\"")
                : text.startsWith("FROM ") ? route(text.substring(5), "log:x") : text.replace("\\n", "\n");
        assertThatThrownBy(() -> deploy(route, Map.of("listen", Map.of("port", 1))))
                .isInstanceOfSatisfying(PluginException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(code);
                    assertThat(e.problem().place()).isEqualTo("broken.jar!HUB-INF/routes/r.camel.yaml" + place);
                    assertThat(e.problem().message()).contains(message);
                    assertThat(e.problem().cure()).contains(cure);
                });
    }

    @Test
    void aContractThatIsDeclaredMayBeMissing() {
        deploy(GivenPlugin.of("p", route("direct:a", "record:x.y.v1")).publishing("x.y.v1")).close();
        deploy(GivenPlugin.of("p", route("direct:a", "record:own.a.v1")).file("contracts/own.a.v1.schema.json", "{}")).close();
        deploy(GivenPlugin.of("p", route("direct:a", "record:refused?contract=x.y.v1"))).close();
        deploy(GivenPlugin.of("p", route("direct:a", "record:ignored"))).close();
    }

    @Test
    void aPortThatAnotherRouteUsesIsNamedWithIt() throws IOException {
        try (HeldPort held = new HeldPort(); Routing routing = Routing.open(site, null, null, null, null, ZoneId.of("Asia/Shanghai"))) {
            int port = held.number();
            String listens = "- route:\n    id: listens\n    from:\n      uri: mllp:127.0.0.1:" + port
                    + "?bindTimeout=200&backlog=1&reuseAddress=true\n      steps:\n        - to: log:x\n";
            Deployment first = routing.part().deploy(GivenPlugin.of("first", listens));
            first.start();
            Deployment second = routing.part().deploy(GivenPlugin.of("second", listens));

            assertThatThrownBy(second::start).isInstanceOfSatisfying(PluginException.class, e -> {
                assertThat(e.problem().code()).isEqualTo("port-in-use");
                assertThat(e.problem().message())
                        .contains("The port " + port + " is used by the route 'listens' of the plugin 'first'.");
            });
            first.quiesce();
            second.start();
            second.close();
            first.close();
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
