package org.yuzui.container.internal.plan;

import org.yuzui.container.PluginPlan;
import org.yuzui.container.PluginPlan.Effect;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what somebody has accepted against what a plan touches outside its plugin. */
public final class Acceptance {

    private Acceptance() {
    }

    /** @throws ProblemException {@code plan-not-accepted}, naming all that is not among {@code accepted} */
    public static void require(PluginPlan plan, Set<String> accepted) {
        if (accepted.contains(plan.id())) {
            return;
        }
        List<Effect> open = plan.outside().stream().filter(e -> !accepted.contains(e.id())).toList();
        if (!open.isEmpty()) {
            throw new ProblemException(new Problem("plan-not-accepted", null, "The change touches what others use: "
                    + open.stream().map(e -> e.id() + " (" + e.place() + ": " + e.why() + ")").collect(Collectors.joining(", "))
                    + ".", "Accept it by name (" + open.stream().map(Effect::id).distinct().collect(Collectors.joining(", "))
                    + "), or the whole plan by its id " + plan.id() + "."));
        }
    }
}
