package org.yuzui.container;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;

/** What somebody wants done with a plugin: asked for by {@link Plugins#plan}, done by {@link Plugins#carryOut}. */
public sealed interface PluginRequest {

    /**
     * A jar (or a zipped folder) that is to be the plugin's running version, whatever version runs now.
     *
     * @param jar       is read during the call and may be deleted after it
     * @param fileName  how the person calls it; only for messages and history
     * @param signature the detached signature's text; null when there is none beside it
     */
    record Install(Path jar, String fileName, String signature) implements PluginRequest {
    }

    /**
     * Back to a version that is kept, with the settings that it ran with last.
     *
     * @param version null for the one that ran before the present one
     */
    record Rollback(String id, String version) implements PluginRequest {
    }

    /** The plugin goes; its versions and its history stay, and so do its settings. */
    record Remove(String id) implements PluginRequest {
    }

    /** The plugin stays installed and does nothing until it is started; that outlasts a restart of the hub. */
    record Stop(String id) implements PluginRequest {
    }

    /** Starts a plugin that was stopped, or tries one that failed once more. */
    record Start(String id) implements PluginRequest {
    }

    /**
     * Other settings.
     *
     * @param changes a JSON merge patch (RFC 7386) over {@code config/plugins/<id>.yaml}: null takes a key away. The value
     *                of a field that the schema marks {@code x-secret} is a plain text and is kept encrypted
     */
    record Configure(String id, JsonNode changes) implements PluginRequest {
    }

    /**
     * The settings as an earlier change left them.
     *
     * @param revision the number that {@link PluginSettings#revision()} had then; null for the one before the present one
     */
    record RestoreSettings(String id, Long revision) implements PluginRequest {
    }
}
