package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.spi.RefusedException;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/**
 * Events in the shape of the patrol subsystem of Dahua's ICC platform: {@code method: patrol.position.record}, and in
 * {@code info} who passed which channel when. Its documentation and its sample differ in the types of ids, so numbers and
 * texts are taken alike.
 */
final class PatrolEvents {

    private static final String METHOD = "patrol.position.record";
    private static final DateTimeFormatter SWIPED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    /** 1 待执行, 2 正常, 3 漏巡, 4 未按次序, 5 未按间隔: of 1 and 3 nobody passed anything. */
    private static final String WAITING = "1";
    private static final String MISSED = "3";

    private PatrolEvents() {
    }

    /**
     * The passing that an event tells of.
     *
     * @return null when it tells of none: another method, or a point that was not passed
     * @throws RefusedException {@code bad-event}
     */
    static ObjectNode item(JsonNode event, ZoneId zone) {
        if (!event.path("method").isTextual()) {
            throw new RefusedException("bad-event", "/method", "An event says its method, such as " + METHOD + ".");
        }
        JsonNode info = event.path("info");
        String state = text(info, "stat");
        if (!event.get("method").asText().equals(METHOD) || state.equals(WAITING) || state.equals(MISSED)) {
            return null;
        }
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        String channel = text(info, "channelId");
        String device = text(info, "deviceCode");
        put(item, "pass", text(info, "recordId"));
        put(item, "point", channel.isEmpty() ? device : channel);
        put(item, "device", device);
        put(item, "guard", text(info, "userName"));
        put(item, "card", text(info, "cardNumber"));
        item.put("passedAt", passedAt(text(info, "swipeTime"), zone));
        return item.put("platformState", switch (state) {
            case "2" -> "normal";
            case "4" -> "out-of-order";
            case "5" -> "wrong-interval";
            default -> "unknown";
        });
    }

    private static String passedAt(String swiped, ZoneId zone) {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(LocalDateTime.parse(swiped, SWIPED).atZone(zone).toOffsetDateTime());
        } catch (DateTimeException e) {
            throw new RefusedException("bad-event", "/info/swipeTime", "A time is written 2026-11-23 08:15:30.");
        }
    }

    private static String text(JsonNode info, String name) {
        JsonNode value = info.path(name);
        return value.isTextual() || value.isNumber() ? value.asText() : "";
    }

    private static void put(ObjectNode item, String name, String value) {
        if (!value.isEmpty()) {
            item.put(name, value);
        }
    }
}
