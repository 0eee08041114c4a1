package org.yuzui.routing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Use;
import org.yuzui.records.Records;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What routes make use of, and what a plan says about them; no room under the routes is asked. */
class UsesAndPlanTest {

    private static final String ROUTES = """
            - beans:
                - name: b
                  type: java.util.ArrayList
            - route:
                id: first
                from:
                  uri: timer:{{period.name}}
                  parameters: {period: 60000}
                  steps:
                    - to:
                        uri: record:a.read.v1
                        parameters: {query: find, where: "x=:Day"}
                    - choice:
                        when:
                          - simple: "${body} == 1"
                            steps:
                              - to: record:own.made.v1
                    - toD: record:refused?contract=${header.c}
            - route:
                id: second
                from:
                  uri: direct:second
                  steps:
                    - to: log:x
            """;

    @TempDir
    Path site;
    private Routing routing;

    @BeforeEach
    void open() {
        Records unasked = (Records) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Records.class},
                (proxy, method, arguments) -> method.getReturnType() == List.class ? List.of() : null);
        routing = Routing.open(site, unasked, null, null, null, ZoneId.of("Asia/Shanghai"));
    }

    @AfterEach
    void close() {
        routing.close();
    }

    private static GivenPlugin plugin(String routes) {
        return GivenPlugin.of("own", routes).consuming("a.read.v1").with(Map.of("period", Map.of("name", "t")))
                .file("contracts/own.made.v1.schema.json", "{}");
    }

    @Test
    void usesAreToldOfWhatRuns() throws IOException {
        Files.writeString(site.resolve("s.camel.yaml"), """
                - route:
                    id: site-route
                    from:
                      uri: direct:s
                      steps:
                        - to: record:own.made.v1
                """);
        Deployment deployment = routing.part().deploy(plugin(ROUTES));
        assertThat(routing.part().uses()).isEmpty();
        deployment.start();
        routing.startSite();

        String file = "own.jar!HUB-INF/routes/r.camel.yaml";
        assertThat(routing.part().uses()).containsExactly(
                new Use("own", "first", file, "contracts", "a.read.v1", "queries"),
                new Use("own", "first", file, "contracts", "own.made.v1", "publishes"),
                new Use("site", "site-route", "routes/s.camel.yaml", "contracts", "own.made.v1", "publishes"));

        deployment.close();
        assertThat(routing.part().uses()).extracting(Use::owner).containsExactly("site");
    }

    @Test
    void aPlanTellsTheRoutesByTheirIds() {
        GivenPlugin coming = plugin(ROUTES.replace("period: 60000", "period: 50000").replace("id: second", "id: third")
                .replace("java.util.ArrayList", "java.util.LinkedList"));

        assertThat(routing.part().plan(coming, plugin(ROUTES)))
                .extracting(c -> c.id() + " " + c.action() + " " + c.details()).containsExactly(
                        "first CHANGE [the parameters of from changed]", "second REMOVE [from direct:second]",
                        "third ADD [from direct:second]",
                        "r CHANGE [what stands beside the routes, such as beans, changed]");
        assertThat(routing.part().plan(coming, coming)).extracting(PlannedChange::action)
                .containsOnly(PlannedChange.Action.KEEP);
        assertThat(routing.part().plan(plugin(ROUTES).with(Map.of("period", Map.of("name", "u"))), plugin(ROUTES)))
                .extracting(PlannedChange::details).contains(List.of("from timer:t → timer:u"));
        assertThat(routing.routes()).isEmpty();
    }

    @Test
    void aPlanTellsWhatIsNotDeclared() {
        List<PlannedChange> changes = routing.part().plan(plugin(ROUTES.replace("own.made.v1", "b.made.v1")), null);

        Problem problem = changes.stream().flatMap(c -> c.problems().stream()).findFirst().orElseThrow();
        assertThat(problem.code()).isEqualTo("not-declared");
        assertThat(problem.place()).isEqualTo("own.jar!HUB-INF/routes/r.camel.yaml:17");
        assertThat(problem.cure()).contains("publishes: [b.made.v1]");
    }
}
