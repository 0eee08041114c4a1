package org.yuzui.testkit.certification;

import org.yuzui.launcher.PluginWorkbench.CaseOutcome;
import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.testkit.TestHub;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.cases.CaseFile;
import org.yuzui.testkit.cases.Door;
import org.yuzui.testkit.cases.Happenings;
import org.yuzui.testkit.cases.Quiet;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Whatever comes in is answered, taken or kept as refused with a reason; the hub stays ready and serves the next. */
final class BrokenInputCheck implements CertificationCheck {

    /** How long the ledger may take to tell of what was taken without an answer; a dead connection is noticed late. */
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration OF_A_FILE = Duration.ofSeconds(3);
    /** More of the same teach nothing, and each takes its time. */
    private static final int ENOUGH_FAILURES = 8;

    @Override
    public String name() {
        return "broken input";
    }

    @Override
    public Check run(Trial trial) throws IOException {
        List<CaseFile> cases = trial.together();
        if (cases.isEmpty()) {
            return skipped("It needs a case in which something is given.");
        }
        Random chances = trial.chances(name());
        List<String> failures = new ArrayList<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        int sent = 0;
        long slowest = 0;
        try (CaseBench bench = trial.bench("broken", cases.get(0))) {
            for (CaseFile c : cases) {
                Door door = bench.door(c);
                for (Path given : c.given()) {
                    List<BrokenInput> variants = BrokenInput.of(CaseFile.bytes(given), chances, trial.times(12, 200),
                            trial.times(1 << 20, 8 << 20));
                    for (BrokenInput broken : trial.effort().quick() && sent > 40 ? variants.subList(15, variants.size()) : variants) {
                        if (failures.size() >= ENOUGH_FAILURES) {
                            break;
                        }
                        long began = System.nanoTime();
                        String outcome = give(bench, door, given, broken, trial, sent++);
                        slowest = Math.max(slowest, Duration.ofNanos(System.nanoTime() - began).toMillis());
                        outcomes.merge(outcome.startsWith("!") ? "FAILED" : outcome, 1, Integer::sum);
                        if (outcome.startsWith("!")) {
                            failures.add(c.name() + ", " + broken.how() + ": " + outcome.substring(1));
                        }
                    }
                }
            }
            requireReady(bench.hub(), failures);
            for (CaseFile c : cases) {
                CaseOutcome after = bench.run(c.again());
                after.differences().forEach(d -> failures.add("After all that, case " + c.name() + ": " + d));
            }
        }
        StringBuilder measured = new StringBuilder();
        outcomes.forEach((outcome, n) -> measured.append(measured.length() == 0 ? "" : ", ").append(n).append(' ').append(outcome));
        return new Check(name(), sent + " broken variants of what is given in " + cases.size()
                + " cases: cut, flipped, with noise, in other charsets, empty, huge.",
                measured + "; slowest " + slowest + " ms; the hub stayed ready", failures, false);
    }

    /** What became of it; begins with ! when that is not good enough. */
    private static String give(CaseBench bench, Door door, Path given, BrokenInput broken, Trial trial, int number) {
        try (Happenings happenings = Happenings.from(bench.hub().hub(), trial.clock())) {
            String answer = null;
            String trouble = null;
            try {
                answer = door.give(CaseFile.named(given, Long.toString(number)), broken.bytes());
            } catch (IOException e) {
                trouble = e.getMessage();
            }
            Quiet quiet = new Quiet();
            while (true) {
                happenings.atRest();
                quiet.look(happenings.changes());
                List<Hop> hops = happenings.hops();
                if (!hops.isEmpty()) {
                    return word(hops);
                }
                boolean answered = answer != null && !answer.isBlank();
                if (broken.bytes().length == 0 && door.kind() == Door.Kind.TCP && trouble == null) {
                    return "nothing came"; // somebody who only looked whether the door is there
                }
                if (answered || quiet.lasted(door.kind() == Door.Kind.FILE ? OF_A_FILE : LONGEST) || trouble != null && trouble.startsWith("Nothing took")) {
                    return answered ? "answered only" : "!neither answered nor kept as refused"
                            + (trouble == null ? "." : ": " + trouble);
                }
                happenings.awaitChange(happenings.changes(), Quiet.LOOK);
            }
        }
    }

    private static String word(List<Hop> hops) {
        for (HopKind kind : List.of(HopKind.DEAD, HopKind.REFUSED, HopKind.IGNORED, HopKind.DUPLICATE, HopKind.RECEIVED)) {
            if (hops.stream().anyMatch(h -> h.kind() == kind)) {
                return switch (kind) {
                    case REFUSED -> "refused";
                    case IGNORED -> "ignored";
                    case DUPLICATE, RECEIVED -> "taken";
                    default -> "dead";
                };
            }
        }
        return "noted";
    }

    private static void requireReady(TestHub hub, List<String> failures) {
        try {
            HttpURLConnection c = (HttpURLConnection) URI.create("http://127.0.0.1:" + hub.hub().webPort() + "/ready").toURL()
                    .openConnection();
            c.setReadTimeout(10_000);
            if (c.getResponseCode() != 200) {
                failures.add("The hub is not ready any more: /ready answers " + c.getResponseCode() + ".");
            }
        } catch (IOException e) {
            failures.add("The hub is not ready any more: " + e.getMessage());
        }
    }
}
