package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a platform sends, or is asked for: a JSON object or a list of them. Fills in what a platform may leave out: whose
 * it is, its day, and a number where the content itself tells one from another.
 */
public final class Items {

    /** At most so many in a call or page. */
    public static final int MOST = 1000;

    private static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** What can be sent, by the last part of its path. */
    public enum Kind {
        VISITS("kindergarten.visit.v1", "arrivedAt"),
        PATROLS("kindergarten.patrol.v1", "passedAt"),
        MEALS("kindergarten.meal.v1", null),
        SCANS("kindergarten.scan.v1", "scannedAt"),
        BOOKS("kindergarten.book.v1", null),
        /** A platform's own events, in its own words. */
        EVENTS("kindergarten.patrol.v1", "passedAt");

        private static final String ROOT = "/v1/";

        private final String contract;
        private final String time;

        Kind(String contract, String time) {
            this.contract = contract;
            this.time = time;
        }

        /** The contract that its items are held to. */
        public String contract() {
            return contract;
        }

        /** {@code visits}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** {@code /v1/visits}. */
        public String path() {
            return ROOT + word();
        }

        /** @return null when nothing is taken at the path */
        public static Kind at(String path) {
            for (Kind kind : values()) {
                if (kind.path().equals(path)) {
                    return kind;
                }
            }
            return null;
        }

        /** @return null when there is none of that word */
        public static Kind of(String word) {
            return at(ROOT + word);
        }
    }

    private final ZoneId zone;

    /** @param zone in which days begin */
    public Items(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Reads JSON strictly: a name only once in an object, nothing behind the value.
     *
     * @throws RefusedException {@code not-json}
     */
    public static JsonNode json(byte[] bytes) {
        try {
            JsonNode read = JSON.readTree(bytes);
            if (read == null || read.isMissingNode()) {
                throw new RefusedException("not-json", null, "There is no JSON.");
            }
            return read;
        } catch (IOException | NumberFormatException e) { // the second for an exponent that nothing can hold
            // its message may quote what was sent
            throw new RefusedException("not-json", null, "This is not JSON, or a name stands in an object twice.");
        }
    }

    /**
     * The items of what was sent.
     *
     * @throws RefusedException {@code not-items, too-many-items}
     */
    public static List<ObjectNode> items(JsonNode sent) {
        if (sent.isArray() && sent.size() > MOST) {
            throw new RefusedException("too-many-items", "", "These are more than " + MOST + " items.");
        }
        List<ObjectNode> items = new ArrayList<>();
        int number = 0;
        for (JsonNode item : sent.isArray() ? sent : List.of(sent)) {
            if (!(item instanceof ObjectNode object)) {
                throw new RefusedException("not-items", sent.isArray() ? "/" + number : "", "An item is a JSON object.");
            }
            items.add(object);
            number++;
        }
        return items;
    }

    /**
     * An item with what was left out.
     *
     * @param unit whose the platform is
     * @return another object; null for an event that is noted only
     * @throws RefusedException {@code foreign-unit} when it says that it is another one's
     */
    public ObjectNode complete(Kind kind, ObjectNode item, String unit) {
        ObjectNode full = kind == Kind.EVENTS ? PatrolEvents.item(item, zone) : item.deepCopy();
        if (full == null) {
            return null;
        }
        if (!full.has("unit")) {
            full.put("unit", unit);
        } else if (!full.get("unit").asText().equals(unit)) {
            throw new RefusedException("foreign-unit", "/unit", "This platform sends for the unit " + unit + " only.");
        }
        if (kind.time != null) {
            day(full, kind.time);
        }
        switch (kind) {
            case PATROLS, EVENTS -> number(full, "pass", "point", "passedAt");
            case SCANS -> number(full, "scan", "asset", "scannedAt");
            case MEALS -> {
                if (!full.has("meal") && full.path("kind").isTextual()) {
                    full.put("meal", full.get("kind").asText());
                }
            }
            default -> { }
        }
        return full;
    }

    private void day(ObjectNode item, String time) {
        if (item.has("day") || !item.path(time).isTextual()) {
            return;
        }
        try {
            item.put("day", OffsetDateTime.parse(item.get(time).asText()).atZoneSameInstant(zone).toLocalDate().toString());
        } catch (DateTimeException e) {
            // the contract says what is wrong with it
        }
    }

    private static void number(ObjectNode item, String number, String what, String time) {
        if (!item.has(number) && item.path(what).isTextual() && item.path(time).isTextual()) {
            item.put(number, item.get(what).asText() + "@" + item.get(time).asText());
        }
    }
}
