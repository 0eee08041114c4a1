package org.yuzui.plugin.vehicle.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Processor;
import org.yuzui.door.Answer;
import org.yuzui.door.Call;
import org.yuzui.door.Head;
import org.yuzui.door.HttpConsumer;
import org.yuzui.door.HttpDoor;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.door.Passage;
import org.yuzui.door.TokenGate;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Serves {@code POST} to the {@link #KINDS}: an object or a list of them, answered when durable. */
final class IntakeConsumer extends HttpConsumer {

    /** What a path brings, and the time whose day is the record's where the caller names none. */
    static final Map<String, String> KINDS = Map.of("cars", "updatedAt", "drivers", "updatedAt", "dispatches", "from",
            "refuels", "at");

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int MOST_ITEMS = 5000;
    private static final int MOST_REFUSALS = 100;

    private final TokenGate gate;

    IntakeConsumer(ListeningEndpoint endpoint, Processor processor, Settings settings) {
        super(endpoint, processor, "intake", settings, "http", new HttpDoor.Bounds(200, 2, 32, settings.number("http.maxBytes", 1 << 20)));
        this.gate = new TokenGate(settings.text("http.token", ""), "http.token",
                KINDS.keySet().stream().map(k -> "/" + k).collect(Collectors.toSet()), "There are /cars, /drivers, /dispatches and /refuels.");
    }

    @Override
    public Answer answer(Head head) {
        return gate.answer(head);
    }

    @Override
    public Answer answer(Call call) throws Exception {
        String kind = call.head().path().substring(1);
        List<ObjectNode> items = new ArrayList<>();
        try {
            JsonNode sent = JSON.readTree(call.body());
            for (JsonNode item : sent.isArray() ? sent : List.of(sent)) {
                if (!(item instanceof ObjectNode object) || items.size() >= MOST_ITEMS) {
                    return Answer.problem(400, "bad-request", "Bad request", "Send a JSON object, or a list of at most " + MOST_ITEMS + ".");
                }
                items.add(withDay(object, KINDS.get(kind)));
            }
        } catch (IOException | NumberFormatException e) { // the second for an exponent that nothing can hold
            return Answer.problem(400, "not-json", "Not JSON", "The body is not JSON.");
        }
        return published(kind, items, "http " + call.peer());
    }

    private Answer published(String kind, List<ObjectNode> items, String source) throws Exception {
        Map<Integer, RefusedException> refusals = new TreeMap<>();
        if (run(kind, items, source, refusals) != null) { // one of them is refused: which?
            for (int i = 0; i < items.size(); i++) {
                if (!refusals.containsKey(i)) {
                    Map<Integer, RefusedException> ofOne = new TreeMap<>();
                    RefusedException why = run(kind, items.get(i), source, ofOne);
                    if (why != null || !ofOne.isEmpty()) {
                        refusals.put(i, why != null ? why : ofOne.get(0));
                    }
                }
            }
        }
        ObjectNode answer = JSON.createObjectNode().put("accepted", items.size() - refusals.size());
        ArrayNode refused = answer.putArray("refused");
        refusals.entrySet().stream().limit(MOST_REFUSALS).forEach(e -> refused.addObject().put("index", e.getKey())
                .put("code", e.getValue().code()).put("message", e.getValue().getMessage()));
        return Answer.json(refusals.isEmpty() ? 200 : 422, answer);
    }

    /**
     * @param refusals takes those that the route decided on itself, by their places; they are kept
     * @return why the others are refused, all together; null when they are durable
     */
    private RefusedException run(String kind, Object body, String source, Map<Integer, RefusedException> refusals)
            throws Exception {
        return Passage.through(this, exchange -> {
            exchange.getIn().setBody(body);
            exchange.getIn().setHeader("VehicleKind", kind);
            exchange.getIn().setHeader(Headers.SOURCE, source);
            exchange.getIn().setHeader(Headers.SOURCE_TYPE, "POST /" + kind);
        }, exchange -> {
            Map<?, ?> decided = exchange.getProperty(Drivers.REFUSALS, Map.class);
            if (decided != null) {
                decided.forEach((place, why) -> refusals.put((Integer) place, (RefusedException) why));
            }
            return Passage.refusal(exchange);
        });
    }

    private static ObjectNode withDay(ObjectNode item, String time) {
        String text = item.path(time).asText();
        if (!item.has("day") && text.length() >= 10) {
            item.put("day", text.substring(0, 10));
        }
        return item;
    }
}
