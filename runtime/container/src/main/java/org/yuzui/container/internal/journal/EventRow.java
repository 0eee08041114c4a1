package org.yuzui.container.internal.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginEvent;
import org.yuzui.container.PluginPlan;
import org.yuzui.kernel.Problem;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** An event between its row and its object. */
final class EventRow {

    private static final ObjectMapper JSON = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // written by another version of the hub
            .registerModule(new SimpleModule().addSerializer(Duration.class, new DurationWriter())
                    .addDeserializer(Duration.class, new DurationReader()));

    private EventRow() {
    }

    static PluginEvent read(ResultSet row) throws SQLException {
        return new PluginEvent(row.getLong("number"), row.getString("plugin"), PluginAction.valueOf(row.getString("action")),
                row.getString("from_version"), row.getString("to_version"), row.getString("file"), row.getString("sha256"),
                row.getString("who"), row.getString("door"), row.getTimestamp("started_at").toInstant(),
                PluginEvent.Outcome.valueOf(row.getString("outcome")), object(row.getString("problem"), Problem.class),
                micros(row, "took_us"), micros(row, "paused_us"), number(row, "settings"),
                object(row.getString("plan"), PluginPlan.class));
    }

    static Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    static Duration micros(ResultSet row, String column) throws SQLException {
        Long micros = number(row, column);
        return micros == null ? null : Duration.ofNanos(micros * 1000);
    }

    static Long micros(Duration duration) {
        return duration == null ? null : duration.toNanos() / 1000;
    }

    static String json(Object object) {
        try {
            return object == null ? null : JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + object, e);
        }
    }

    static <T> T object(String json, Class<T> type) {
        try {
            return json == null ? null : JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of plugins.event is no " + type.getSimpleName(), e);
        }
    }

    private static final class DurationWriter extends JsonSerializer<Duration> {

        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider serializers) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class DurationReader extends JsonDeserializer<Duration> {

        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Duration.parse(in.getText());
        }
    }
}
