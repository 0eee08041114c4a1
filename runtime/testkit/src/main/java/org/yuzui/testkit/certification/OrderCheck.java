package org.yuzui.testkit.certification;

import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.cases.CaseFile;
import org.yuzui.testkit.cases.Happenings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Cases that have nothing to do with each other may come in any order; within a case the order is the sender's. */
final class OrderCheck implements CertificationCheck {

    @Override
    public String name() {
        return "another order";
    }

    @Override
    public Check run(Trial trial) throws IOException {
        List<CaseFile> cases = trial.together();
        if (cases.size() < 2) {
            return skipped("It needs two cases with the same settings that something is given in.");
        }
        List<String> failures = new ArrayList<>();
        Random chances = trial.chances(name());
        int orders = trial.times(1, 4);
        int sent = 0;
        for (int i = 0; i < orders; i++) {
            // A hub that knows the records already would prove nothing.
            try (CaseBench bench = trial.bench("order-" + i, cases.get(0));
                 Happenings happenings = Happenings.from(bench.hub().hub(), trial.clock())) {
                List<Step> steps = mixed(cases, chances);
                for (Step step : steps) {
                    bench.door(step.of()).give(CaseFile.named(step.given(), step.of().name()), CaseFile.bytes(step.given()));
                    sent++;
                }
                Trial.settle(happenings, Trial.PATIENCE);
                String order = "Order " + String.join(" ", steps.stream().map(s -> s.of().name()).toList()) + ": ";
                Trial.differences(cases, happenings.records()).forEach(d -> failures.add(order + d));
            }
        }
        return new Check(name(), "What is given in " + cases.size() + " cases was sent in " + orders
                + " random orders, on a fresh hub each.", sent + " messages, the same records in every order", failures, false);
    }

    private record Step(CaseFile of, Path given) {
    }

    private static List<Step> mixed(List<CaseFile> cases, Random chances) {
        List<Deque<Step>> left = new ArrayList<>();
        cases.forEach(c -> left.add(new ArrayDeque<>(c.given().stream().map(g -> new Step(c, g)).toList())));
        List<Step> steps = new ArrayList<>();
        while (!left.isEmpty()) {
            Deque<Step> next = left.get(chances.nextInt(left.size()));
            steps.add(next.remove());
            left.removeIf(Deque::isEmpty);
        }
        return steps;
    }
}
