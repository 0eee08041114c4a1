package org.yuzui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.kernel.GivenPlugin;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;

/** What rules cost: run main on the module's test class path. The figures of decision 0023 come from here. */
public final class RuleBench {

    private static final int ROUNDS = 5;
    private static final int EACH = 50_000;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private RuleBench() {
    }

    public static void main(String[] args) throws Exception {
        ObjectMapper json = new ObjectMapper();
        Rules rules = new Rules(Clock.systemUTC());
        long before = used();
        long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
        time("first rule: engine, validation, compilation, analysis", () -> deploy(rules, "rules/vehicle-use.dmn"));
        time("second rule", () -> deploy(rules, "rules/fees.dmn"));
        String contract = ChecksTest.contract(
                "{\"id\": \"a\", \"check\": \"还车 = null or 还车 >= 出车\", \"message\": \"x\"}",
                "{\"id\": \"b\", \"check\": \"里程 > 0 and 里程 < 9000\", \"message\": \"x\"}",
                "{\"id\": \"c\", \"check\": \"matches(车牌, \\\"^川[A-Z][0-9A-Z]{5}$\\\")\", \"message\": \"x\"}");
        time("three checks", () -> rules.deploy(GivenPlugin.of("c", "contracts/fleet.trip.v1.schema.json", contract)).start());
        System.out.printf("heap after: %.1f MB more, %d classes%n", (used() - before) / 1e6,
                ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - classes);

        Rule rule = rules.require("fleet/vehicle-use");
        JsonNode trip = json.readTree("{\"行程\": {\"日期\": \"2026-10-01\", \"里程\": 1.5}, \"休息日\": true}");
        each("a decision of two, one a table", () -> rule.decide(trip));
        RecordChecks checks = rules.checks("fleet.trip.v1", json.readTree(contract)).orElseThrow();
        JsonNode record = json.readTree("{\"车牌\": \"川A12345\", \"出车\": \"2026-10-01\", \"还车\": \"2026-10-02\", \"里程\": 35.5}");
        each("three checks of a record, one a pattern", () -> checks.broken(record));
    }

    private static void deploy(Rules rules, String resource) {
        rules.deploy(GivenPlugin.of("fleet", resource, Resource.text(resource))).start();
    }

    private static void time(String what, Runnable deed) {
        long began = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        deed.run();
        System.out.printf("%s: %d ms, %d ms of this thread%n", what, (System.nanoTime() - began) / 1_000_000,
                (THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000);
    }

    private static void each(String what, Runnable deed) {
        for (int round : List.of(1, 2, 3, 4, ROUNDS)) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long began = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < EACH; i++) {
                deed.run();
            }
            if (round == ROUNDS) {
                System.out.printf("%s: %.1f µs, %d bytes%n", what, (THREADS.getCurrentThreadCpuTime() - began) / 1e3 / EACH,
                        (THREADS.getCurrentThreadAllocatedBytes() - bytes) / EACH);
            }
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
