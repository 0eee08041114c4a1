package org.yuzui.records.internal.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Records as JSON with every digit: a {@code double} has 15 of them, and 18-digit money is usual. Thread-safe. */
public final class Bodies {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES) // would make 1E+2 of 100.0
            .build();
    private static final ObjectReader READER = JSON.readerFor(JsonNode.class);
    /** Of what a person wrote: what stands behind it, or twice in it, would be lost without a word. */
    private static final ObjectReader EXACT = READER.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    private static final ObjectWriter WRITER = JSON.writer().with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

    private Bodies() {
    }

    public static JsonNode read(byte[] json) throws IOException {
        return READER.readValue(json);
    }

    public static JsonNode read(String json) throws JsonProcessingException {
        return READER.readValue(json);
    }

    /**
     * A content that somebody gave: all of it is one value.
     *
     * @throws ProblemException {@code not-json}, which says where and shows nothing of it
     */
    public static JsonNode given(byte[] json) {
        try {
            JsonNode body = EXACT.readValue(json);
            if (body == null || body.isMissingNode() || body.isNull()) {
                throw new ProblemException(new Problem("not-json", null, "The content is empty.", "Give the record's JSON."));
            }
            return body;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw notJson(at == null ? null : "line " + at.getLineNr() + ", column " + at.getColumnNr(), json, e);
        } catch (IOException e) {
            throw notJson(null, json, e);
        }
    }

    private static ProblemException notJson(String place, byte[] json, IOException cause) {
        boolean utf8 = new String(json, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
        return new ProblemException(new Problem("not-json", place, utf8 ? "The content is not JSON." : "The content is not JSON in UTF-8.",
                utf8 ? "Correct it there, and send all of it." : "Save it as UTF-8: bytes of another charset, as GB18030, are not read."), cause);
    }

    /** Numbers written out. */
    public static byte[] write(JsonNode body) throws JsonProcessingException {
        return WRITER.writeValueAsBytes(body);
    }

    /** The same of a body that was read from JSON, which can always be written. */
    public static byte[] again(JsonNode body) {
        try {
            return write(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read from JSON is JSON.", e);
        }
    }
}
