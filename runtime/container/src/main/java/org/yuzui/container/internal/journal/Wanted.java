package org.yuzui.container.internal.journal;

import java.time.Instant;

/**
 * What a start brings up for one plugin.
 *
 * @param file        the jar's name as its bringer called it
 * @param revision    of the settings that hold; null when there never were any
 * @param settingsDue whether that revision has yet to be written to the plugin's file
 * @param who         made it so last
 * @param at          and when
 */
public record Wanted(String plugin, String sha256, String version, String file, boolean enabled, Long revision,
                     boolean settingsDue, String who, Instant at) {

    public Wanted written() {
        return new Wanted(plugin, sha256, version, file, enabled, revision, false, who, at);
    }
}
