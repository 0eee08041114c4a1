package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.yuzui.contracts.MaskedBody;
import org.yuzui.spi.Mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which mask hides which value, worked out once from the schema. A value is hidden when any schema that may apply to it
 * says so, whichever branch of an {@code anyOf} the record takes. A personal object or array hides every scalar in it; a
 * hidden number or truth value becomes {@code ***}. A schema that contains itself makes a plan that contains itself.
 */
final class MaskPlan {

    private static final MaskPlan NOTHING = new MaskPlan(null);

    private final Mask mask;
    private final Map<String, MaskPlan> properties = new HashMap<>();
    private final Map<Pattern, MaskPlan> patterns = new LinkedHashMap<>();
    private MaskPlan otherProperties = null;
    private MaskPlan elements = null;

    private MaskPlan(Mask mask) {
        this.mask = mask;
    }

    static MaskPlan of(JsonNode root) {
        Map<Set<JsonNode>, MaskPlan> known = new HashMap<>();
        MaskPlan plan = build(new SchemaFields(root), Set.of(root), known);
        return known.values().stream().allMatch(p -> p.mask == null) ? NOTHING : plan;
    }

    /** A copy with every hidden value masked and the keys of every object in order. */
    ObjectNode apply(JsonNode record) {
        return (ObjectNode) apply(record, this, null);
    }

    boolean hidesSomething() {
        return this != NOTHING;
    }

    /**
     * The same of any content, also one that breaks the schema: what the schema does not name is hidden too, when it hides anything.
     * A personal value may stand under a misspelt name.
     */
    MaskedBody show(JsonNode content) {
        Set<String> hidden = new LinkedHashSet<>();
        if (this == NOTHING) {
            return new MaskedBody(content, List.of());
        }
        JsonNode masked = shown(content, this, null, "", hidden);
        return new MaskedBody(masked, List.copyOf(hidden));
    }

    /** Where a record that was masked holds what is hidden. */
    List<String> places(JsonNode record) {
        Set<String> hidden = new LinkedHashSet<>();
        if (this != NOTHING) {
            places(record, this, null, "", hidden);
        }
        return List.copyOf(hidden);
    }

