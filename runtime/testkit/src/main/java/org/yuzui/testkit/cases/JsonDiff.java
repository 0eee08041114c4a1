package org.yuzui.testkit.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says what differs between two JSON values, line by line, as {@code diff -u} does. */
public final class JsonDiff {

    private static final JsonMapper PRETTY = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    private static final int CONTEXT = 3;

    private JsonDiff() {
    }

    /** Whether they say the same; {@code 1.0} and {@code 1} do. */
    public static boolean same(JsonNode expected, JsonNode actual) {
        return expected.equals(NUMBERS, actual);
    }

    /** Whether everything that {@code expected} says stands in {@code actual}; lists must have the same length. */
    public static boolean contains(JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            return expected.properties().stream()
                    .allMatch(e -> actual.has(e.getKey()) && contains(e.getValue(), actual.get(e.getKey())));
        }
        if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                if (!contains(expected.get(i), actual.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return same(expected, actual);
    }

    /** Of {@code actual} only what {@code expected} speaks of, so that a diff shows no more than what matters. */
    static JsonNode spokenOf(JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            ObjectNode part = PRETTY.createObjectNode();
            expected.properties().forEach(e -> {
                if (actual.has(e.getKey())) {
                    part.set(e.getKey(), spokenOf(e.getValue(), actual.get(e.getKey())));
                }
            });
            return part;
        }
        if (expected.isArray() && actual.isArray()) {
            ArrayNode part = PRETTY.createArrayNode();
            for (int i = 0; i < actual.size(); i++) {
                part.add(i < expected.size() ? spokenOf(expected.get(i), actual.get(i)) : actual.get(i));
            }
            return part;
        }
        return actual;
    }

    /** Lines that begin with a blank, {@code -} for what was expected, {@code +} for what came. */
    public static List<String> lines(JsonNode expected, JsonNode actual) {
        return lines(text(expected), text(actual));
    }

    /** The same for texts. */
    public static List<String> lines(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j)) ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> all = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                all.add(" " + a.get(i++));
                j++;
            } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
                all.add("-" + a.get(i++));
            } else {
                all.add("+" + b.get(j++));
            }
        }
        return near(all);
    }

    /** Only the lines near a change. */
    private static List<String> near(List<String> all) {
        List<String> kept = new ArrayList<>();
        boolean gap = false;
        for (int i = 0; i < all.size(); i++) {
            boolean close = false;
            for (int k = Math.max(0, i - CONTEXT); k <= Math.min(all.size() - 1, i + CONTEXT); k++) {
                close |= all.get(k).charAt(0) != ' ';
            }
            if (close) {
                kept.add(all.get(i));
            } else if (!gap) {
                kept.add("@@");
            }
            gap = !close;
        }
        return kept;
    }

    private static List<String> text(JsonNode node) {
        try {
            // Read as a map first: only maps are written in the order of their keys.
            return PRETTY.writeValueAsString(PRETTY.treeToValue(node, Object.class)).lines().toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static final Comparator<JsonNode> NUMBERS = (a, b) -> {
        if (a.equals(b)) {
            return 0;
        }
        return a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) : 1;
    };

    /** Expected and actual records put side by side: those that are the same first, the rest in their order. */
    public static List<String> records(String contract, List<JsonNode> expected, List<JsonNode> actual, boolean part) {
        List<JsonNode> missing = new ArrayList<>(expected);
        List<JsonNode> extra = new ArrayList<>();
        for (JsonNode came : actual) {
            JsonNode match = missing.stream().filter(e -> part ? contains(e, came) : same(e, came)).findFirst().orElse(null);
            if (match == null) {
                extra.add(came);
            } else {
                missing.remove(match);
            }
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(missing.size(), extra.size()); i++) {
            if (i >= extra.size()) {
                lines.add("Missing: a " + contract + " that was expected.");
                text(missing.get(i)).forEach(l -> lines.add("-" + l));
            } else if (i >= missing.size()) {
                lines.add("Not expected: a " + contract + ".");
                text(extra.get(i)).forEach(l -> lines.add("+" + l));
            } else {
                lines.add("Another " + contract + " than expected (- expected, + came):");
                lines.addAll(lines(missing.get(i), part ? spokenOf(missing.get(i), extra.get(i)) : extra.get(i)));
            }
        }
        return lines;
    }
}
