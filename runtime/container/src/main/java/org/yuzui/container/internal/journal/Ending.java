package org.yuzui.container.internal.journal;

import java.time.Duration;

/**
 * How something ended well.
 *
 * @param number       the entry
 * @param plugin       its id
 * @param sha256       of the version that is wanted from now on; null when the plugin is gone
 * @param enabled      whether it is to run
 * @param ran          whether it came up just now
 * @param revision     of the settings that held before; null when there were none
 * @param told         whether the settings are told; if not, they stay as they are
 * @param settings     their text now; null when there is no file
 * @param settingsDue  whether that text has yet to be written to the plugin's file
 * @param folderFile   the jar in the drop folder that it was done for; null when it wasn't for one
 * @param took         from the request on
 * @param paused       null when nothing did
 */
public record Ending(long number, String plugin, String sha256, boolean enabled, boolean ran, Long revision, boolean told,
                     byte[] settings, boolean settingsDue, FolderFile folderFile, Duration took, Duration paused) {
}
