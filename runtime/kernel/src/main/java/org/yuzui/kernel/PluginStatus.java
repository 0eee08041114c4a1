package org.yuzui.kernel;

import java.time.Instant;

/**
 * What the hub knows of one plugin.
 *
 * @param id      the plugin's id; for a jar whose descriptor could not be read, the jar's file name
 * @param version the running version, or the one that failed to start; null when it could not be read
 * @param title   for people
 * @param state   see {@link PluginState}
 * @param problem why it is {@code FAILED} or {@code DEGRADED}, or why a newer jar was not taken while this one goes on;
 *                null otherwise
 * @param since   when it came into this state
 * @param origin  the jar's file name
 */
public record PluginStatus(String id, String version, Title title, PluginState state, Problem problem, Instant since,
                           String origin) {
}
