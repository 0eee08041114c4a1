package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.container.PluginSettings;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that is to be known of the settings of plugins: where their text lies, what it means, how it is changed. The switch
 * knows only texts and what holds under them. Used by the one thread that changes plugins.
 */
public interface SettingsDesk {

    /**
     * What counts now for the plugin, its file having lain still for a while.
     *
     * @throws org.yuzui.kernel.ProblemException {@code unreadable-file}
     */
    SettingsFile read(String id);

    /**
     * The settings that hold for a version of the plugin under a text.
     *
     * @param schema {@code HUB-INF/settings.schema.json}; null when the plugin has none
     * @throws org.yuzui.kernel.ProblemException what is wrong with the schema, or everything that is wrong with the text
     */
    Settings settings(HubFile schema, SettingsFile text);

    /**
     * The text that a version with another schema begins with; the same one when it needs no change.
     *
     * @throws org.yuzui.kernel.ProblemException naming the key that can't be carried over
     */
    SettingsFile migrated(HubFile from, HubFile to, SettingsFile text);

    /**
     * The text with a JSON merge patch (RFC 7386) applied; comments stay, secrets are encrypted in it. Nothing is written.
     *
     * @throws org.yuzui.kernel.ProblemException what is wrong with the changes
     */
    SettingsFile patched(HubFile schema, SettingsFile text, JsonNode changes);

    /** The text as it is to be kept: plain secrets are encrypted. The same one when there are none. */
    SettingsFile sealed(HubFile schema, SettingsFile text);

    /**
     * Before a change is made to hold that was worked out from what counted.
     *
     * @throws org.yuzui.kernel.ProblemException {@code settings-changed-meanwhile}, when the file isn't that any more
     */
    void requireUnchanged(String id);

    /**
     * Makes this the plugin's file; it is no change of settings then. Whole or not at all.
     *
     * @throws org.yuzui.kernel.ProblemException {@code settings-changed-meanwhile}, as {@link #requireUnchanged} does
     */
    void write(String id, SettingsFile text) throws IOException;

    /** What would change, a setting each; secrets are not told. Both texts are good under their schema, or null. */
    List<PlannedChange> changes(HubFile schemaNow, SettingsFile now, HubFile schemaThen, SettingsFile then);

    /** For a person; secrets are not told. A text that is wrong is shown as far as it can be. */
    PluginSettings view(String id, HubFile schema, SettingsFile text, long revision, List<PluginSettings.Revision> revisions);

    /** For how long to wait, at most, until the next change of a file may count; empty when nothing is changing. */
    OptionalLong nanosToNextChange();

    /** Forgets the files of all plugins but these. */
    void keepOnly(Collection<String> ids);
}
