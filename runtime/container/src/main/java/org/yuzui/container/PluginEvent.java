package org.yuzui.container;

import java.time.Duration;
import java.time.Instant;

import org.yuzui.kernel.Problem;

/**
 * One entry of a plugin's history.
 *
 * @param number      counts up, over all plugins of the node
 * @param plugin      the plugin's id
 * @param action      what was to be done
 * @param fromVersion what ran before; null when nothing did
 * @param toVersion   what was to run then; null when the plugin was to go
 * @param file        the jar's name as its bringer called it; null when no jar was brought
 * @param sha256      of the jar that was to run; null when none was
 * @param who         the principal
 * @param door        {@code api}, {@code cli}, {@code drop-folder}, {@code start-up}
 * @param startedAt   when it began
 * @param outcome     see {@link Outcome}
 * @param problem     why it failed; null unless it did
 * @param took        from the request to its end; null while it is under way, and when it was interrupted
 * @param paused      how long nothing of the plugin ran; null when nothing paused
 * @param settings    the revision of the settings that held afterwards; null when there are none
 * @param plan        what was planned; null in lists
 */
public record PluginEvent(long number, String plugin, PluginAction action, String fromVersion, String toVersion, String file,
                          String sha256, String who, String door, Instant startedAt, Outcome outcome, Problem problem,
                          Duration took, Duration paused, Long settings, PluginPlan plan) {

    /** {@code INTERRUPTED}: the hub ended meanwhile; what was to be done was not, and the version before runs. */
    public enum Outcome { UNDER_WAY, DONE, FAILED, INTERRUPTED }

    /** As lists show it. */
    public PluginEvent withoutPlan() {
        return new PluginEvent(number, plugin, action, fromVersion, toVersion, file, sha256, who, door, startedAt, outcome,
                problem, took, paused, settings, null);
    }
}
