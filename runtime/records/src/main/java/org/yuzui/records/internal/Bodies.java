package org.yuzui.records.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;

/** Records as JSON with every digit: a {@code double} has 15 of them, and 18-digit money is usual. Thread-safe. */
final class Bodies {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES) // would make 1E+2 of 100.0
            .build();
    private static final ObjectReader READER = JSON.readerFor(JsonNode.class);
    private static final ObjectWriter WRITER = JSON.writer().with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

    private Bodies() {
    }

    static JsonNode read(byte[] json) throws IOException {
        return READER.readValue(json);
    }

    static JsonNode read(String json) throws JsonProcessingException {
        return READER.readValue(json);
    }

    /** Numbers written out. */
    static byte[] write(JsonNode body) throws JsonProcessingException {
        return WRITER.writeValueAsBytes(body);
    }
}
