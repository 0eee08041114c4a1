package org.yuzui.routing.internal;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;

import java.math.BigDecimal;

/**
 * Jackson for one context. A mapper remembers every class that it has met, and Jackson's usual type factory does so for
 * the whole process; a plugin's classes must be forgotten with the plugin.
 */
final class Trees {

    private static final int TYPES = 64;
    /** As contracts take them. */
    private static final int MOST_PLACES = 400;

    private Trees() {
    }

    /** As lenient as Jackson is, for conversions. */
    static ObjectMapper plain(ClassLoader classLoader) {
        return builder(classLoader).nodeFactory(new BoundedNumbers())
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
    }

    /** For what becomes a record: nothing may stand behind it. */
    static ObjectMapper strict(ClassLoader classLoader) {
        return builder(classLoader)
                .addModules(ObjectMapper.findModules(classLoader))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** No digit may be lost: a {@code double} has 15 of them, and 18-digit money is usual. */
    private static JsonMapper.Builder builder(ClassLoader classLoader) {
        return JsonMapper.builder().typeFactory(
                TypeFactory.defaultInstance().withCache(new LRUMap<>(16, TYPES)).withClassLoader(classLoader))
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES); // would make 1E+2 of 100.0
    }

    /** {@code 1e999999999} is short to write and endless to round: a record's contract would refuse it, a bean may meet it. */
    private static final class BoundedNumbers extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueNode numberNode(BigDecimal number) {
            if (number != null && Math.abs((long) number.precision() - number.scale()) > MOST_PLACES) {
                throw new NumberFormatException("A number has more than " + MOST_PLACES + " places.");
            }
            return super.numberNode(number);
        }
    }
}
