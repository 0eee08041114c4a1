package org.yuzui.testkit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.container.PluginPlan;
import org.yuzui.container.PluginPlan.Effect;
import org.yuzui.container.PluginPlan.Pause;
import org.yuzui.container.PluginRequest;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.yuzui.testkit.Patience.await;

/** A plan as the rooms of a real hub tell it: who reads a contract, whom a schedule fires, what would pause. */
class PlanOfAPluginTest {

    private static final String READING = """
            {"type": "object", "x-key": ["/meter"], "required": ["meter", "building"],
             "properties": {"meter": {"type": "string"}, "building": {"type": "string"}, "note": {"type": "string"}}}""";
    private static final String NIGHTLY = "cron: '0 0 2 * * ?'\n";
    private static final String COUNT = """
            - route:
                id: count
                from:
                  uri: schedule:nightly
                  steps:
                    - log: counted
            """;
    private static final String SITE = """
            - route:
                id: readings-to-nowhere
                from:
                  uri: record:meter.reading.v1
                  parameters:
                    subscription: nowhere
                  steps:
                    - log: read
            """;

    @RegisterExtension
    static final HubExtension HUB = HubExtension.of().plugin(meters("1.0.0", READING, NIGHTLY)).route("readings", SITE);

    @BeforeAll
    static void letTheRoutesRun() {
        await().until(() -> HUB.get("/routes").findValuesAsText("id").containsAll(List.of("readings-to-nowhere", "count")));
    }

    @Test
    void aCompatibleChangeTouchesNobodyAndSaysWhoReads() {
        PluginPlan plan = plan(meters("1.1.0", READING.replace("\"note\"", "\"unit\": {\"type\": \"string\"}, \"note\""), NIGHTLY));
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.outside()).isEmpty();
        assertThat(change(plan, "contracts").details()).contains("new optional field /unit",
                "routes/readings.camel.yaml: readings-to-nowhere reads it and notices nothing");
        assertThat(change(plan, "routes")).isEqualTo(PlannedChange.of("routes", "count", Action.KEEP));
        assertThat(plan.pauses()).containsExactly(new Pause("route count", null));
    }

    @Test
    void whatReadersNoticeTouchesTheSite() {
        PluginPlan plan = plan(meters("1.1.0", READING.replace("\"note\": {", "\"note\": {\"x-mask\": \"name\", "), NIGHTLY));
        assertThat(plan.outside()).containsExactly(new Effect("contracts:meter.reading.v1", "site", "routes/readings.camel.yaml",
                "readings-to-nowhere reads meter.reading.v1, which changes: field /note is hidden at capture now"));
    }

    @Test
    void anIncompatibleChangeIsForbiddenByNameOfTheField() {
        PluginPlan plan = plan(meters("1.1.0", READING.replace("\"note\": {\"type\": \"string\"}", "\"note\": {\"type\": \"integer\"}"),
                NIGHTLY));
        assertThat(plan.problems()).singleElement().satisfies(p -> assertThat(p.sentence()).contains("note"));
    }

    @Test
    void aScheduleThatOnlyThePluginItselfUsesTouchesNobody() {
        PluginPlan plan = plan(meters("1.1.0", READING, "cron: '0 0 3 * * ?'\n"));
        assertThat(change(plan, "schedules").noticed()).containsExactly("fires 0 0 2 * * ? → 0 0 3 * * ?");
        assertThat(plan.outside()).isEmpty();
    }

    @Test
    void takingItAwayTakesItFromItsReaders() {
        PluginPlan plan = HUB.hub().plugins().plan(new PluginRequest.Remove("meters"));
        assertThat(plan.changes()).extracting(PlannedChange::kind, PlannedChange::action)
                .contains(tuple("contracts", Action.REMOVE), tuple("schedules", Action.REMOVE), tuple("routes", Action.REMOVE));
        assertThat(plan.outside()).extracting(Effect::id, Effect::owner)
                .containsExactly(tuple("contracts:meter.reading.v1", "site"));
        assertThat(HUB.hub().plugins().plan(new PluginRequest.Remove("meters")).id()).isEqualTo(plan.id());
    }

    private static PlannedChange change(PluginPlan plan, String kind) {
        return plan.changes().stream().filter(c -> c.kind().equals(kind)).findFirst().orElseThrow();
    }

    private static PluginPlan plan(PluginJar jar) {
        try {
            Path file = Files.write(Files.createTempFile("meters", ".jar"), jar.bytes());
            PluginPlan plan = HUB.hub().plugins().plan(new PluginRequest.Install(file, "meters.jar", null));
            Files.delete(file);
            return plan;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PluginJar meters(String version, String contract, String schedule) {
        return PluginJar.of("meters", version).file("contracts/meter.reading.v1.schema.json", contract)
                .file("schedules/nightly.schedule.yaml", schedule).file("routes/count.camel.yaml", COUNT);
    }
}
