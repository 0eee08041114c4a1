package org.yuzui.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.regex.Pattern;

/** A JSON merge patch made of dotted keys, with values of the types that the settings' schema names. */
final class SettingsPatch {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d+)?");

    private final JsonNode schema;
    private final ObjectNode body = HubClient.JSON.createObjectNode();

    SettingsPatch(JsonNode schema) {
        this.schema = schema;
    }

    /** What does not fit its type goes as a text: the hub says then what is wrong with it. */
    void put(String key, String value) {
        JsonNode type = of(key).path("type");
        set(key, value(value, type.isTextual() ? type.asText() : ""));
    }

    void remove(String key) {
        set(key, HubClient.JSON.nullNode());
    }

    ObjectNode body() {
        return body;
    }

    boolean isSecret(String key) {
        return of(key).path("x-secret").asBoolean();
    }

    private JsonNode of(String key) {
        JsonNode node = schema;
        for (String step : key.split("\\.")) {
            JsonNode named = node.path("properties").path(step);
            node = named.isMissingNode() ? node.path("additionalProperties") : named;
        }
        return node;
    }

    private static JsonNode value(String text, String type) {
        boolean looks = switch (type) {
            case "string" -> false;
            case "boolean" -> text.equals("true") || text.equals("false");
            case "integer", "number" -> NUMBER.matcher(text).matches();
            case "array", "object" -> true;
            default -> text.equals("true") || text.equals("false") || NUMBER.matcher(text).matches();
        };
        try {
            return looks ? HubClient.JSON.readTree(text) : HubClient.JSON.getNodeFactory().textNode(text);
        } catch (JsonProcessingException e) {
            return HubClient.JSON.getNodeFactory().textNode(text);
        }
    }

    private void set(String key, JsonNode value) {
        ObjectNode node = body;
        String[] steps = key.split("\\.");
        for (int i = 0; i < steps.length - 1; i++) {
            node = node.path(steps[i]) instanceof ObjectNode inner ? inner : node.putObject(steps[i]);
        }
        node.set(steps[steps.length - 1], value);
    }
}
