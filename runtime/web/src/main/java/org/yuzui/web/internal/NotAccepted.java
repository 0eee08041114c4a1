package org.yuzui.web.internal;

import org.yuzui.container.PluginPlan;
import org.yuzui.kernel.Problem;

/** A change that touches something outside its plugin which the caller has not accepted; answered with the plan. */
final class NotAccepted extends Refusal {

    private static final long serialVersionUID = 1L;

    private final transient PluginPlan plan;

    NotAccepted(Problem problem, PluginPlan plan) {
        super(409, problem);
        this.plan = plan;
    }

    PluginPlan plan() {
        return plan;
    }
}
