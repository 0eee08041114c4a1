package org.yuzui.plugin.kindergarten.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.door.Answer;
import org.yuzui.door.Call;
import org.yuzui.door.Passage;
import org.yuzui.plugin.kindergarten.Items;
import org.yuzui.plugin.kindergarten.Signature;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Takes what a platform's call brings through the route, and says what became of it. */
final class Reception {

    private static final int MOST_ERRORS = 100;

    private final DefaultConsumer consumer;
    private final Items items;

    Reception(DefaultConsumer consumer, ZoneId zone) {
        this.consumer = consumer;
        this.items = new Items(zone);
    }

    /** @throws Exception when it can't be kept now */
    Answer answer(Platform platform, Call call) throws Exception {
        Items.Kind kind = Items.Kind.at(call.head().path());
        try {
            List<ObjectNode> sent;
            boolean list;
            try {
                JsonNode json = Items.json(call.body());
                list = json.isArray();
                sent = Items.items(json);
            } catch (RefusedException e) {
                run(kind.word(), "", call, platform, e);
                return e.code().equals("not-json") ? Answer.problem(400, "not-json", "Not JSON", e.getMessage())
                        : unprocessable(0, 0, errors("", e));
            }
            if (!request(call).isEmpty() && isTaken(platform, call, kind)) {
                return Answer.problem(409, "idempotency-key-reused", "Idempotency-Key reused",
                        "Something else was sent under this key before. Send this under another one.");
            }
            return take(kind, sent, list, call, platform);
        } catch (RefusedException e) { // the key's own record: the unit isn't in the tree, say
            return unprocessable(0, 0, errors("", e));
        }
    }

    /** Whether the key stands for something else; otherwise it stands for this from now on, durably. */
    private boolean isTaken(Platform platform, Call call, Items.Kind kind) throws Exception {
        String digest = digest(call);
        ObjectNode claim = JsonNodeFactory.instance.objectNode().put("unit", platform.unit()).put("platform", platform.key())
                .put("request", request(call)).put("kind", kind.word()).put("digest", digest);
        Ran ran = run("claims", claim, call, platform, null);
        if (ran.refusal() != null) {
            throw ran.refusal();
        }
        // all contents that came under the key, the first one first: that one has it, also when two came at the same time
        JsonNode first = (JsonNode) ((List<?>) ran.body()).get(0);
        return !first.path("digest").asText().equals(digest);
    }

    private Answer take(Items.Kind kind, List<ObjectNode> sent, boolean list, Call call, Platform platform) throws Exception {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        List<ObjectNode> full = new ArrayList<>();
        List<String> places = new ArrayList<>();
        int refused = 0;
        int ignored = 0;
        for (int i = 0; i < sent.size(); i++) {
            String place = list ? "/" + i : "";
            try {
                ObjectNode item = items.complete(kind, sent.get(i), platform.unit());
                if (item == null) {
                    run("ignored", sent.get(i), call, platform, null);
                    ignored++;
                } else {
                    full.add(item);
                    places.add(place);
                }
            } catch (RefusedException e) {
                run(kind.word(), sent.get(i), call, platform, e);
                refused++;
                addErrors(errors, place, e);
            }
        }
        RefusedException first = full.isEmpty() ? null : run(kind.word(), full, call, platform, null).refusal();
        if (first != null) { // one of them is refused, the others are durable: which?
            for (int i = 0; i < full.size(); i++) {
                RefusedException why = full.size() == 1 ? first : run(kind.word(), full.get(i), call, platform, null).refusal();
                if (why != null) {
                    refused++;
                    addErrors(errors, places.get(i), why);
                }
            }
        }
        int accepted = sent.size() - refused - ignored;
        return refused > 0 ? unprocessable(accepted, refused, errors)
                : Answer.json(200, JsonNodeFactory.instance.objectNode().put("accepted", accepted).put("ignored", ignored));
    }

    private static ArrayNode errors(String place, RefusedException e) {
        ArrayNode errors = JsonNodeFactory.instance.arrayNode();
        addErrors(errors, place, e);
        return errors;
    }

    private static void addErrors(ArrayNode errors, String place, RefusedException e) {
        for (RefusedException.Fault fault : e.faults()) {
            if (errors.size() < MOST_ERRORS) {
                String inside = fault.place() == null || !fault.place().startsWith("/") ? "" : fault.place();
                errors.addObject().put("pointer", place + inside).put("code", e.code()).put("detail", fault.message());
            }
        }
    }

    private static Answer unprocessable(int accepted, int refused, ArrayNode errors) {
        return Answer.problem(422, "refused", "Refused", "What 'errors' names was refused; correct it and send it again"
                + " (under another Idempotency-Key). The other items are kept.",
                problem -> problem.put("accepted", accepted).put("refused", refused).set("errors", errors));
    }

    /** What the route left: the refusal that it kept, or null, and the body. */
    private record Ran(RefusedException refusal, Object body) {
    }

    /** @param refusal already known: the route keeps it */
    private Ran run(String kind, Object body, Call call, Platform platform, RefusedException refusal) throws Exception {
        String request = request(call);
        return Passage.through(consumer, exchange -> {
            exchange.getIn().setBody(body);
            exchange.getIn().setHeader("KindergartenKind", kind);
            exchange.getIn().setHeader(Headers.SOURCE, "http " + call.peer() + " " + platform.key());
            exchange.getIn().setHeader(Headers.SOURCE_TYPE, call.head().toString());
            if (!request.isEmpty()) {
                exchange.getIn().setHeader(Headers.SOURCE_ID, request);
            }
            if (refusal != null || kind.equals("ignored")) {
                exchange.getIn().setHeader(Headers.ARRIVED, body instanceof ObjectNode item
                        ? item.toString().getBytes(StandardCharsets.UTF_8) : call.body());
                exchange.setProperty("KindergartenRefusal", refusal);
            } else if (!kind.equals("claims")) {
                exchange.getIn().setHeader(Headers.PART_OF, call.body());
            }
        }, exchange -> new Ran(Passage.refusal(exchange), exchange.getMessage().getBody()));
    }

    private static String request(Call call) {
        return call.head().header(Signature.IDEMPOTENCY_KEY);
    }

    private static String digest(Call call) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((call.head().method() + '\n' + call.head().target() + '\n').getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(call.body()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
