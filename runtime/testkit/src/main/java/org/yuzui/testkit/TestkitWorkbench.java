package org.yuzui.testkit;

import org.yuzui.launcher.PluginWorkbench;
import org.yuzui.testkit.cases.CaseBench;
import org.yuzui.testkit.certification.Certification;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/** What the command line finds of the testkit. */
public final class TestkitWorkbench implements PluginWorkbench {

    private final Clock clock = Clock.system(ZoneId.of("Asia/Shanghai"));

    @Override
    public List<CaseOutcome> test(Candidate plugin, String only, Consumer<CaseOutcome> each) {
        try (CaseBench bench = new CaseBench(plugin, clock)) {
            return bench.run(only, each);
        }
    }

    @Override
    public Certificate certify(Candidate plugin, Effort effort, Consumer<Check> each) {
        return new Certification(plugin, effort, clock).run(each);
    }
}
