package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes values as a person would: plain where that is safe, otherwise in double quotes. */
final class YamlWords {

    private static final Pattern PLAIN_KEY = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}/_][\\p{L}\\p{N} ./_@%+:=-]*");
    private static final int WIDEST_LIST = 100;

    private YamlWords() {
    }

    static String key(String key) {
        return PLAIN_KEY.matcher(key).matches() ? key : quoted(key);
    }

    /** On one line, good inside {@code {}} too. */
    static String inline(JsonNode value) {
        if (value.isObject()) {
            List<String> pairs = new ArrayList<>();
            value.properties().forEach(e -> pairs.add(key(e.getKey()) + ": " + inline(e.getValue())));
            return "{" + String.join(", ", pairs) + "}";
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(v -> items.add(inline(v)));
            return "[" + String.join(", ", items) + "]";
        }
        return scalar(value, ' ');
    }

    /** @param style of what stood there before: a text that was in quotes stays so */
    static String scalar(JsonNode value, char style) {
        if (!value.isTextual()) {
            return value.asText();
        }
        String text = value.textValue();
        if (style == '\'' && text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0xFEFF || c == 0x2028 || c == 0x2029)) {
            return "'" + text.replace("'", "''") + "'";
        }
        return style != '"' && isPlain(text) ? text : quoted(text);
    }

    /** What follows the colon of a key in a block mapping: {@code " 5"}, or lines with a deeper indentation. */
    static String afterColon(JsonNode value, String indent, String step, String eol) {
        if (value.isObject() && !value.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            value.properties().forEach(e -> lines.append(eol).append(indent).append(step).append(key(e.getKey())).append(':')
                    .append(afterColon(e.getValue(), indent + step, step, eol)));
            return lines.toString();
        }
        String line = inline(value);
        if (value.isArray() && line.length() > WIDEST_LIST) {
            StringBuilder lines = new StringBuilder();
            value.forEach(v -> lines.append(eol).append(indent).append(step).append("- ").append(inline(v)));
            return lines.toString();
        }
        return " " + line;
    }

    private static boolean isPlain(String text) {
        if (!PLAIN.matcher(text).matches() || text.endsWith(" ")) {
            return false;
        }
        try {
            JsonNode read = YamlDocument.parse(("[" + text + "]").getBytes(StandardCharsets.UTF_8), "text").root();
            return read.size() == 1 && read.get(0).isTextual() && read.get(0).textValue().equals(text);
        } catch (ProblemException e) {
            return false;
        }
    }

    static String quoted(String text) {
        StringBuilder s = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> s.append("\\\"");
                case '\\' -> s.append("\\\\");
                case '\n' -> s.append("\\n");
                case '\r' -> s.append("\\r");
                case '\t' -> s.append("\\t");
                default -> {
                    if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c >= 0xD800 && c <= 0xDFFF
                            || c == 0xFFFE || c == 0xFFFF) {
                        s.append("\\u").append(String.format("%04X", c));
                    } else {
                        s.appendCodePoint(c);
                    }
                }
            }
        });
        return s.append('"').toString();
    }
}
