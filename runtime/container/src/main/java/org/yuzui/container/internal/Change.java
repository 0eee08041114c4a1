package org.yuzui.container.internal;

import org.yuzui.container.PluginAction;
import org.yuzui.container.internal.journal.FolderFile;
import org.yuzui.container.internal.settings.SettingsFile;

/**
 * A request that was understood.
 *
 * @param now        what is wanted at present; null when nothing is
 * @param jar        the version that is to be; null for {@code REMOVE}
 * @param text       the settings that are to hold; null for {@code REMOVE} and {@code STOP}
 * @param textIsFile whether they stand in the plugin's file already
 * @param enabled    whether it is to run then
 * @param signature  the detached signature's text; null when there is none
 * @param folderFile the jar in the drop folder that asks for it; null when somebody else does
 */
record Change(PluginAction action, String id, LivePlugin now, StagedJar jar, SettingsFile text, boolean textIsFile,
              boolean enabled, String signature, FolderFile folderFile) {

    String fromVersion() {
        return now == null ? null : now.wanted().version();
    }

    String toVersion() {
        return jar == null ? null : jar.versionText();
    }

    RunningPlugin running() {
        return now == null ? null : now.running();
    }

    /** Whether only the settings of what runs change. */
    boolean isOfRunning() {
        return running() != null && jar != null && running().jar().sameContent(jar);
    }

    /** Whether there is nothing to do. */
    boolean isSo() {
        if (action == PluginAction.STOP) {
            return !now.wanted().enabled();
        }
        return isOfRunning() && text.equals(running().text());
    }

    Change with(SettingsFile otherText, boolean isFile) {
        return new Change(action, id, now, jar, otherText, isFile, enabled, signature, folderFile);
    }
}
