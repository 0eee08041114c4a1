package org.yuzui.container.internal.journal;

import org.yuzui.container.Mandate;
import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginPlan;

import java.nio.file.Path;
import java.time.Instant;

/**
 * The first entry of something that is done with a plugin.
 *
 * @param jar       the jar as it was brought, to be kept; null when none is
 * @param signature the jar's detached signature, to be kept with it; null when there is none
 */
public record Beginning(String plugin, PluginAction action, String fromVersion, String toVersion, String file, String sha256,
                        Path jar, String signature, Mandate mandate, Instant at, PluginPlan plan) {
}
