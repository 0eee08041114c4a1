package org.yuzui.container.internal.plan;

import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginPlan;
import org.yuzui.container.PluginPlan.Effect;
import org.yuzui.container.PluginPlan.Pause;
import org.yuzui.container.SignatureVerdict;
import org.yuzui.container.internal.signature.SignaturePolicy;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.Use;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Works out what a change of a plugin would do. Used by the one thread that changes plugins. */
public final class PlanMaker {

    /** What brings other bytes to run; a plugin that was accepted goes on, whatever becomes of its signer. */
    private static final Set<PluginAction> BRINGS_A_JAR =
            Set.of(PluginAction.INSTALL, PluginAction.UPDATE, PluginAction.ROLLBACK);
    private static final Set<PluginAction> OF_SETTINGS = Set.of(PluginAction.CONFIGURE, PluginAction.RESTORE_SETTINGS);

    private static final String ROUTES = "routes";
    private static final String WARNED = " This hub warns of it (plugins.unsigned).";

    private final SignaturePolicy signatures;

    public PlanMaker(SignaturePolicy signatures) {
        this.signatures = signatures;
    }

    public PluginPlan make(Proposal p) {
        List<Problem> problems = new ArrayList<>(p.problems());
        SignatureVerdict signature = signature(p, problems);
        Effects effects = new Effects(p.id(), uses(p.parts()));
        List<PlannedChange> changes = changes(p, problems).stream().map(effects::withUsers).toList();
        List<Effect> outside = effects.of(changes);
        changes.forEach(c -> c.problems().stream().filter(x -> !problems.contains(x)).forEach(problems::add));
        PluginDescriptor then = p.coming() == null ? null : p.coming().descriptor();
        PluginDescriptor subject = then != null ? then : p.installed();
        PluginPlan plan = new PluginPlan("", p.action(), p.id(),
                subject == null ? new Title(p.id(), p.id()) : subject.title(),
                p.installed() == null ? null : p.installed().version(), then == null ? null : then.version(),
                p.coming() == null ? null : p.coming().file(), p.coming() == null ? null : p.coming().sha256(), signature,
                p.coming() == null ? List.of() : p.coming().imports(), changes, outside, pauses(p), problems);
        return plan.withId(PlanId.of(plan));
    }

    private SignatureVerdict signature(Proposal p, List<Problem> problems) {
        if (p.coming() == null || !BRINGS_A_JAR.contains(p.action())) {
            return null;
        }
        SignaturePolicy.Outcome outcome = signatures.look(p.coming().jar(), p.coming().file(), p.coming().signature());
        if (outcome.refusal() != null) {
            problems.add(outcome.refusal());
        }
        SignatureVerdict verdict = outcome.verdict();
        return outcome.warning() == null ? verdict : new SignatureVerdict(verdict.state(), verdict.algorithm(), verdict.signer(),
                verdict.detail() + WARNED);
    }

    /** What is to be said of the plugin when the plan has been carried out; null when nothing. */
    public static Problem warning(PluginPlan plan) {
        SignatureVerdict verdict = plan.signature();
        return verdict != null && verdict.detail().endsWith(WARNED) ? SignaturePolicy.complaint(verdict, plan.file()) : null;
    }

    private static List<Use> uses(List<PluginPart> parts) {
        return parts.stream().flatMap(part -> part.uses().stream()).toList();
    }

    private static List<PlannedChange> changes(Proposal p, List<Problem> problems) {
        PluginContent coming = p.coming() == null ? null : p.coming().content();
        PluginContent running = p.running() == null ? null : p.running().content();
        boolean known = p.coming() == null || coming != null;
        List<PlannedChange> changes = new ArrayList<>();
        for (PluginPart part : known ? p.parts() : List.<PluginPart>of()) {
            try {
                changes.addAll(part.plan(coming, running));
            } catch (ProblemException e) {
                problems.add(e.problem());
            }
        }
        changes.addAll(p.settings());
        if (known) {
            changes.addAll(new Ports(place(p), coming, running, p.others()).changes());
        }
        if (p.action() != PluginAction.STOP && !OF_SETTINGS.contains(p.action())) {
            changes.addAll(Permissions.changes(p.coming() == null ? null : p.coming().descriptor(), p.installed()));
        }
        if (coming != null && running != null) {
            changes.addAll(Permissions.imports(p.coming().imports(), p.running().imports()));
        }
        return changes;
    }

    private static String place(Proposal p) {
        return p.coming() == null ? null : p.coming().file() + "!HUB-INF/plugin.yaml listens";
    }

    /** Every route that runs stands still for a moment; with other settings only where a part reads them. */
    private static List<Pause> pauses(Proposal p) {
        if (p.running() == null) {
            return List.of();
        }
        return p.parts().stream().filter(part -> part.kind().equals(ROUTES))
                .filter(part -> !OF_SETTINGS.contains(p.action()) || part.readsSettings())
                .flatMap(part -> part.plan(null, p.running().content()).stream()) // what would go are those that run
                .map(c -> new Pause("route " + c.id(), p.lastPause())).distinct().toList();
    }
}
