package org.yuzui.plugin.his.send;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.spi.Settings;

/** The bytes that would be sent, for tests outside of this package. */
public final class Written {

    private Written() {
    }

    /** To the first system under {@code send}. */
    public static byte[] of(Settings settings, JsonNode record) {
        return new MessageOf(Target.of(settings).get(0)).write(record, "Y0123456789");
    }
}
