package org.yuzui.container;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.container.PluginPlan.Effect;
import org.yuzui.container.PluginPlan.Pause;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Use;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** A plan tells everything and does nothing. */
class PlansTest {

    private static final Use CSV = new Use("site", "visits-to-csv", "routes/visits-to-csv.camel.yaml", "contracts",
            "his.visit.v1", "reads");

    @TempDir
    private Path home;
    private HubUnderTest hub;

    @BeforeEach
    void start() {
        hub = new HubUnderTest(home).start();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void anInstallIsPlannedAndNothingHappens() throws IOException {
        PluginPlan plan = plan(his("1.0.0").header("Import-Package", "org.slf4j;version=\"[2,3)\""));

        assertThat(plan).returns(PluginAction.INSTALL, PluginPlan::action).returns("his", PluginPlan::plugin)
                .returns(null, PluginPlan::fromVersion).returns("1.0.0", PluginPlan::toVersion)
                .returns("his.jar", PluginPlan::file).returns(SignatureVerdict.UNSIGNED, PluginPlan::signature);
        assertThat(plan.imports()).containsExactly("org.slf4j 2.0.17");
        assertThat(plan.changes()).extracting(PlannedChange::kind, PlannedChange::id, PlannedChange::action).contains(
                tuple("contracts", "his.visit.v1", Action.ADD), tuple("routes", "receive", Action.ADD),
                tuple("publishes", "his.visit.v1", Action.ADD));
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.pauses()).isEmpty();
        assertThat(hub.diary).isEmpty();
        assertThat(hub.plugins().list()).isEmpty();
        assertThat(hub.folder()).isEmpty();
    }

    @Test
    void anUpdateTellsWhatPausesAndForHowLongLastTime() throws IOException {
        hub.installs(his("1.0.0"), "his.jar");
        assertThat(plan(his("1.0.1")).pauses()).containsExactly(new Pause("route receive", null));
        PluginEvent event = hub.installs(his("1.0.1"), "his.jar");
        assertThat(event.paused()).isNotNull();
        assertThat(plan(his("1.0.2")).pauses()).singleElement().satisfies(p -> {
            assertThat(p.what()).isEqualTo("route receive");
            assertThat(p.lastTime()).isNotNull();
        });
        assertThat(hub.plugins().event(event.number()).orElseThrow().plan().id()).isEqualTo(event.plan().id());
    }

    @Test
    void importsThatComeAreTold() throws IOException {
        hub.installs(his("1.0.0"), "his.jar");
        assertThat(plan(his("1.0.1").header("Import-Package", "org.slf4j;version=\"[2,3)\"")).changes())
                .filteredOn(c -> c.kind().equals("imports"))
                .containsExactly(PlannedChange.of("imports", "org.slf4j", Action.ADD).withDetails(List.of("version 2.0.17")));
    }

    @Test
    void theSameRequestAgainstTheSameStateHasTheSameIdAndAgainstAnotherAnotherOne() throws IOException {
        PluginPlan first = plan(his("1.0.0"));
        assertThat(plan(his("1.0.0")).id()).isEqualTo(first.id()).matches("[0-9a-f]{12}");
        assertThat(plan(his("1.0.0").entry("more", "")).id()).isNotEqualTo(first.id());

        hub.installs(his("0.9.0"), "his.jar");
        PluginPlan update = plan(his("1.0.0"));
        assertThat(update.id()).isNotEqualTo(first.id());
        assertThat(plan(his("1.0.0")).id()).isEqualTo(update.id());

        hub.contracts.used(CSV);
        PluginPlan remove = hub.plugins().plan(new PluginRequest.Remove("his"));
        hub.contracts.used();
        assertThat(hub.plugins().plan(new PluginRequest.Remove("his")).id()).isNotEqualTo(remove.id());
    }

    @Test
    void whatOthersUseIsNotTakenAwayUnlessItIsNamed() throws IOException {
        hub.installs(his("1.0.0"), "his.jar");
        hub.contracts.used(CSV);
        for (PluginRequest request : List.of(new PluginRequest.Remove("his"), new PluginRequest.Stop("his"))) {
            PluginPlan plan = hub.plugins().plan(request);
            assertThat(plan.outside()).containsExactly(new Effect("contracts:his.visit.v1", "site",
                    "routes/visits-to-csv.camel.yaml", "visits-to-csv reads his.visit.v1, which goes"));
            assertThatThrownBy(() -> hub.does(request)).isInstanceOf(ProblemException.class)
                    .extracting(e -> ((ProblemException) e).problem().code()).isEqualTo("plan-not-accepted");
        }
        assertThat(hub.diary).noneMatch(line -> line.startsWith("|"));

        PluginPlan stop = hub.plugins().plan(new PluginRequest.Stop("his"));
        hub.plugins().carryOut(new PluginRequest.Stop("his"), new Mandate("tester", "api", Set.of(stop.id())));
        hub.does(new PluginRequest.Start("his"));
        hub.plugins().carryOut(new PluginRequest.Remove("his"), new Mandate("tester", "api", Set.of("contracts:his.visit.v1")));
        assertThat(hub.plugins().list()).isEmpty();
    }

    @Test
    void anUpdateThatLosesAContractThatOthersUseTouchesThem() throws IOException {
        hub.installs(his("1.0.0"), "his.jar");
        hub.contracts.used(CSV);
        PluginPlan plan = plan(his("2.0.0").without("HUB-INF/contracts/his.visit.v1.schema.json"));
        assertThat(plan.outside()).extracting(Effect::id).containsExactly("contracts:his.visit.v1");
        assertThat(plan(his("1.0.1")).outside()).isEmpty();
    }

    @Test
    void aVersionThatDoesNotResolveHasAPlanThatSaysWhy() throws IOException {
        PluginPlan plan = plan(his("1.0.0").header("Import-Package", "com.example.missing"));
        assertThat(plan.problems()).extracting(Problem::code).containsExactly("missing-package");
        assertThat(plan.changes()).extracting(PlannedChange::kind).containsExactly("publishes");
        assertThatThrownBy(() -> plan(PluginJar.of("his", "1.0.0").without("HUB-INF/plugin.yaml").entry("a", "")))
                .isInstanceOf(ProblemException.class).hasMessageContaining("no HUB-INF/plugin.yaml");
    }

    @Test
    void aPortOfAnotherPluginIsTold() throws IOException {
        hub.installs(listening("finance", 39_871), "finance.jar");
        assertThat(plan(listening("his", 39_871)).problems()).extracting(Problem::message)
                .containsExactly("The port 0.0.0.0:39871 is taken by the plugin finance.");
        assertThat(plan(listening("his", 39_872)).problems()).isEmpty();
    }

    private PluginPlan plan(PluginJar jar) {
        return hub.plugins().plan(new PluginRequest.Install(jar.copyTo(home.resolve("upload.jar")), "his.jar", null));
    }

    private static PluginJar his(String version) {
        return PluginJar.of("his", version)
                .entry("HUB-INF/plugin.yaml", "id: his\nversion: \"" + version + "\"\npublishes: [his.visit.v1]\n")
                .entry("HUB-INF/contracts/his.visit.v1.schema.json", "{}").entry("HUB-INF/routes/receive.camel.yaml", "a");
    }

    private static PluginJar listening(String id, int port) {
        return PluginJar.of(id, "1.0.0").entry("HUB-INF/plugin.yaml",
                "id: " + id + "\nversion: \"1.0.0\"\nlistens: [\"mllp " + port + "\"]\n");
    }
}
