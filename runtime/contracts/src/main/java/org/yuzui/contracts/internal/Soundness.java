package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.contracts.Violation;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What no schema says and every record must keep: an object, not too deep, of numbers that are numbers and of text that
 * UTF-8 and PostgreSQL can hold. Found before the schema is asked, so that nothing later recurses without end.
 */
final class Soundness {

    static final int MAX_DEPTH = 64;
    private static final int MAX_EXPONENT = 400;

    private final Deque<String> path = new ArrayDeque<>();
    private final List<Violation> found = new ArrayList<>(0);

    private Soundness() {
    }

    static List<Violation> violations(JsonNode record) {
        if (record == null || !record.isObject()) {
            return List.of(new Violation("", "type", "A record is a JSON object."));
        }
        Soundness soundness = new Soundness();
        soundness.look(record, 1);
        return soundness.found;
    }

    private void look(JsonNode node, int depth) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, depth);
            case ARRAY -> array(node, depth);
            case STRING -> text(node.textValue(), "This text");
            case NUMBER -> number(node);
            case BOOLEAN, NULL -> { }
            default -> add("type", "This is not a JSON value.");
        }
    }

    private void object(JsonNode node, int depth) {
        if (tooDeep(depth)) {
            return;
        }
        Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            path.addLast(field.getKey());
            text(field.getKey(), "This name");
            look(field.getValue(), depth + 1);
            path.removeLast();
        }
    }

    private void array(JsonNode node, int depth) {
        if (tooDeep(depth)) {
            return;
        }
        for (int i = 0; i < node.size(); i++) {
            JsonNode item = node.get(i);
            if (item.isTextual() && isClean(item.textValue())) {
                continue; // spares the path's text for long lists
            }
            path.addLast(Integer.toString(i));
            look(item, depth + 1);
            path.removeLast();
        }
    }

    private boolean tooDeep(int depth) {
        if (depth > MAX_DEPTH) {
            add("depth", "Objects and lists are nested more than " + MAX_DEPTH + " deep.");
            return true;
        }
        return false;
    }

    private void text(String text, String what) {
        if (!isClean(text)) {
            add("text", what + " holds the character U+0000 or half of a surrogate pair, which can't be stored.");
        }
    }

    private void number(JsonNode node) {
        if (node.isDouble() || node.isFloat()) {
            if (!Double.isFinite(node.doubleValue())) {
                add("number", "This is not a number, or too great for one.");
            }
        } else if (node.isBigDecimal() || node.isBigInteger()) {
            BigDecimal decimal = node.decimalValue();
            long magnitude = (long) decimal.precision() - decimal.scale();
            if (Math.abs(magnitude) > MAX_EXPONENT || decimal.precision() > MAX_EXPONENT) {
                add("number", "This number has more than " + MAX_EXPONENT + " digits or places.");
            }
        }
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private void add(String rule, String message) {
        StringBuilder pointer = new StringBuilder();
        for (String step : path) {
            pointer.append('/').append(SchemaVocabulary.escape(step));
        }
        found.add(new Violation(pointer.toString(), rule, message));
    }
}
