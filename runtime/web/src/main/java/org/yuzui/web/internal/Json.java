package org.yuzui.web.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import org.yuzui.reporting.Period;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** How values of the hub look in JSON: instants with the hub's offset, decimals written out, nulls shown. Thread-safe. */
public final class Json {

    private final ObjectMapper mapper;
    private final ZoneId zone;

    public Json(ZoneId zone) {
        this.zone = zone;
        SimpleModule times = new SimpleModule()
                .addSerializer(Instant.class, new JsonSerializer<>() {
                    @Override
                    public void serialize(Instant at, JsonGenerator out, SerializerProvider p) throws IOException {
                        out.writeString(text(at));
                    }
                })
                .addSerializer(LocalDate.class, ToStringSerializer.instance)
                .addSerializer(Period.class, ToStringSerializer.instance)
                .addSerializer(Period.Kind.class, ToStringSerializer.instance)
                .addSerializer(LocalTime.class, ToStringSerializer.instance)
                .addSerializer(Duration.class, ToStringSerializer.instance);
        mapper = JsonMapper.builder()
                .addModule(times)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        mapper.getFactory().setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build());
    }

    /** {@code 2026-11-22T08:30:00.125+08:00}. */
    public String text(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.truncatedTo(ChronoUnit.MICROS).atZone(zone));
    }

    public byte[] bytes(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not writable as JSON: " + value.getClass(), e);
        }
    }

    /** Reads what a caller sent; refuses what is no JSON object. An empty body is an empty object. */
    public JsonNode read(byte[] body) {
        try {
            JsonNode node = body.length == 0 ? mapper.createObjectNode() : mapper.readTree(body);
            if (node == null || !node.isObject()) {
                throw Refusal.badRequest("bad-json", "body", "The body is not a JSON object.", null);
            }
            return node;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null ? "body"
                    : "body line " + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr();
            throw Refusal.badRequest("bad-json", place, "The body is not valid JSON.", null);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest("bad-json", "body", "A number has an exponent that nothing can hold.", null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
