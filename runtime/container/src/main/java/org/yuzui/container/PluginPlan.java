package org.yuzui.container;

import java.time.Duration;
import java.util.List;

import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;

/**
 * What a request would do, worked out without doing it.
 *
 * @param id          twelve hexadecimal digits of what it says; the same request against the same state has the same id, so
 *                    accepting it accepts exactly this
 * @param action      what it comes to; an install of a higher or lower version of a running plugin is an {@code UPDATE}
 * @param plugin      the plugin's id
 * @param title       for people
 * @param fromVersion the version that runs or is stopped now; null when there is none
 * @param toVersion   the version that would run then; null when the plugin goes
 * @param file        the jar's name as its bringer calls it; null when no jar is brought
 * @param sha256      of the jar that would run, hexadecimal; null when none would
 * @param signature   who signed the jar; null when no other jar would run than before
 * @param imports     the hub's packages that it would be wired to, with their versions
 * @param changes     every thing of the plugin, also what stays as it is
 * @param outside     what would be touched beside the plugin; each must be accepted by name
 * @param pauses      what runs and would pause
 * @param problems    why it can't be done; empty when it can
 */
public record PluginPlan(String id, PluginAction action, String plugin, Title title, String fromVersion, String toVersion,
                         String file, String sha256, SignatureVerdict signature, List<String> imports,
                         List<PlannedChange> changes, List<Effect> outside, List<Pause> pauses, List<Problem> problems) {

    public PluginPlan {
        imports = List.copyOf(imports);
        changes = List.copyOf(changes);
        outside = List.copyOf(outside);
        pauses = List.copyOf(pauses);
        problems = List.copyOf(problems);
    }

    /** The same plan under its name. */
    public PluginPlan withId(String newId) {
        return new PluginPlan(newId, action, plugin, title, fromVersion, toVersion, file, sha256, signature, imports, changes,
                outside, pauses, problems);
    }

    /**
     * Something outside the plugin that would be touched.
     *
     * @param id    names it for {@code --accept}: {@code contracts:his.visit.v1}
     * @param owner whose thing it is: a plugin's id, or {@code site}
     * @param place the file that makes use of what changes
     * @param why   a sentence
     */
    public record Effect(String id, String owner, String place, String why) {
    }

    /**
     * Something that runs and would pause.
     *
     * @param what     {@code route receive-visit}
     * @param lastTime how long it took at the last change of this plugin; null when there was none
     */
    public record Pause(String what, Duration lastTime) {
    }
}
