package org.yuzui.container.internal;

import com.fasterxml.jackson.databind.type.TypeFactory;

import java.beans.Introspector;

/**
 * What the JDK and libraries of the hub remember of classes for the whole process, whoever uses them: a plugin's
 * {@code new ObjectMapper()} leaves each class that it has met among Jackson's last 200, and with it the plugin's loader.
 */
final class SharedCaches {

    private SharedCaches() {
    }

    /** Everything: what is in use is soon there again. To be called when nothing of a plugin works any more. */
    static void forget() {
        TypeFactory.defaultInstance().clearCache();
        Introspector.flushCaches(); // would let go only when memory is short
    }
}
