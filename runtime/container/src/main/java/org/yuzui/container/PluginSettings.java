package org.yuzui.container;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A plugin's settings for a person.
 *
 * @param schema    {@code settings.schema.json}; an empty object when the plugin has no settings
 * @param written   what {@code config/plugins/<id>.yaml} says, placeholders unresolved, secrets as {@code "***"} (and
 *                  whatever stands under a key that the schema doesn't know)
 * @param effective with the defaults filled in, placeholders unresolved, secrets as {@code "***"}
 * @param file      the file's path relative to the hub's home
 * @param revision  counts up with every change that took hold
 * @param revisions the earlier ones, newest first
 */
public record PluginSettings(String plugin, JsonNode schema, JsonNode written, JsonNode effective, String file, long revision,
                             List<Revision> revisions) {

    public PluginSettings {
        revisions = List.copyOf(revisions);
    }

    /** One earlier state, by whom and when. */
    public record Revision(long number, Instant at, String who, String version) {
    }
}
