package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a schema says of settings that earlier versions had: {@code x-was} at a property names where it stood, {@code x-gone}
 * at the root what is no more. Paths are dotted; {@code *} stands for any key of a map or item of a list, and a path that
 * begins with {@code /} is a JSON pointer.
 */
final class SettingsMoves {

    private static final int DEEPEST = 16;

    /** A property and where it was, the latest place first; steps may be {@code *}. */
    record Was(List<String> now, List<List<String>> before) {
    }

    /** @param drop whether it is taken away from the file without asking */
    record Gone(List<String> path, String why, boolean drop) {
    }

    private final JsonNode root;
    private final String place;
    private final List<Was> was = new ArrayList<>();
    private final List<Gone> gone = new ArrayList<>();

    private SettingsMoves(JsonNode root, String place) {
        this.root = root;
        this.place = place;
    }

    /** @throws PluginException when one of them isn't written as it should be */
    static SettingsMoves of(JsonNode schema, String place) {
        SettingsMoves moves = new SettingsMoves(schema, place);
        moves.collect(schema, List.of(), 0);
        moves.was.sort(Comparator.comparingInt(w -> w.now().size())); // a mapping moves before what is in it
        schema.path("x-gone").properties().forEach(e -> moves.addGone(e.getKey(), e.getValue()));
        if (schema.has("x-gone") && !schema.get("x-gone").isObject()) {
            throw moves.bad("/x-gone", "x-gone is no mapping of paths.");
        }
        return moves;
    }

    private void addGone(String path, JsonNode says) {
        String why = says.isTextual() ? says.asText() : says.path("why").asText("");
        if (why.isBlank() || says.isObject() && says.has("drop") && !says.get("drop").isBoolean()) {
            throw bad("/x-gone " + path, "It doesn't say why the setting is gone.");
        }
        gone.add(new Gone(steps(path), why, says.path("drop").asBoolean()));
    }

    private PluginException bad(String where, String message) {
        return new PluginException(new Problem("bad-settings-schema", place + " " + where, message,
                "Write \"x-was\": [\"old.path\"], and \"x-gone\": {\"old.path\": \"why\"} or {\"old.path\": {\"why\": \"…\", "
                        + "\"drop\": true}}."));
    }

    private void collect(JsonNode schema, List<String> path, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (schema.has("x-was")) {
            List<List<String>> before = new ArrayList<>();
            for (JsonNode old : schema.get("x-was")) {
                if (!old.isTextual() || old.asText().isBlank()) {
                    throw bad(Pointers.of(path), "x-was is no list of paths.");
                }
                before.add(steps(old.asText()));
            }
            if (before.isEmpty()) {
                throw bad(Pointers.of(path), "x-was is no list of paths.");
            }
            was.add(new Was(path, before));
        }
        JsonNode ref = schema.path("$ref");
        if (ref.isTextual() && ref.asText().startsWith("#")) {
            collect(root.at(JsonPointer.compile(ref.asText().substring(1))), path, depth + 1);
        }
        schema.path("properties").properties().forEach(e -> collect(e.getValue(), child(path, e.getKey()), depth + 1));
        if (schema.path("additionalProperties").isObject()) {
            collect(schema.get("additionalProperties"), child(path, "*"), depth + 1);
        }
        if (schema.path("items").isObject()) {
            collect(schema.get("items"), child(path, "*"), depth + 1);
        }
        schema.path("allOf").forEach(s -> collect(s, path, depth + 1));
    }

    private static List<String> child(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }

    private static List<String> steps(String path) {
        return path.startsWith("/") ? Pointers.steps(path) : List.of(path.split("\\.", -1));
    }

    List<Was> was() {
        return was;
    }

    List<Gone> gone() {
        return gone;
    }

    /** The tree without what is gone: it may stay in a file, and means nothing. */
    JsonNode withoutGone(JsonNode tree) {
        JsonNode copy = gone.isEmpty() ? tree : tree.deepCopy();
        gone.forEach(g -> found(copy, g.path()).keySet().forEach(pointer -> {
            List<String> steps = Pointers.steps(pointer);
            if (copy.at(Pointers.parent(pointer)) instanceof ObjectNode parent) {
                parent.remove(steps.get(steps.size() - 1));
            }
        }));
        return copy;
    }

    /** Pointers in the tree that the path means, with what its stars stand for there. */
    static Map<String, List<String>> found(JsonNode tree, List<String> path) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        find(tree, path, "", List.of(), found);
        return found;
    }

    private static void find(JsonNode node, List<String> path, String pointer, List<String> stars, Map<String, List<String>> found) {
        if (path.isEmpty()) {
            found.put(pointer, stars);
            return;
        }
        List<String> rest = path.subList(1, path.size());
        String step = path.get(0);
        if (!step.equals("*")) {
            JsonNode child = node.isArray() || !node.has(step) ? null : node.get(step);
            if (child != null) {
                find(child, rest, Pointers.child(pointer, step), stars, found);
            }
            return;
        }
        node.properties().forEach(e -> find(e.getValue(), rest, Pointers.child(pointer, e.getKey()),
                child(stars, e.getKey()), found));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            find(node.get(i), rest, pointer + "/" + i, child(stars, Integer.toString(i)), found);
        }
    }

    /** The pointer that the path means when its stars stand for these; null when it has more. */
    static String filled(List<String> path, List<String> stars) {
        List<String> steps = new ArrayList<>();
        int star = 0;
        for (String step : path) {
            if (!step.equals("*")) {
                steps.add(step);
            } else if (star < stars.size()) {
                steps.add(stars.get(star++));
            } else {
                return null;
            }
        }
        return Pointers.of(steps);
    }
}
