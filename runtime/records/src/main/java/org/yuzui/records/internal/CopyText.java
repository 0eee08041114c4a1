package org.yuzui.records.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** PostgreSQL's text format of COPY: tab-separated, backslash-escaped, {@code \N} for null. */
final class CopyText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream out;
    private final StringBuilder row = new StringBuilder(1024);

    CopyText(OutputStream out) {
        this.out = out;
    }

    void value(String value) {
        if (!row.isEmpty()) {
            row.append('\t');
        }
        if (value == null) {
            row.append("\\N");
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> row.append("\\\\");
                case '\t' -> row.append("\\t");
                case '\n' -> row.append("\\n");
                case '\r' -> row.append("\\r");
                default -> row.append(c);
            }
        }
    }

    void endRow() throws IOException {
        row.append('\n');
        out.write(row.toString().getBytes(StandardCharsets.UTF_8));
        row.setLength(0);
    }

    static String json(Map<String, String> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts is always JSON.", e);
        }
    }
}
