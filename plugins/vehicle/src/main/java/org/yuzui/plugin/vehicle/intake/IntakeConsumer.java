package org.yuzui.plugin.vehicle.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.door.Answer;
import org.yuzui.door.Bearer;
import org.yuzui.door.Call;
import org.yuzui.door.Head;
import org.yuzui.door.HttpDoor;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.door.Passage;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Serves {@code POST} to the {@link #KINDS}: an object or a list of them, answered when durable. */
final class IntakeConsumer extends DefaultConsumer {

    /** What a path brings, and the time whose day is the record's where the caller names none. */
    static final Map<String, String> KINDS = Map.of("cars", "updatedAt", "drivers", "updatedAt", "dispatches", "from",
            "refuels", "at");

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int CONNECTIONS = 200;
    private static final int THREADS = 2;
    private static final int WAITING = 32;
    private static final int MOST_ITEMS = 5000;
    private static final int MOST_REFUSALS = 100;

    private final ListeningEndpoint endpoint;
    private final Settings settings;
    private final Bearer token;
    private HttpDoor door;

    IntakeConsumer(ListeningEndpoint endpoint, Processor processor, Settings settings) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.settings = settings;
        this.token = new Bearer(settings.text("http.token", ""));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        door = HttpDoor.open(new HttpDoor.Place("intake", endpoint.address(), settings, "http"),
                new HttpDoor.Bounds(CONNECTIONS, THREADS, WAITING, settings.number("http.maxBytes", 1 << 20)), this::atTheGate, this::answer);
    }

    @Override
    protected void doStop() throws Exception {
        if (door != null) {
            door.close();
            door = null;
        }
        super.doStop();
    }

    /** Turns away who has no token, and what nobody serves. */
    private Answer atTheGate(Head head) {
        if (!token.isShownBy(head)) {
            return Answer.problem(401, "unauthorized", "Unauthorized", "Send Authorization: Bearer with the token of http.token.");
        }
        if (!KINDS.containsKey(kind(head))) {
            return Answer.problem(404, "not-found", "Not found", "There are /cars, /drivers, /dispatches and /refuels.");
        }
        return head.method().equals("POST") ? null : Answer.problem(405, "method-not-allowed", "Method not allowed", "Use POST.");
    }

    /** {@code cars} of {@code /cars?x=y}. */
    private static String kind(Head head) {
        return head.path().startsWith("/") ? head.path().substring(1) : head.path();
    }

    private Answer answer(Call call) throws Exception {
        String kind = kind(call.head());
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
