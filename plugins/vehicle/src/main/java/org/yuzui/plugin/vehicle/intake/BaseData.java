package org.yuzui.plugin.vehicle.intake;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what a call of the base data's door brings. */
public final class BaseData {

    /** What a path brings, and the time whose day is the record's where the caller names none. */
    static final Map<String, String> KINDS = Map.of("cars", "updatedAt", "drivers", "updatedAt", "dispatches", "from",
            "refuels", "at");
    static final String KIND = "VehicleKind";
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int MOST_ITEMS = 5000;

    /**
     * A message that is sent on again comes as it was kept, in bytes, and the source's own words say what it is.
     *
     * @throws RefusedException {@code not-json, bad-request}
     */
    public void sentOn(Exchange exchange) {
        if (exchange.getMessage().getHeader(KIND) == null) {
            String type = exchange.getMessage().getHeader(Headers.SOURCE_TYPE, "", String.class);
            String kind = type.substring(type.lastIndexOf('/') + 1);
            exchange.getMessage().setHeader(KIND, kind);
            exchange.getMessage().setBody(items(kind, exchange.getMessage().getBody(byte[].class)));
        }
    }

    /** A frame says nothing without its line: which terminal it was, and what came before it. */
    public void refuseFrame(Exchange exchange) {
        throw new RefusedException("frame-alone", null, "A frame can't be sent on without the line that it came by. "
                + "What it has said stays here; positions that are missing have to be sent by the terminal again.");
    }

    static List<ObjectNode> items(String kind, byte[] body) {
        List<ObjectNode> items = new ArrayList<>();
        try {
            JsonNode sent = JSON.readTree(body);
            for (JsonNode item : sent.isArray() ? sent : List.of(sent)) {
                if (!(item instanceof ObjectNode object) || items.size() >= MOST_ITEMS) {
                    throw new RefusedException("bad-request", null, "Send a JSON object, or a list of at most " + MOST_ITEMS + ".");
                }
                items.add(withDay(object, KINDS.get(kind)));
            }
        } catch (IOException | NumberFormatException e) { // the second for an exponent that nothing can hold
            throw new RefusedException("not-json", null, "The body is not JSON.");
        }
        return items;
    }

    private static ObjectNode withDay(ObjectNode item, String time) {
        String text = time == null ? "" : item.path(time).asText();
        if (!item.has("day") && text.length() >= 10) {
            item.put("day", text.substring(0, 10));
        }
        return item;
    }
}
