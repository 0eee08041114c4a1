package org.yuzui.container.internal.plan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginPlan;
import org.yuzui.container.PluginPlan.Effect;
import org.yuzui.container.PluginPlan.Pause;
import org.yuzui.container.SignatureVerdict;
import org.yuzui.container.UnsignedPlugins;
import org.yuzui.container.internal.signature.SignaturePolicy;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Use;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What a person reads before anything happens. */
class PlanMakerTest {

    private static final Use CSV = new Use("site", "visits-to-csv", "routes/visits-to-csv.camel.yaml", "contracts",
            "his.visit.v1", "reads");
    private static final Use FINANCE = new Use("finance", "bills", "HUB-INF/routes/bills.camel.yaml", "contracts",
            "his.visit.v1", "queries");
    private static final Use OWN = new Use("his", "summarise", "HUB-INF/routes/summarise.camel.yaml", "contracts",
            "his.visit.v1", "reads");
    private static final GivenContent V1 = GivenContent.of("his", "1.0.0")
            .file("contracts/his.visit.v1.schema.json", "{}").file("routes/receive.camel.yaml", "a")
            .file("routes/gone.camel.yaml", "a");
    private static final GivenContent V2 = GivenContent.of("his", "1.1.0")
            .file("contracts/his.visit.v1.schema.json", "{\"title\":\"x\"}").file("routes/receive.camel.yaml", "b")
            .file("routes/new.camel.yaml", "b");

    @TempDir
    private Path home;
    private UnsignedPlugins unsigned = UnsignedPlugins.ALLOW;

