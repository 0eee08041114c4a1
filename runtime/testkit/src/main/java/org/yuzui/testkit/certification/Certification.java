package org.yuzui.testkit.certification;

import org.yuzui.launcher.PluginWorkbench.Candidate;
import org.yuzui.launcher.PluginWorkbench.Certificate;
import org.yuzui.launcher.PluginWorkbench.Check;
import org.yuzui.launcher.PluginWorkbench.Effort;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** The certification. */
public final class Certification {
    private final Clock clock;

    public Certification(Candidate candidate, Effort effort, Clock clock) {
        this.clock = clock;
    }

    public Certificate run(Consumer<Check> each) {
        return new Certificate(List.of(), clock.instant(), "");
    }
}
