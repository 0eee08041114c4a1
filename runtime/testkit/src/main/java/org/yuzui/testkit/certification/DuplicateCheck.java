package org.yuzui.testkit.certification;

import org.yuzui.launcher.PluginWorkbench.CaseOutcome;
import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.cases.CaseFile;
import org.yuzui.testkit.cases.Happenings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whatever is sent again counts once. */
final class DuplicateCheck implements CertificationCheck {

    private static final int TIMES = 3;

    @Override
    public String name() {
        return "duplicates";
    }

    @Override
    public Check run(Trial trial) {
        List<String> failures = new ArrayList<>();
        int sent = 0;
        long records = 0;
        List<CaseFile> cases = trial.cases().stream().filter(c -> !c.given().isEmpty()).toList();
        if (cases.isEmpty()) {
            return skipped("Cases with something given are sent " + TIMES + " times.");
        }
        try (CaseBench bench = trial.bench("duplicates", cases.get(0))) {
            for (CaseFile c : cases) {
                bench.prepare(c, c.alone());
                try (Happenings happenings = Happenings.from(bench.hub().hub(), trial.clock())) {
                    CaseOutcome outcome = bench.run(c.withRepeat(TIMES));
                    sent += TIMES * c.given().size();
                    outcome.differences().forEach(d -> failures.add(c.name() + ": " + d));
                    var made = happenings.hops().stream()
                            .filter(h -> h.kind() == HopKind.RECEIVED || h.kind() == HopKind.PUBLISHED)
                            .collect(Collectors.groupingBy(Hop::flow, Collectors.counting()));
                    records += made.size();
                    for (var flow : made.entrySet()) {
                        if (flow.getValue() > 1) {
                            failures.add(c.name() + ": the record " + flow.getKey() + " came into being "
                                    + flow.getValue() + " times.");
                        }
                    }
                }
            }
        }
        return new Check(name(), "Each given of " + cases.size() + " cases was sent " + TIMES + " times.",
                sent + " messages, " + records + " records, each once", failures, false);
    }

}