    @Test
    void tellsEveryThingAndWhatHappensToIt() {
        PluginPlan plan = plan(PluginAction.UPDATE, V2, V1, GivenPart.of("contracts"), GivenPart.of("routes"));

        assertThat(plan.changes()).extracting(PlannedChange::kind, PlannedChange::id, PlannedChange::action).containsExactly(
                tuple("contracts", "his.visit.v1", Action.CHANGE),
                tuple("routes", "gone", Action.REMOVE), tuple("routes", "new", Action.ADD),
                tuple("routes", "receive", Action.CHANGE));
        assertThat(plan).returns("1.0.0", PluginPlan::fromVersion).returns("1.1.0", PluginPlan::toVersion)
                .returns("his-1.1.0.jar", PluginPlan::file).returns(SignatureVerdict.UNSIGNED, PluginPlan::signature);
        assertThat(plan.imports()).containsExactly("org.apache.camel 4.17.0");
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.outside()).isEmpty();
        assertThat(plan.id()).matches("[0-9a-f]{12}");
    }

    @Test
    void aChangeThatReadersDontNoticeIsToldAndNeedsNobodysConsent() {
        PluginPlan plan = plan(PluginAction.UPDATE, V2, V1, GivenPart.of("contracts", CSV, OWN));
        assertThat(plan.outside()).isEmpty();
        assertThat(plan.changes().get(0).details()).containsExactly(
                "routes/visits-to-csv.camel.yaml: visits-to-csv reads it and notices nothing");
    }

    @Test
    void aChangeThatReadersNoticeTouchesEachOfThem() {
        PluginPlan plan = plan(PluginAction.UPDATE, V2, V1,
                GivenPart.of("contracts", CSV, OWN, FINANCE, CSV).noticed("his.visit.v1", "x-key [\"/a\"] → [\"/b\"]"));
        assertThat(plan.outside()).containsExactly(
                new Effect("contracts:his.visit.v1", "finance", "HUB-INF/routes/bills.camel.yaml",
                        "bills queries his.visit.v1, which changes: x-key [\"/a\"] → [\"/b\"]"),
                new Effect("contracts:his.visit.v1", "site", "routes/visits-to-csv.camel.yaml",
                        "visits-to-csv reads his.visit.v1, which changes: x-key [\"/a\"] → [\"/b\"]"));
    }

    @ParameterizedTest
    @EnumSource(value = PluginAction.class, names = {"REMOVE", "STOP"})
    void whatGoesTouchesAllThatUseIt(PluginAction action) {
        Use fires = new Use("site", "nightly", "routes/nightly.camel.yaml", "schedules", "his/nightly", "fires");
        Use other = new Use("site", "nightly", "routes/nightly.camel.yaml", "schedules", "hr/nightly", "fires");
        PluginPlan plan = plan(action, null, V1.file("schedules/nightly.schedule.yaml", "every: 1h"),
                GivenPart.of("contracts", CSV), GivenPart.of("schedules", fires, other), GivenPart.of("routes"));

        assertThat(plan.outside()).extracting(Effect::id, Effect::owner, Effect::why).containsExactly(
                tuple("contracts:his.visit.v1", "site", "visits-to-csv reads his.visit.v1, which goes"),
                tuple("schedules:nightly", "site", "nightly fires nightly, which goes"));
        assertThat(plan).returns(null, PluginPlan::toVersion).returns(null, PluginPlan::sha256)
                .returns(null, PluginPlan::signature);
    }

    @Test
    void theSameRequestAgainstTheSameStateHasTheSameName() {
        PluginPart[] parts = {GivenPart.of("contracts", CSV, FINANCE), GivenPart.of("routes")};
        PluginPlan first = plan(PluginAction.REMOVE, null, V1, parts);
        assertThat(plan(PluginAction.REMOVE, null, V1, GivenPart.of("contracts", FINANCE, CSV), parts[1]).id())
                .as("the order of the uses doesn't matter").isEqualTo(first.id());
        assertThat(maker().make(paused(proposal(PluginAction.REMOVE, null, V1, parts), Duration.ofSeconds(3))).id())
                .as("how long a pause took doesn't matter").isEqualTo(first.id());

        assertThat(plan(PluginAction.REMOVE, null, V1, GivenPart.of("contracts", CSV), parts[1]).id())
                .as("somebody more reads it").isNotEqualTo(first.id());
        assertThat(plan(PluginAction.STOP, null, V1, parts).id()).isNotEqualTo(first.id());
        assertThat(plan(PluginAction.REMOVE, null, V2, parts).id()).as("another version runs").isNotEqualTo(first.id());
    }

    @Test
    void routesThatRunPauseAndNewOnesDont() {
        Proposal update = paused(proposal(PluginAction.UPDATE, V2, V1, GivenPart.of("contracts"), GivenPart.of("routes")),
                Duration.ofMillis(140));
        assertThat(maker().make(update).pauses()).containsExactly(
                new Pause("route gone", Duration.ofMillis(140)), new Pause("route receive", Duration.ofMillis(140)));
        assertThat(plan(PluginAction.INSTALL, V1, null, GivenPart.of("routes")).pauses()).isEmpty();
        assertThat(plan(PluginAction.CONFIGURE, V1, V1, GivenPart.of("contracts"), GivenPart.of("routes")).pauses())
                .extracting(Pause::what).containsExactly("route gone", "route receive");
        GivenPart deaf = new GivenPart("routes", false, List.of(), Map.of());
        assertThat(plan(PluginAction.CONFIGURE, V1, V1, deaf).pauses()).isEmpty();
    }

    @Test
    void permissionsAndImportsThatComeAndGo() {
        PluginPlan plan = plan(PluginAction.UPDATE, V2.permits(List.of("a.v1", "b.v1"), List.of()),
                V1.permits(List.of("b.v1"), List.of("c.v1")));
        assertThat(plan.changes()).extracting(PlannedChange::kind, PlannedChange::id, PlannedChange::action).containsExactly(
                tuple("consumes", "a.v1", Action.ADD), tuple("consumes", "b.v1", Action.KEEP),
                tuple("publishes", "c.v1", Action.REMOVE));
        assertThat(Permissions.imports(List.of("a 1.0", "b 2.0", "same 1"), List.of("b 1.0", "c 1.0", "same 1")))
                .extracting(PlannedChange::id, PlannedChange::action, PlannedChange::details).containsExactly(
                        tuple("a", Action.ADD, List.of("version 1.0")), tuple("b", Action.CHANGE, List.of("version 1.0 → 2.0")),
                        tuple("c", Action.REMOVE, List.of("version 1.0")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "mllp 2575           | 0    | mllp 2575 | 0.0.0.0:2575",
            "mllp 2575           | 2600 | mllp 2600 | 127.0.0.1:2600",
            "mllp {{listen.port}} | 2600 | mllp 2600 | 127.0.0.1:2600",
            "2575                | 0    | 2575      | 0.0.0.0:2575"})
    void aPortIsThatOfTheSettings(String listens, int port, String id, String address) {
        GivenContent content = V1.listens(listens);
        assertThat(Listener.of(port == 0 ? content : content.at("127.0.0.1", port))).singleElement()
                .returns(id, Listener::id).returns(address, Listener::address);
    }

    @Test
    void whatSaysNoPortOpensNone() {
        assertThat(Listener.of(V1.listens("mllp", "x {{nowhere}}", "y 70000"))).isEmpty();
        assertThat(Listener.of(V1.listens("mllp 2575", "http 8090").at("127.0.0.1", 2600))).extracting(Listener::port)
                .as("which of the two the settings mean nobody knows").containsExactly(2575, 8090);
    }

    @Test
    void aPortThatAnotherPluginHoldsIsSaidSo() {
        GivenContent other = GivenContent.of("finance", "1.0.0").listens("http 1").at("127.0.0.1", 39_999);
        Proposal proposal = beside(proposal(PluginAction.INSTALL, V1.listens("mllp 39999"), null), other);
        assertThat(maker().make(proposal).problems()).extracting(Problem::code, Problem::sentence).containsExactly(
                tuple("port-in-use", "his-1.0.0.jar!HUB-INF/plugin.yaml listens: The port 0.0.0.0:39999 is taken by the plugin "
                        + "finance. Give the plugin another port in its settings, or end what listens there."));
        Proposal elsewhere = beside(proposal(PluginAction.INSTALL, V1.listens("mllp 1").at("127.0.0.2", 39_999), null), other);
        assertThat(maker().make(elsewhere).problems()).isEmpty();
    }

    @Test
    void aPortThatAProgramHoldsIsSaidSoUnlessItIsThePluginsOwn() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            GivenContent coming = V2.listens("mllp 1").at("127.0.0.1", port);

            PluginPlan plan = plan(PluginAction.INSTALL, coming, null);
            assertThat(plan.problems()).singleElement().extracting(Problem::message).asString()
                    .matches("The port 127.0.0.1:" + port + " is taken by (this hub itself|another program)\\.");
            assertThat(plan.changes()).singleElement().returns("listens", PlannedChange::kind)
                    .returns("mllp " + port, PlannedChange::id).returns(Action.ADD, PlannedChange::action);

            PluginPlan update = plan(PluginAction.UPDATE, coming, V1.listens("mllp 1").at("127.0.0.1", port));
            assertThat(update.problems()).isEmpty();
            assertThat(update.changes()).singleElement().returns(Action.KEEP, PlannedChange::action);

            PluginPlan wider = plan(PluginAction.UPDATE, V2.listens("mllp " + port), V1.listens("mllp 1").at("127.0.0.1", port));
            assertThat(wider.problems()).as("its own on one address, then on all").isEmpty();
        }
    }

    @Test
    void portsMoveAndClose() {
        PluginPlan plan = plan(PluginAction.UPDATE, V2.listens("mllp 39998", "http 39997"),
                V1.listens("mllp 39999", "udp 39996"));
        assertThat(plan.changes()).filteredOn(c -> c.kind().equals("listens"))
                .extracting(PlannedChange::id, PlannedChange::action, PlannedChange::details).containsExactly(
                        tuple("mllp 39998", Action.CHANGE, List.of("0.0.0.0:39999 → 0.0.0.0:39998")),
                        tuple("http 39997", Action.ADD, List.of("0.0.0.0:39997")),
                        tuple("udp 39996", Action.REMOVE, List.of("0.0.0.0:39996")));
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, , The jar is not signed.", "WARN, , The jar is not signed. This hub warns of it (plugins.unsigned).",
            "REFUSE, unsigned-plugin, The jar is not signed."})
    void anUnsignedJarIsTakenAsThePolicySays(UnsignedPlugins policy, String code, String detail) {
        unsigned = policy;
        PluginPlan plan = plan(PluginAction.INSTALL, V1, null);
        assertThat(plan.problems()).extracting(Problem::code).isEqualTo(code == null ? List.of() : List.of(code));
        assertThat(plan.signature().detail()).isEqualTo(detail);
        assertThat(plan(PluginAction.START, V1, null)).as("what was accepted runs on")
                .returns(null, PluginPlan::signature).returns(List.of(), PluginPlan::problems);
    }

    @Test
    void aBrokenSignatureForbidsWhateverThePolicySays() {
        Proposal proposal = signed(proposal(PluginAction.UPDATE, V2, V1), "garbage");
        PluginPlan plan = maker().make(proposal);
        assertThat(plan.signature().state()).isEqualTo(SignatureVerdict.State.BROKEN);
        assertThat(plan.problems()).extracting(Problem::code, Problem::place)
                .containsExactly(tuple("broken-signature", "his-1.1.0.jar"));
    }

    @Test
    void aFileInTrustThatIsNoKeyIsTheProblemOfWhateverIsSigned() throws IOException {
        Files.writeString(Files.createDirectory(home.resolve("trust")).resolve("x.pem"), "?");
        assertThat(maker().make(signed(proposal(PluginAction.UPDATE, V2, V1), "garbage")).problems())
                .extracting(Problem::code).containsExactly("bad-trusted-key");
        assertThat(plan(PluginAction.UPDATE, V2, V1).problems()).isEmpty();
    }

    @Test
    void whatForbidsItIsToldOnceAndAVersionThatCantBeResolvedHasAPlanToo() {
        Problem missing = new Problem("missing-package", "his-1.1.0.jar", "It imports x.", null);
        PluginPart failing = new PluginPart() {
            @Override
            public String kind() {
                return "reports";
            }

            @Override
            public Deployment deploy(PluginContent plugin) {
                throw new AssertionError();
            }

            @Override
            public List<PlannedChange> plan(PluginContent coming, PluginContent running) {
                return List.of(PlannedChange.of("reports", "a", Action.ADD).withProblems(List.of(missing)),
                        PlannedChange.of("reports", "b", Action.ADD).withProblems(List.of(missing)));
            }
        };
        assertThat(plan(PluginAction.INSTALL, V1, null, failing).problems()).containsExactly(missing);
        PluginPlan unresolved = maker().make(unresolved(proposal(PluginAction.INSTALL, V1.permits(List.of("a.v1"), List.of()),
                null, failing), missing));
        assertThat(unresolved.problems()).containsExactly(missing);
        assertThat(unresolved.changes()).extracting(PlannedChange::kind).containsExactly("consumes");
    }

    private PluginPlan plan(PluginAction action, GivenContent coming, GivenContent running, PluginPart... parts) {
        return maker().make(proposal(action, coming, running, parts));
    }

    private PlanMaker maker() {
        return new PlanMaker(new SignaturePolicy(home.resolve("trust"), unsigned, Clock.systemUTC()));
    }

    private Proposal proposal(PluginAction action, GivenContent coming, GivenContent running, PluginPart... parts) {
        return new Proposal(action, "his", version(coming), version(running),
                running == null ? null : running.descriptor(), List.of(parts), List.of(), List.of(), null, List.of());
    }

    private static Proposal paused(Proposal p, Duration last) {
        return new Proposal(p.action(), p.id(), p.coming(), p.running(), p.installed(), p.parts(), p.settings(), p.others(), last,
                p.problems());
    }

    private static Proposal beside(Proposal p, PluginContent other) {
        return new Proposal(p.action(), p.id(), p.coming(), p.running(), p.installed(), p.parts(), p.settings(),
                List.of(other), p.lastPause(), p.problems());
    }

    private static Proposal signed(Proposal p, String signature) {
        Proposal.Version c = p.coming();
        return new Proposal(p.action(), p.id(), new Proposal.Version(c.descriptor(), c.content(), c.file(), c.sha256(), c.jar(),
                signature, c.imports()), p.running(), p.installed(), p.parts(), p.settings(), p.others(), null, p.problems());
    }

    private static Proposal unresolved(Proposal p, Problem why) {
        Proposal.Version c = p.coming();
        return new Proposal(p.action(), p.id(), new Proposal.Version(c.descriptor(), null, c.file(), c.sha256(), c.jar(), null,
                List.of()), p.running(), p.installed(), p.parts(), p.settings(), p.others(), null, List.of(why));
    }

    private Proposal.Version version(GivenContent content) {
        if (content == null) {
            return null;
        }
        String file = "his-" + content.descriptor().version() + ".jar";
        Path jar = home.resolve(file);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("HUB-INF/plugin.yaml"));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Proposal.Version(content.descriptor(), content, file, "00", jar, null, List.of("org.apache.camel 4.17.0"));
    }
}
