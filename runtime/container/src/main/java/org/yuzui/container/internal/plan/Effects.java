package org.yuzui.container.internal.plan;

import org.yuzui.container.PluginPlan.Effect;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;
import org.yuzui.kernel.Use;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What others make use of among the things of a plugin: whether they are touched, or only stand beside it and are told
 * of in the change.
 */
final class Effects {

    private static final Comparator<Use> ORDER = Comparator.comparing(Use::id).thenComparing(Use::owner)
            .thenComparing(Use::place).thenComparing(Use::by).thenComparing(Use::how);

    private final String plugin;
    private final List<Use> uses;

    /** @param uses of all that runs; those of the plugin itself don't count */
    Effects(String plugin, List<Use> uses) {
        this.plugin = plugin;
        this.uses = uses.stream().filter(u -> !u.owner().equals(plugin)).distinct().sorted(ORDER).toList();
    }

    /** What is touched by a change that a reader notices. */
    List<Effect> of(List<PlannedChange> changes) {
        List<Effect> effects = new ArrayList<>();
        for (PlannedChange change : changes) {
            if (isNoticed(change)) {
                uses.stream().filter(u -> isOf(u, change)).map(u -> effect(u, change)).forEach(effects::add);
            }
        }
        return effects.stream().distinct().toList();
    }

    /** The same change, with a word on those that use the thing and notice nothing. */
    PlannedChange withUsers(PlannedChange change) {
        if (change.action() != Action.CHANGE || isNoticed(change)) {
            return change;
        }
        List<String> details = new ArrayList<>(change.details());
        uses.stream().filter(u -> isOf(u, change)).map(u -> u.place() + ": " + u.by() + " " + u.how() + " it and notices nothing")
                .distinct().forEach(details::add);
        return change.withDetails(details);
    }

    private static boolean isNoticed(PlannedChange change) {
        return change.action() == Action.REMOVE || change.action() == Action.CHANGE && !change.noticed().isEmpty();
    }

    /** Some things are called by their plugin's id and their own, such as schedules. */
    private boolean isOf(Use use, PlannedChange change) {
        return use.kind().equals(change.kind())
                && (use.id().equals(change.id()) || use.id().equals(plugin + "/" + change.id()));
    }

    private static Effect effect(Use use, PlannedChange change) {
        String what = change.action() == Action.REMOVE ? "which goes" : "which changes: " + String.join("; ", change.noticed());
        return new Effect(change.kind() + ":" + change.id(), use.owner(), use.place(),
                use.by() + " " + use.how() + " " + change.id() + ", " + what);
    }
}
