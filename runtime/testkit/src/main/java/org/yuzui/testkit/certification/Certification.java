package org.yuzui.testkit.certification;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.PluginWorkbench.Candidate;
import org.yuzui.launcher.PluginWorkbench.CaseOutcome;
import org.yuzui.launcher.PluginWorkbench.Certificate;
import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.launcher.PluginWorkbench.Effort;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.cases.CaseFile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All checks, one after the other; a failed one keeps none of the others from running. */
public final class Certification {

    private final Trial trial;

    /** @throws ProblemException {@code no-cases}: without cases nothing can be proven */
    public Certification(Candidate candidate, Effort effort, Clock clock) {
        List<CaseFile> cases = CaseFile.readAll(candidate.examples());
        if (cases.isEmpty()) {
            throw new ProblemException(new Problem("no-cases", candidate.examples().toString(),
                    "There is no case, and without cases nothing can be proven.",
                    "Make a folder examples/NAME with case.yaml, given.* and expect.json."));
        }
        this.trial = new Trial(candidate, cases, effort, clock);
    }

    public Certificate run(Consumer<Check> each) {
        long began = System.nanoTime();
        List<Check> checks = new ArrayList<>();
        for (CertificationCheck check : List.of(new CasesCheck(), new DuplicateCheck(), new OrderCheck(), new PeerCheck(),
                new KillCheck(), new RedeployCheck(), new BrokenInputCheck())) {
            Check found = found(check);
            checks.add(found);
            each.accept(found);
        }
        Instant at = trial.clock().instant();
        return new Certificate(checks, at, new CertificateReport(trial, checks, at,
                Duration.ofNanos(System.nanoTime() - began)).markdown());
    }

    private Check found(CertificationCheck check) {
        try {
            return check.run(trial);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ProblemException e) {
            return new Check(check.name(), "It could not be carried out.", "-", List.of(e.problem().sentence()), false);
        } catch (Exception e) {
            org.slf4j.LoggerFactory.getLogger(Certification.class).error("The check {} broke off", check.name(), e);
            return new Check(check.name(), "It could not be carried out.", "-", List.of(e.toString()), false);
        }
    }

    /** First of all the cases themselves: with a case that fails the other checks mean little. */
    private static final class CasesCheck implements CertificationCheck {

        @Override
        public String name() {
            return "cases";
        }

        @Override
        public Check run(Trial trial) {
            List<String> failures = new ArrayList<>();
            Candidate c = trial.candidate();
            try (CaseBench bench = new CaseBench(new Candidate(c.descriptor(), c.jar(), c.examples(), c.work().resolve("cases")),
                    trial.clock())) {
                for (CaseOutcome outcome : bench.run(null, o -> { })) {
                    outcome.differences().forEach(d -> failures.add(outcome.name() + ": " + d));
                }
            }
            return new Check(name(), "Each case was run as it stands.", trial.cases().size() + " cases", failures, false);
        }
    }
}
