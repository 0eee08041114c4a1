package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.spi.RefusedException;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** How a JSON value becomes a value of FEEL: what JSON writes as text may be a date there. */
sealed interface Shape {

    /** The value; null for null or nothing. @throws RefusedException {@code wrong-input} naming the place, never the value */
    Object take(JsonNode json, String place);

    /** A value without parts. */
    enum Scalar implements Shape {
        TEXT, NUMBER, BOOLEAN, DATE, TIME, DATE_TIME, DURATION;

        private static final Pattern OFFSET = Pattern.compile(".*T.*([Zz]|[+-]\\d\\d:?\\d\\d)");

        @Override
        public Object take(JsonNode json, String place) {
            if (json == null || json.isNull() || json.isMissingNode()) {
                return null;
            }
            boolean fits = switch (this) {
                case NUMBER -> json.isNumber();
                case BOOLEAN -> json.isBoolean();
                default -> json.isTextual();
            };
            if (!fits) {
                throw wrong(place, toString());
            }
            try {
                return switch (this) {
                    case NUMBER -> json.decimalValue();
                    case BOOLEAN -> json.booleanValue();
                    case TEXT -> json.textValue();
                    case DATE -> LocalDate.parse(json.textValue());
                    case TIME -> time(json.textValue());
                    case DATE_TIME -> dateTime(json.textValue());
                    case DURATION -> duration(json.textValue());
                };
            } catch (DateTimeException e) {
                throw wrong(place, toString());
            }
        }

        private static Object dateTime(String text) {
            return OFFSET.matcher(text).matches() ? OffsetDateTime.parse(text) : LocalDateTime.parse(text);
        }

        private static Object time(String text) {
            return text.matches(".*([Zz]|[+-]\\d\\d:?\\d\\d)") ? OffsetTime.parse(text) : LocalTime.parse(text);
        }

        private static Object duration(String text) {
            return text.matches("-?P\\d*Y?\\d*M?") ? Period.parse(text) : Duration.parse(text);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A list of values of one shape. */
    record Many(Shape item) implements Shape {

        @Override
        public Object take(JsonNode json, String place) {
            if (json == null || json.isNull() || json.isMissingNode()) {
                return null;
            }
            if (!json.isArray()) {
                throw wrong(place, "list");
            }
            List<Object> items = new ArrayList<>(json.size());
            for (int i = 0; i < json.size(); i++) {
                items.add(item.take(json.get(i), place));
            }
            return items;
        }
    }

    /**
     * An object.
     *
     * @param optional the fields that may be missing; null when all may
     */
    record Parts(Map<String, Shape> fields, Set<String> optional) implements Shape {

        @Override
        public Object take(JsonNode json, String place) {
            if (json == null || json.isNull() || json.isMissingNode()) {
                return null;
            }
            if (!json.isObject()) {
                throw wrong(place, "object");
            }
            Map<String, Object> values = new LinkedHashMap<>();
            fields.forEach((name, shape) -> values.put(name, field(json, name, place == null ? name : place + "." + name)));
            return values;
        }

        /** One field alone. */
        Object field(JsonNode json, String name, String place) {
            Object value = fields.get(name).take(json.get(name), place);
            if (value == null && optional != null && !optional.contains(name)) {
                throw new RefusedException("missing-input", place, "The rule needs '" + place
                        + "', which is missing. Give it, or declare it yuzui:optional=\"true\" in the rule.");
            }
            return value;
        }
    }

    /** Nothing is known about it: it is taken as JSON has it. */
    record Unknown() implements Shape {

        static final Unknown SHAPE = new Unknown();

        @Override
        public Object take(JsonNode json, String place) {
            return FeelJson.plain(json);
        }
    }

    private static RefusedException wrong(String place, String expected) {
        return new RefusedException("wrong-input", place, "The rule needs a " + expected + " for '" + place
                + "'; what is there is none.");
    }
}