    private static JsonNode shown(JsonNode value, MaskPlan plan, Mask inherited, String pointer, Set<String> hidden) {
        Mask mask = plan == null ? Mask.ALL : plan.mask != null ? plan.mask : inherited;
        if (value.isObject()) {
            ObjectNode masked = JsonNodeFactory.instance.objectNode();
            value.properties().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> {
                List<MaskPlan> speaking = plan == null ? List.of() : plan.speakingOf(e.getKey());
                String place = pointer + "/" + SchemaVocabulary.escape(e.getKey());
                JsonNode child = speaking.isEmpty() ? shown(e.getValue(), null, mask, place, hidden) : e.getValue();
                for (MaskPlan one : speaking) {
                    child = shown(child, one, mask, place, hidden);
                }
                masked.set(e.getKey(), child);
            });
            return masked;
        }
        if (value.isArray()) {
            ArrayNode masked = new ArrayNode(JsonNodeFactory.instance, value.size());
            for (int i = 0; i < value.size(); i++) {
                masked.add(shown(value.get(i), plan == null ? null : plan.elements, mask, pointer + "/" + i, hidden));
            }
            return masked;
        }
        if (value.isNull() || mask == null && !plan.hasParts()) {
            return value;
        }
        hidden.add(pointer);
        return TextNode.valueOf(mask != null && value.isTextual() ? mask.apply(value.textValue()) : Mask.ALL.apply(value.asText()));
    }

    private static void places(JsonNode value, MaskPlan plan, Mask inherited, String pointer, Set<String> hidden) {
        Mask mask = plan != null && plan.mask != null ? plan.mask : inherited;
        if (value.isObject()) {
            value.properties().forEach(e -> {
                List<MaskPlan> speaking = plan == null ? List.of() : plan.speakingOf(e.getKey());
                String place = pointer + "/" + SchemaVocabulary.escape(e.getKey());
                if (speaking.isEmpty()) {
                    places(e.getValue(), null, mask, place, hidden);
                }
                speaking.forEach(p -> places(e.getValue(), p, mask, place, hidden));
            });
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                places(value.get(i), plan == null ? null : plan.elements, mask, pointer + "/" + i, hidden);
            }
        } else if (mask != null && !value.isNull()) {
            hidden.add(pointer);
        }
    }

    /** Whether no scalar belongs here: one that stands here all the same may say what one of the parts would hide. */
    private boolean hasParts() {
        return !properties.isEmpty() || !patterns.isEmpty() || elements != null;
    }

    private List<MaskPlan> speakingOf(String name) {
        MaskPlan declared = properties.get(name);
        if (declared != null) {
            return List.of(declared);
        }
        List<MaskPlan> matching = patterns.entrySet().stream().filter(p -> p.getKey().matcher(name).find()).map(Map.Entry::getValue).toList();
        return matching.isEmpty() && otherProperties != null ? List.of(otherProperties) : matching;
    }

    private static JsonNode apply(JsonNode value, MaskPlan plan, Mask inherited) {
        Mask mask = plan != null && plan.mask != null ? plan.mask : inherited;
        if (value.isObject()) {
            return object(value, plan, mask);
        }
        if (value.isArray()) {
            ArrayNode masked = new ArrayNode(JsonNodeFactory.instance, value.size());
            for (JsonNode item : value) {
                masked.add(apply(item, plan == null ? null : plan.elements, mask));
            }
            return masked;
        }
        if (mask == null || value.isNull()) {
            return value;
        }
        return TextNode.valueOf(value.isTextual() ? mask.apply(value.textValue()) : Mask.ALL.apply(value.asText()));
    }

    private static ObjectNode object(JsonNode value, MaskPlan plan, Mask mask) {
        String[] names = new String[value.size()];
        int n = 0;
        for (var each = value.fieldNames(); each.hasNext(); n++) {
            names[n] = each.next();
        }
        Arrays.sort(names);
        ObjectNode masked = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            masked.set(name, plan == null ? apply(value.get(name), null, mask)
                    : plan.property(name, value.get(name), mask));
        }
        return masked;
    }

    private JsonNode property(String name, JsonNode value, Mask inherited) {
        MaskPlan declared = properties.get(name);
        if (declared != null) {
            return apply(value, declared, inherited);
        }
        boolean matched = false;
        JsonNode masked = value;
        for (Map.Entry<Pattern, MaskPlan> pattern : patterns.entrySet()) {
            if (pattern.getKey().matcher(name).find()) {
                matched = true;
                masked = apply(masked, pattern.getValue(), inherited);
            }
        }
        return matched ? masked : apply(value, otherProperties, inherited);
    }

    private static MaskPlan build(SchemaFields fields, Collection<JsonNode> schemas, Map<Set<JsonNode>, MaskPlan> known) {
        Set<JsonNode> here = fields.together(schemas, true);
        MaskPlan existing = known.get(here);
        if (existing != null) {
            return existing;
        }
        MaskPlan plan = new MaskPlan(strongest(here));
        known.put(here, plan); // before its parts: one of them may be the schema itself
        Set<String> names = new TreeSet<>();
        Map<String, Set<JsonNode>> byPattern = new LinkedHashMap<>();
        Set<JsonNode> others = new LinkedHashSet<>();
        Set<JsonNode> items = new LinkedHashSet<>();
        for (JsonNode schema : here) {
            schema.path("properties").fieldNames().forEachRemaining(names::add);
            schema.path("patternProperties").properties().forEach(
                    e -> byPattern.computeIfAbsent(e.getKey(), k -> new LinkedHashSet<>()).add(e.getValue()));
            addObject(schema.get("additionalProperties"), others);
            addObject(schema.get("unevaluatedProperties"), others);
            addObject(schema.get("items"), items);
            addObject(schema.get("contains"), items);
            addObject(schema.get("unevaluatedItems"), items);
            schema.path("prefixItems").forEach(s -> addObject(s, items));
        }
        for (String name : names) {
            plan.properties.put(name, build(fields, speakingOf(name, here), known));
        }
        byPattern.forEach((regex, s) -> plan.patterns.put(Pattern.compile(regex), build(fields, s, known)));
        plan.otherProperties = others.isEmpty() ? null : build(fields, others, known);
        plan.elements = items.isEmpty() ? null : build(fields, items, known);
        return plan;
    }

    /** All that the schemas say about a property: by name, by pattern, else by what they say of all the others. */
    private static Set<JsonNode> speakingOf(String name, Set<JsonNode> schemas) {
        Set<JsonNode> all = new LinkedHashSet<>();
        for (JsonNode schema : schemas) {
            int before = all.size();
            boolean[] spoke = {false};
            JsonNode property = schema.path("properties").get(name);
            if (property != null) {
                all.add(property);
                spoke[0] = true;
            }
            schema.path("patternProperties").properties().forEach(e -> {
                if (Pattern.compile(e.getKey()).matcher(name).find()) {
                    all.add(e.getValue());
                    spoke[0] = true;
                }
            });
            if (!spoke[0] && all.size() == before) {
                addObject(schema.get("additionalProperties"), all);
                addObject(schema.get("unevaluatedProperties"), all);
            }
        }
        return all;
    }

    /** One mask for a value about which several schemas speak: theirs when they agree, otherwise everything is hidden. */
    private static Mask strongest(Set<JsonNode> schemas) {
        Mask found = null;
        for (JsonNode schema : schemas) {
            if (SchemaFields.isMasked(schema)) {
                Mask mask = schema.has("x-mask") ? Mask.named(schema.get("x-mask").asText()) : Mask.ALL;
                found = found == null || found == mask ? mask : Mask.ALL;
            }
        }
        return found;
    }

    private static void addObject(JsonNode schema, Set<JsonNode> to) {
        if (schema != null && schema.isObject()) {
            to.add(schema);
        }
    }
}
