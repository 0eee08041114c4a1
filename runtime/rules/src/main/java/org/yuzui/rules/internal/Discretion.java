package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.kie.dmn.model.api.DRGElement;
import org.kie.dmn.model.api.Decision;
import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.InputData;
import org.kie.dmn.model.api.ItemDefinition;
import org.yuzui.spi.Mask;

import javax.xml.namespace.QName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a rule's inputs and outputs may be shown. Numbers, truth values, dates and the words that the rule itself has are;
 * any other text may be somebody's name, so it is masked unless the file says that it is not personal. What the file says is
 * personal is masked whatever it is.
 */
final class Discretion {

    private static final Pattern WORD = Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"");
    private static final Pattern WHEN = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2}(T[0-9:.]+(Z|[+-]\\d{2}:?\\d{2})?)?)?)?"
            + "|\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})?|-?P[0-9YMDTHS.]+");
    private static final String HIDDEN = "***";

    private final Map<String, ItemDefinition> types = new HashMap<>();
    private final Map<String, Part> parts = new HashMap<>();
    private final Set<String> words = new HashSet<>();
    private final DmnFile file;

    /** A value's own level (null when the file says nothing) and its type. */
    private record Part(String sensitivity, QName type) {
    }

    Discretion(Definitions model, DmnFile file) {
        this.file = file;
        model.getItemDefinition().forEach(d -> types.put(d.getName(), d));
        for (DRGElement element : model.getDrgElement()) {
            if (element instanceof InputData input) {
                parts.put(input.getName(), new Part(file.sensitivity(input.getId()), input.getVariable().getTypeRef()));
            } else if (element instanceof Decision decision) {
                parts.put(decision.getName(), new Part(file.sensitivity(decision.getId()),
                        decision.getVariable() == null ? null : decision.getVariable().getTypeRef()));
            }
        }
        for (String text : file.texts()) {
            Matcher word = WORD.matcher(text);
            while (word.find()) {
                words.add(word.group(1));
            }
        }
    }

    /**
     * The inputs or outputs by name, masked.
     *
     * @param masked whether texts of which nothing is said come masked already
     */
    JsonNode shown(JsonNode named, boolean masked) {
        if (!(named instanceof ObjectNode object)) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(e -> {
            Part part = parts.getOrDefault(e.getKey(), new Part(null, null));
            shown.set(e.getKey(), shown(e.getValue(), part.sensitivity(), part.type(), masked, 0));
        });
        return shown;
    }

    /** What a column of a table was asked of: made of inputs, nobody says of which. */
    JsonNode derived(JsonNode value, boolean masked) {
        return parts.values().stream().anyMatch(p -> isPersonal(p.sensitivity())) && !value.isBoolean() && !value.isNull()
                ? JsonNodeFactory.instance.textNode(HIDDEN) : shown(value, null, null, masked, 0);
    }

    private JsonNode shown(JsonNode value, String sensitivity, QName type, boolean masked, int depth) {
        if (value.isNull() || value.isBoolean() && !isPersonal(sensitivity)) {
            return value;
        }
        ItemDefinition definition = type == null || depth > 16 ? null : types.get(type.getLocalPart());
        if (value instanceof ArrayNode array) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> shown.add(shown(item, sensitivity, type, masked, depth + 1)));
            return shown;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(e -> shown.set(e.getKey(), field(e.getKey(), e.getValue(), definition, sensitivity, masked, depth)));
            return shown;
        }
        if (isPersonal(sensitivity)) {
            return JsonNodeFactory.instance.textNode(sensitivity.equals("personal") && value.isTextual()
                    ? Mask.NAME.apply(value.textValue()) : HIDDEN);
        }
        if (!value.isTextual() || sensitivity != null || masked || isHarmless(value.textValue())) {
            return value;
        }
        return JsonNodeFactory.instance.textNode(Mask.NAME.apply(value.textValue()));
    }

    private JsonNode field(String name, JsonNode value, ItemDefinition of, String inherited, boolean masked, int depth) {
        for (ItemDefinition at = of; at != null; at = at.getTypeRef() == null ? null : types.get(at.getTypeRef().getLocalPart())) {
            for (ItemDefinition component : at.getItemComponent()) {
                if (component.getName().equals(name)) {
                    String own = file.sensitivity(component.getId());
                    return inComponent(component, value, own == null ? inherited : own, masked, depth);
                }
            }
        }
        return shown(value, inherited, null, masked, depth + 1);
    }

    private JsonNode inComponent(ItemDefinition component, JsonNode value, String sensitivity, boolean masked, int depth) {
        if (component.getItemComponent().isEmpty()) {
            return shown(value, sensitivity, component.getTypeRef(), masked, depth + 1);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> shown.add(inComponent(component, item, sensitivity, masked, depth + 1)));
            return shown;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(e -> shown.set(e.getKey(), field(e.getKey(), e.getValue(), component, sensitivity, masked, depth + 1)));
            return shown;
        }
        return shown(value, sensitivity, null, masked, depth + 1);
    }

    private static boolean isPersonal(String sensitivity) {
        return "personal".equals(sensitivity) || "secret".equals(sensitivity);
    }

    private boolean isHarmless(String text) {
        return text.isEmpty() || words.contains(text) || WHEN.matcher(text).matches();
    }
}
