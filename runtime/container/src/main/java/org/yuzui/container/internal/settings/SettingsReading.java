package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** The readers of the settings, for files that lie in no jar yet. */
public final class SettingsReading {

    private SettingsReading() {
    }

    /** What is written, with the defaults of the schema. */
    public static Settings settings(byte[] schema, String place, JsonNode written) {
        SettingsSchema.parse(schema, place);
        try {
            JsonNode tree = new SchemaDefaults(new ObjectMapper().readTree(schema), Set.of()).apply(written);
            return tree.isObject() ? Settings.of(tree) : Settings.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
