package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.GivenPlugin;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule comes, counts, is replaced and goes, and leaves nothing behind. */
class LifeOfARuleTest {

    private static final String VEHICLE = Resource.text("rules/vehicle-use.dmn");
    private static final String STRICTER = VEHICLE.replace("疑似公车私用", "违规用车");
    private final Rules rules = new Rules(Clock.systemUTC());

    private static GivenPlugin fleet(String dmn) {
        return GivenPlugin.of("fleet", "rules/vehicle-use.dmn", dmn);
    }

    private static JsonNode holiday() throws Exception {
        return new ObjectMapper().readTree("{\"行程\": {\"日期\": \"2026-10-01\", \"里程\": 1}, \"休息日\": true}");
    }

    private String verdict() throws Exception {
        return rules.evaluate("fleet/vehicle-use", holiday()).outputs().get("结论").asText();
    }

    @Test
    void countsFromItsStartUntilItIsReplacedAndAgainWhenTheNewOneGoes() throws Exception {
        Deployment old = rules.deploy(fleet(VEHICLE));
        assertThat(rules.find("fleet/vehicle-use")).isEmpty();
        assertThat(rules.coming("fleet/vehicle-use")).isPresent();
        old.start();
        assertThat(verdict()).isEqualTo("疑似公车私用");

        Deployment next = rules.deploy(fleet(STRICTER));
        assertThat(verdict()).isEqualTo("疑似公车私用");
        old.quiesce();
        next.start();
        assertThat(verdict()).isEqualTo("违规用车");

        next.close(); // it failed after its start: the old one goes on
        old.start();
        assertThat(verdict()).isEqualTo("疑似公车私用");

        old.close();
        old.close();
        assertThat(rules.all()).isEmpty();
        assertThat(rules.coming("fleet/vehicle-use")).isEmpty();
    }

    @Test
    void aPlanSaysWhichTablesChange() {
        List<PlannedChange> changes = rules.plan(
                new GivenPlugin("fleet", Map.of("rules/vehicle-use.dmn", STRICTER.replace("hitPolicy=\"UNIQUE\"", "hitPolicy=\"FIRST\""),
                        "rules/new.dmn", VEHICLE.replace("休息日\" typeRef=\"boolean\"", "休息日\""))),
                new GivenPlugin("fleet", Map.of("rules/vehicle-use.dmn", VEHICLE, "rules/old.dmn", VEHICLE)));

        assertThat(changes).extracting(PlannedChange::id, PlannedChange::action).containsExactly(
                org.assertj.core.groups.Tuple.tuple("new", Action.ADD),
                org.assertj.core.groups.Tuple.tuple("old", Action.REMOVE),
                org.assertj.core.groups.Tuple.tuple("vehicle-use", Action.CHANGE));
        assertThat(changes.get(0).problems()).singleElement().satisfies(p -> assertThat(p.code()).isEqualTo("untyped-input"));
        assertThat(changes.get(2).details()).containsExactly("table 结论: hit policy UNIQUE → FIRST, row 1 changed");
        assertThat(rules.plan(null, fleet(VEHICLE))).extracting(PlannedChange::action).containsExactly(Action.REMOVE);
    }

    @Test
    void aPlanSaysWhichChecksChange() {
        String contract = ChecksTest.contract("{\"id\": \"a\", \"check\": \"里程 > 0\", \"message\": \"x\"}");
        String other = ChecksTest.contract("{\"id\": \"a\", \"check\": \"里程 > 1\", \"message\": \"x\"}",
                "{\"id\": \"b\", \"check\": \"里程 < 9000\", \"message\": \"x\"}");

        assertThat(rules.plan(GivenPlugin.of("fleet", "contracts/fleet.trip.v1.schema.json", other),
                GivenPlugin.of("fleet", "contracts/fleet.trip.v1.schema.json", contract))).containsExactly(
                new PlannedChange("rules", "fleet.trip.v1/x-rules", Action.CHANGE, List.of("check a changed", "check b added"), List.of(), List.of()));
    }

    @Test
    void leavesNothingOfFiftyVersions() throws Exception {
        List<WeakReference<Object>> gone = new ArrayList<>();
        Deployment last = null;
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        ClassLoader plugins = new URLClassLoader(new URL[0], own); // such as a bundle's, which must be let go
        gone.add(new WeakReference<>(plugins));
        Thread.currentThread().setContextClassLoader(plugins);
        for (int i = 0; i < 50; i++) {
            Deployment next = rules.deploy(new GivenPlugin("fleet", Map.of(
                    "rules/vehicle-use.dmn", VEHICLE.replace("疑似公车私用", "第" + i + "版"),
                    "contracts/fleet.trip.v1.schema.json",
                    ChecksTest.contract("{\"id\": \"a\", \"check\": \"里程 > " + i + "\", \"message\": \"x\"}"))));
            next.start();
            if (last != null) {
                last.close();
            }
            assertThat(verdict()).isEqualTo("第" + i + "版");
            gone.add(new WeakReference<>(rules.require("fleet/vehicle-use")));
            gone.add(new WeakReference<>(compiledModel(rules.require("fleet/vehicle-use"))));
            last = next;
        }
        last.close();
        last = null;
        Thread.currentThread().setContextClassLoader(own);
        plugins = null;

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            System.gc();
            assertThat(gone).allMatch(r -> r.get() == null);
        });
    }

    /** The engine's own object, which nobody outside sees: what a cache of the engine would hold. */
    private static Object compiledModel(Rule rule) throws Exception {
        var field = rule.getClass().getDeclaredField("model");
        field.setAccessible(true);
        return field.get(rule);
    }

    /** Proved by taking the engine away: whoever brings no rule must not miss it. */
    @Test
    void aPluginWithoutRulesNeedsNoEngine() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")).split(File.pathSeparator)) {
            if (!entry.contains("/org/kie/") && !entry.contains("/org/drools/")) {
                path.add(new File(entry).toURI().toURL());
            }
        }
        try (URLClassLoader bare = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> inside = bare.loadClass(WithoutEngine.class.getName());
            assertThat(inside.getMethod("run").invoke(null)).isEqualTo("[]");
        }
    }

    /** Runs inside the bare class loader. */
    public static final class WithoutEngine {

        public static String run() throws ClassNotFoundException {
            try {
                Class.forName("org.kie.dmn.api.core.DMNRuntime");
                return "the engine is there";
            } catch (ClassNotFoundException expected) {
                Rules rules = new Rules(Clock.systemUTC());
                GivenPlugin plain = GivenPlugin.of("plain", "contracts/plain.v1.schema.json", "{\"type\": \"object\"}");
                rules.plan(plain, null);
                Deployment deployment = rules.deploy(plain);
                deployment.start();
                deployment.close();
                return rules.all().toString();
            }
        }
    }
}
