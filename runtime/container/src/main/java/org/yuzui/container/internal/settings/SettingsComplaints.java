package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what a schema holds against a settings file. Never repeats a value, which may be a secret. */
final class SettingsComplaints {

    private static final Map<String, String> TYPES = Map.of("integer", "a whole number", "number", "a number", "string",
            "a text", "boolean", "true or false", "object", "a mapping", "array", "a list", "null", "nothing");

    private final JsonNode schema;
    private final Places places;

    SettingsComplaints(JsonNode schema, Places places) {
        this.schema = schema;
        this.places = places;
    }

    Problem of(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        return switch (message.getType()) {
            case "additionalProperties", "unevaluatedProperties" -> unknownKey(message, pointer);
            case "required" -> places.problem("missing-key", Pointers.child(pointer, message.getProperty()),
                    "'" + message.getProperty() + "' is missing and has no default.", "Write '" + message.getProperty() + ": …'.");
            case "type" -> places.problem("wrong-type", pointer, "Here stands " + type(message.getArguments(), 0)
                    + "; what is expected is " + type(message.getArguments(), 1) + ".", null);
            case "enum" -> places.problem("wrong-value", pointer, "This value is not allowed.",
                    "Choose one of " + choices(message.getSchemaNode()) + ".");
            default -> places.problem("wrong-value", pointer, "The value " + message.getError() + ".", null);
        };
    }

    private Problem unknownKey(ValidationMessage message, String pointer) {
        String key = message.getProperty();
        String keyword = message.getSchemaLocation().getFragment().toString();
        JsonNode known = schema.at(JsonPointer.compile(keyword.substring(0, keyword.lastIndexOf('/')))).path("properties");
        List<String> names = new ArrayList<>();
        known.fieldNames().forEachRemaining(names::add);
        return places.problem("unknown-key", Pointers.child(pointer, key), "The key '" + key + "' is not known.",
                KnownKeys.cure(key, names));
    }

    private static String type(Object[] arguments, int index) {
        if (arguments == null || arguments.length <= index) {
            return "something else";
        }
        String name = String.valueOf(arguments[index]);
        return TYPES.getOrDefault(name, name);
    }

    private static String choices(JsonNode allowed) {
        List<String> texts = new ArrayList<>();
        allowed.forEach(n -> texts.add(n.asText()));
        return String.join(", ", texts);
    }

    /** One problem that tells all. */
    static Problem together(List<Problem> problems, String name) {
        if (problems.size() == 1) {
            return problems.get(0);
        }
        StringBuilder message = new StringBuilder(problems.size() + " settings are wrong:");
        for (int i = 0; i < problems.size(); i++) {
            message.append(" (").append(i + 1).append(") ").append(problems.get(i).sentence());
        }
        return new Problem("bad-settings", name, message.toString(), null);
    }
}
