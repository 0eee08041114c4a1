package org.yuzui.routing.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Between JSON trees, which the hub's bodies are, and what other components take and give. Camel's own general ones stay
 * off: switched on for a context they also seize files and streams.
 */
final class JsonConverters {

    private JsonConverters() {
    }

    static void addTo(CamelContext camel, ObjectMapper json) {
        TypeConverterRegistry registry = camel.getTypeConverterRegistry();
        // Else camel-jackson's own would stay, which make doubles of decimals.
        TypeConverterExists usual = registry.getTypeConverterExists();
        registry.setTypeConverterExists(TypeConverterExists.Override);
        add(registry, List.class, JsonNode.class, json::valueToTree);
        add(registry, Map.class, JsonNode.class, json::valueToTree);
        add(registry, String.class, JsonNode.class, json::readTree);
        add(registry, byte[].class, JsonNode.class, json::readTree);
        add(registry, InputStream.class, JsonNode.class, json::readTree);
        add(registry, JsonNode.class, String.class, node -> text(node, json));
        add(registry, JsonNode.class, byte[].class, node -> text(node, json).getBytes(StandardCharsets.UTF_8));
        add(registry, JsonNode.class, InputStream.class,
                node -> new ByteArrayInputStream(text(node, json).getBytes(StandardCharsets.UTF_8)));
        registry.setTypeConverterExists(usual);
    }

    private static String text(JsonNode node, ObjectMapper json) throws JsonProcessingException {
        return node.isTextual() ? node.textValue() : json.writeValueAsString(node);
    }

    private static <F, T> void add(TypeConverterRegistry registry, Class<F> from, Class<T> to, Conversion<F, T> conversion) {
        registry.addTypeConverter(to, from, new TypeConverterSupport() {
            @Override
            public <X> X convertTo(Class<X> type, Exchange exchange, Object value) {
                try {
                    return type.cast(conversion.convert(from.cast(value)));
                } catch (Exception e) {
                    throw new TypeConversionException(value.getClass().getSimpleName(), type, e);
                }
            }
        });
    }

    private interface Conversion<F, T> {
        T convert(F from) throws Exception;
    }
}
