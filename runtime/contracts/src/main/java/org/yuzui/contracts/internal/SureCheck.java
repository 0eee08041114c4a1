package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells of most records that keep their schema that they do, at a quarter of the library's cost; the library finds the reasons
 * of those that don't. It may be unsure of any value; what it is sure of, the library takes too. Schemas with other words
 * than the plain ones have none.
 */
final class SureCheck {

    private static final Set<String> SILENT = Set.of("$schema", "$id", "$comment", "title", "description", "default",
            "examples", "deprecated", "readOnly", "writeOnly");
    private static final SureCheck ANYTHING = new SureCheck();

    static {
        ANYTHING.items = ANYTHING;
        ANYTHING.others = ANYTHING;
    }

    private Set<String> types;
    private Set<String> texts;
    private RfcTime format;
    private int minLength;
    private int maxLength = Integer.MAX_VALUE;
    private Limit minimum;
    private Limit maximum;
    private int minItems;
    private int maxItems = Integer.MAX_VALUE;
    private SureCheck items = ANYTHING;
    private final List<String> required = new ArrayList<>();
    private final Map<String, SureCheck> properties = new HashMap<>();
    /** Null: there may be none. */
    private SureCheck others = ANYTHING;

    private SureCheck() {
    }

    /** @return null when the schema is more than plain */
    static SureCheck of(JsonNode schema) {
        try {
            return read(schema);
        } catch (NotPlain e) {
            return null;
        }
    }

    private static SureCheck read(JsonNode schema) throws NotPlain {
        if (schema.isBoolean() && schema.booleanValue()) {
            return ANYTHING;
        }
        if (!schema.isObject()) {
            throw new NotPlain();
        }
        SureCheck check = new SureCheck();
        for (Map.Entry<String, JsonNode> word : schema.properties()) {
            check.word(word.getKey(), word.getValue());
        }
        return check;
    }

    private void word(String word, JsonNode said) throws NotPlain {
        switch (word) {
            case "type" -> types = said.isArray() ? textsOf(said) : Set.of(said.asText());
            case "enum" -> texts = textsOf(said);
            case "format" -> format = formatOf(said.asText());
            case "minLength" -> minLength = count(said);
            case "maxLength" -> maxLength = count(said);
            case "minimum" -> minimum = new Limit(said);
            case "maximum" -> maximum = new Limit(said);
            case "minItems" -> minItems = count(said);
            case "maxItems" -> maxItems = count(said);
            case "items" -> items = read(said);
            case "required" -> said.forEach(name -> required.add(name.asText()));
            case "properties" -> {
                for (Map.Entry<String, JsonNode> property : said.properties()) {
                    properties.put(property.getKey(), read(property.getValue()));
                }
            }
            case "additionalProperties" -> others = said.isBoolean() && !said.booleanValue() ? null : read(said);
            default -> {
                if (!SILENT.contains(word) && !word.startsWith("x-")) {
                    throw new NotPlain();
                }
            }
        }
    }

    private static Set<String> textsOf(JsonNode list) throws NotPlain {
        Set<String> texts = new HashSet<>();
        for (JsonNode item : list) {
            if (!item.isTextual()) {
                throw new NotPlain();
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    private static RfcTime formatOf(String name) throws NotPlain {
        for (RfcTime known : RfcTime.values()) {
            if (known.getName().equals(name)) {
                return known;
            }
        }
        throw new NotPlain();
    }

    private static int count(JsonNode said) throws NotPlain {
        if (!said.isInt()) {
            throw new NotPlain();
        }
        return said.intValue();
    }

    /** Whether the value keeps the schema; false also when that takes a closer look. */
    boolean keeps(JsonNode value) {
        return (texts == null || value.isTextual() && texts.contains(value.textValue())) && switch (value.getNodeType()) {
            case STRING -> isType("string") && text(value.textValue());
            case NUMBER -> (isType("number") || value.isIntegralNumber() && isType("integer"))
                    && (minimum == null || minimum.isLeast(value)) && (maximum == null || maximum.isMost(value));
            case BOOLEAN -> isType("boolean");
            case NULL -> isType("null");
            case ARRAY -> isType("array") && array(value);
            case OBJECT -> isType("object") && object(value);
            default -> false;
        };
    }

    private boolean isType(String type) {
        return types == null || types.contains(type);
    }

    private boolean text(String text) {
        if (minLength > 0 || maxLength < text.length()) {
            int length = text.codePointCount(0, text.length());
            if (length < minLength || length > maxLength) {
                return false;
            }
        }
        return format == null || format.matches(text);
    }

    private boolean array(JsonNode array) {
        if (array.size() < minItems || array.size() > maxItems) {
            return false;
        }
        for (int i = 0; i < array.size(); i++) {
            if (!items.keeps(array.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean object(JsonNode object) {
        for (String name : required) {
            if (object.get(name) == null) {
                return false;
            }
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            SureCheck check = properties.getOrDefault(field.getKey(), others);
            if (check == null || !check.keeps(field.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** A least or greatest number. */
    private static final class Limit {
        private final BigDecimal exact;
        private final double near;
        private final boolean same;

        Limit(JsonNode said) throws NotPlain {
            if (!said.isNumber()) {
                throw new NotPlain();
            }
            exact = CanonicalJson.decimal(said);
            near = exact.doubleValue();
            same = Double.isFinite(near) && new BigDecimal(near).compareTo(exact) == 0;
        }

        boolean isLeast(JsonNode value) {
            return !same || value.isBigDecimal() || value.isBigInteger() ? value.decimalValue().compareTo(exact) >= 0
                    : value.doubleValue() > near || value.doubleValue() == near && isNear(value);
        }

        boolean isMost(JsonNode value) {
            return !same || value.isBigDecimal() || value.isBigInteger() ? value.decimalValue().compareTo(exact) <= 0
                    : value.doubleValue() < near || value.doubleValue() == near && isNear(value);
        }

        /** A long may lose digits as a double. */
        private boolean isNear(JsonNode value) {
            return !value.isLong() || value.decimalValue().compareTo(exact) == 0;
        }
    }

    private static final class NotPlain extends Exception {
        private static final long serialVersionUID = 1;
    }
}
