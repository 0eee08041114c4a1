package org.yuzui.testkit.certification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.launcher.PluginWorkbench.Candidate;
import org.yuzui.launcher.PluginWorkbench.Effort;
import org.yuzui.records.StoredRecord;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.cases.CaseFile;
import org.yuzui.testkit.cases.Door;
import org.yuzui.testkit.cases.Happenings;
import org.yuzui.testkit.cases.JsonDiff;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What all checks share: the plugin, its cases, and how much is to be done.
 *
 * @param cases all of them
 */
record Trial(Candidate candidate, List<CaseFile> cases, Effort effort, Clock clock) {

    /** A busy machine is slow, not wrong: what comes to rest earlier is not waited for. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Chances of one check; they don't depend on which checks ran before. */
    Random chances(String check) {
        return new Random(effort.seed() * 31 + check.hashCode());
    }

    int times(int quick, int full) {
        return effort.quick() ? quick : full;
    }

    /** A bench with a hub that has seen nothing, with what a case of one group of them needs. */
    CaseBench bench(String name, CaseFile example) {
        return ready(name, bench -> bench.prepare(example, true));
    }

    /** The same for settings alone. */
    CaseBench bench(String name, ObjectNode settings) {
        return ready(name, bench -> bench.prepare(settings, true));
    }

    private CaseBench ready(String name, Consumer<CaseBench> preparing) {
        CaseBench bench = new CaseBench(new Candidate(candidate.descriptor(), candidate.jar(), candidate.examples(),
                candidate.work().resolve(name)), clock);
        try {
            preparing.accept(bench);
            return bench;
        } catch (RuntimeException e) {
            bench.close();
            throw e;
        }
    }

    /** Cases that can be sent together: the largest set with the same settings and unit tree, without runs of schedules. */
    List<CaseFile> together() {
        Map<String, List<CaseFile>> groups = new TreeMap<>();
        for (CaseFile c : cases) {
            if (c.schedule() == null && !c.given().isEmpty()) {
                groups.computeIfAbsent(c.settings() + (c.units() == null ? "" : new String(CaseFile.bytes(c.units()), StandardCharsets.UTF_8)), k -> new ArrayList<>()).add(c);
            }
        }
        return groups.values().stream().max((a, b) -> Integer.compare(a.size(), b.size())).orElse(List.of());
    }

    /** What differs between the records that came and those that all these cases together must make. */
    static List<String> differences(List<CaseFile> sent, Map<String, List<StoredRecord>> came) {
        Map<String, List<JsonNode>> expected = new TreeMap<>();
        boolean contains = false;
        for (CaseFile c : sent) {
            contains |= c.contains();
            c.expected().forEach((contract, records) -> {
                List<JsonNode> all = expected.computeIfAbsent(contract, k -> new ArrayList<>());
                records.stream().filter(r -> all.stream().noneMatch(a -> JsonDiff.same(a, r))).forEach(all::add);
            });
        }
        List<String> lines = new ArrayList<>();
        boolean part = contains;
        expected.forEach((contract, records) -> lines.addAll(JsonDiff.records(contract, records,
                came.getOrDefault(contract, List.of()).stream().map(StoredRecord::body).toList(), part)));
        return lines;
    }

    /** Waits until the hub has nothing more to do, and for a moment more nothing new has come. */
    static boolean settle(Happenings happenings, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        long seen = -1;
        while (System.nanoTime() < end) {
            boolean rest = happenings.atRest();
            long now = happenings.changes();
            if (rest && now == seen) {
                return true;
            }
            seen = now;
            happenings.awaitChange(now, Duration.ofMillis(200));
        }
        return false;
    }

    static boolean overNetwork(Door door) {
        return door.port() > 0;
    }
}
