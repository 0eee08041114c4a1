package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;

/**
 * Jackson for one context. A mapper remembers every class that it has met, and Jackson's usual type factory does so for
 * the whole process; a plugin's classes must be forgotten with the plugin.
 */
final class Trees {

    private static final int TYPES = 64;

    private Trees() {
    }

    /** As lenient as Jackson is, for conversions. */
    static ObjectMapper plain(ClassLoader classLoader) {
        return builder(classLoader).build();
    }

    /** For what becomes a record: nothing may stand behind it, and no digit may be lost. */
    static ObjectMapper strict(ClassLoader classLoader) {
        return builder(classLoader)
                .addModules(ObjectMapper.findModules(classLoader))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    private static JsonMapper.Builder builder(ClassLoader classLoader) {
        return JsonMapper.builder().typeFactory(
                TypeFactory.defaultInstance().withCache(new LRUMap<>(16, TYPES)).withClassLoader(classLoader));
    }
}
