package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.container.internal.settings.SecretBox.SealedShutException;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PlannedChange.Action;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two texts of a plugin's settings, each under its schema, setting by setting. Secrets are compared, not told. */
final class SettingsChanges {

    private static final int LONGEST = 120;

    private final String plugin;
    private final SecretBox secrets;

    /** One of the two. */
    private record Side(SettingsSchema schema, JsonNode written, TreeMap<String, JsonNode> holds) {

        static Side of(SettingsSchema schema, SettingsFile file) {
            JsonNode written = file == null ? MissingNode.getInstance() : file.parse().root();
            Side side = new Side(schema, written, new TreeMap<>());
            if (file != null) {
                leaves(schema.withDefaults(schema.moves().withoutGone(written)), "", side.holds());
            }
            return side;
        }

        private static void leaves(JsonNode node, String pointer, TreeMap<String, JsonNode> into) {
            if (node.isObject() && !node.isEmpty()) {
                node.properties().forEach(e -> leaves(e.getValue(), Pointers.child(pointer, e.getKey()), into));
            } else if (!pointer.isEmpty()) {
                into.put(pointer, node);
            }
        }

        boolean says(String pointer) {
            return !written.at(pointer).isMissingNode();
        }
    }

    SettingsChanges(String plugin, SecretBox secrets) {
        this.plugin = plugin;
        this.secrets = secrets;
    }

    List<PlannedChange> between(SettingsSchema schemaNow, SettingsFile fileNow, SettingsSchema schemaThen, SettingsFile fileThen) {
        Side now = Side.of(schemaNow, fileNow);
        Side then = Side.of(schemaThen, fileThen);
        Map<String, String> earlier = earlierNames(now, then);
        TreeSet<String> pointers = new TreeSet<>(now.holds().keySet());
        pointers.addAll(then.holds().keySet());
        pointers.removeAll(earlier.values());
        Map<String, PlannedChange> changes = new TreeMap<>();
        for (String pointer : pointers) {
            JsonNode before = now.holds().get(pointer);
            JsonNode after = then.holds().get(pointer);
            if (earlier.containsKey(pointer)) {
                changes.put(pointer, change(pointer, Action.CHANGE, "Is called so now, was "
                        + Pointers.dotted(earlier.get(pointer)) + ": " + shown(pointer, after, now, then)));
            } else if (before == null) {
                changes.put(pointer, change(pointer, Action.ADD, added(pointer, after, now, then)));
            } else if (after == null) {
                changes.put(pointer, change(pointer, Action.REMOVE, removed(pointer, before, now, then)));
            } else if (!opened(before, pointer).equals(opened(after, pointer))) {
                changes.put(pointer, change(pointer, Action.CHANGE, changed(pointer, before, after, now, then)));
            }
        }
        gone(now, then, changes);
        return List.copyOf(changes.values());
    }

    /** Of the leaves that moved: the new pointer and the old one. */
    private static Map<String, String> earlierNames(Side now, Side then) {
        Map<String, String> earlier = new HashMap<>();
        for (SettingsMoves.Was was : then.schema().moves().was()) { // what is deeper inside comes later, and knows better
            for (List<String> before : was.before()) {
                SettingsMoves.found(now.written(), before).forEach((from, stars) -> {
                    String to = SettingsMoves.filled(was.now(), stars);
                    if (to != null && !then.says(from)) {
                        then.holds().keySet().stream().filter(p -> (p.equals(to) || p.startsWith(to + "/")) && then.says(p))
                                .filter(p -> now.holds().containsKey(from + p.substring(to.length())))
                                .forEach(p -> earlier.put(p, from + p.substring(to.length())));
                    }
                });
            }
        }
        return earlier;
    }

    private static PlannedChange change(String pointer, Action action, String detail) {
        return PlannedChange.of("settings", Pointers.dotted(pointer), action).withDetails(List.of(detail));
    }

    private String added(String pointer, JsonNode value, Side now, Side then) {
        String shown = shown(pointer, value, now, then);
        if (!then.says(pointer)) {
            return "A new setting, by default " + shown + ".";
        }
        return shown;
    }

    private String removed(String pointer, JsonNode value, Side now, Side then) {
        return (now.says(pointer) ? "Was " : "Was by default ") + shown(pointer, value, now, then) + ".";
    }

    private String changed(String pointer, JsonNode before, JsonNode after, Side now, Side then) {
        String change = shown(pointer, before, now, then) + " → " + shown(pointer, after, now, then);
        if (!now.says(pointer) && !then.says(pointer)) {
            return "The default changes: " + change;
        }
        return change + (then.says(pointer) ? "" : " (the default)");
    }

    private static void gone(Side now, Side then, Map<String, PlannedChange> changes) {
        for (SettingsMoves.Gone gone : then.schema().moves().gone()) {
            SettingsMoves.found(now.written(), gone.path()).keySet().forEach(pointer -> {
                changes.keySet().removeIf(p -> p.equals(pointer) || p.startsWith(pointer + "/"));
                changes.put(pointer, change(pointer, then.says(pointer) ? Action.KEEP : Action.REMOVE, then.says(pointer)
                        ? "This version doesn't know it any more, it stays in the file without effect: " + gone.why()
                        : "This version doesn't know it any more, it is taken out of the file: " + gone.why()));
            });
        }
    }

    /** A text that was sealed anew, or for another key, is no other value. */
    private JsonNode opened(JsonNode value, String pointer) {
        if (value.isArray()) {
            ArrayNode list = ((ArrayNode) value).arrayNode();
            value.forEach(v -> list.add(opened(v, pointer + "/" + list.size())));
            return list;
        }
        if (value.isObject()) {
            ObjectNode object = ((ObjectNode) value).objectNode();
            value.properties().forEach(e -> object.set(e.getKey(), opened(e.getValue(), Pointers.child(pointer, e.getKey()))));
            return object;
        }
        if (value.isTextual() && SecretBox.isSealed(value.asText())) {
            try {
                return secrets.open(plugin, pointer, value.asText());
            } catch (SealedShutException e) {
                return value;
            }
        }
        return value;
    }

    private static String shown(String pointer, JsonNode value, Side now, Side then) {
        List<Side> knowing = List.of(now, then).stream().filter(s -> s.schema().secrets().isKnown(pointer)).toList();
        JsonNode shown = value;
        for (Side side : knowing) {
            shown = side.schema().secrets().maskedAt(pointer, shown);
        }
        String text = knowing.isEmpty() ? SecretFields.MASK : shown.isTextual() ? shown.asText() : shown.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
