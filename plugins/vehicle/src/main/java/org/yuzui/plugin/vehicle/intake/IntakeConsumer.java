package org.yuzui.plugin.vehicle.intake;

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

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Serves {@code POST} to the {@link BaseData#KINDS}: an object or a list of them, answered when durable. */
final class IntakeConsumer extends HttpConsumer {

    private static final int MOST_REFUSALS = 100;

    private final TokenGate gate;

    IntakeConsumer(ListeningEndpoint endpoint, Processor processor, Settings settings) {
        super(endpoint, processor, "intake", settings, "http", new HttpDoor.Bounds(200, 2, 32, settings.number("http.maxBytes", 1 << 20)));
        this.gate = new TokenGate(settings.text("http.token", ""), "http.token",
                BaseData.KINDS.keySet().stream().map(k -> "/" + k).collect(Collectors.toSet()), "There are /cars, /drivers, /dispatches and /refuels.");
    }

    @Override
    public Answer answer(Head head) {
        return gate.answer(head);
    }

    @Override
    public Answer answer(Call call) throws Exception {
        String kind = call.head().path().substring(1);
        List<ObjectNode> items;
        try {
            items = BaseData.items(kind, call.body());
        } catch (RefusedException e) {
            return Answer.problem(400, e.code(), e.code().equals("not-json") ? "Not JSON" : "Bad request", e.getMessage());
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
        ObjectNode answer = BaseData.JSON.createObjectNode().put("accepted", items.size() - refusals.size());
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
            exchange.getIn().setHeader(BaseData.KIND, kind);
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
}
