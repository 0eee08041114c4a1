package org.yuzui.plugin.assets.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.door.Answer;
import org.yuzui.door.Bearer;
import org.yuzui.door.Call;
import org.yuzui.door.Head;
import org.yuzui.door.HttpDoor;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.door.Passage;
import org.yuzui.plugin.assets.input.BadInput;
import org.yuzui.plugin.assets.input.Finding;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.InputStream;
import java.util.List;

/** Serves {@code POST /assets}, {@code POST /movements} and {@code GET /openapi.yaml}. */
final class DoorConsumer extends DefaultConsumer {

    private static final int CONNECTIONS = 200;
    private static final int THREADS = 2;
    private static final int WAITING = 32;
    private static final String DOCUMENT = "/openapi.yaml";

    private final ListeningEndpoint endpoint;
    private final Settings settings;
    private final Bearer token;
    private byte[] document;
    private HttpDoor door;

    DoorConsumer(ListeningEndpoint endpoint, Processor processor, Settings settings) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.settings = settings;
        this.token = new Bearer(settings.text("http.token", ""));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        try (InputStream in = DoorConsumer.class.getResourceAsStream("/org/yuzui/plugin/assets/openapi.yaml")) {
            document = in.readAllBytes();
        }
        door = HttpDoor.open(new HttpDoor.Place("assets-door", endpoint.address(), settings, "http"),
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

    /** Turns away who has no token, and what nobody serves. The document is for everybody. */
    private Answer atTheGate(Head head) {
        if (head.path().equals(DOCUMENT) && head.method().equals("GET")) {
            return Answer.of(200, "application/yaml", document);
        }
        if (!token.isShownBy(head)) {
            return Answer.problem(401, "unauthorized", "Unauthorized", "Send Authorization: Bearer with the token of http.token.");
        }
        if (!what(head).equals(DoorComponent.ASSETS) && !what(head).equals(DoorComponent.MOVEMENTS)) {
            return Answer.problem(404, "not-found", "Not found", "There are /assets, /movements and /openapi.yaml.");
        }
        return head.method().equals("POST") ? null : Answer.problem(405, "method-not-allowed", "Method not allowed", "Use POST.");
    }

    private static String what(Head head) {
        return head.path().startsWith("/") ? head.path().substring(1) : head.path();
    }

    private Answer answer(Call call) throws Exception {
        String what = what(call.head());
        return Passage.through(this, exchange -> {
            exchange.getIn().setBody(call.body());
            exchange.getIn().setHeader(DoorComponent.WHAT, what);
            exchange.getIn().setHeader(Headers.SOURCE, "http " + call.peer());
            exchange.getIn().setHeader(Headers.SOURCE_TYPE, "POST /" + what);
        }, DoorConsumer::answer);
    }

    private static Answer answer(Exchange exchange) {
        RefusedException refusal = Passage.refusal(exchange);
        return refusal != null ? refused(refusal) : Answer.json(200, JsonNodeFactory.instance.objectNode()
                .put("accepted", exchange.getMessage().getBody(List.class).size()));
    }

    /** All that is wrong, each with the pointer to it. */
    private static Answer refused(RefusedException why) {
        int status = why.code().equals("not-json") || why.code().equals("bad-request") ? 400 : 422;
        String title = status == 400 ? "Bad request" : "Refused";
        if (!(why instanceof BadInput bad)) {
            return Answer.problem(status, why.code(), title, why.getMessage());
        }
        return Answer.problem(status, why.code(), title, "Nothing of the call was taken: " + bad.count()
                + (bad.count() == 1 ? " finding." : " findings."), problem -> {
            ArrayNode errors = problem.putArray("errors");
            for (Finding finding : bad.findings()) {
                ObjectNode error = errors.addObject().put("pointer", finding.place()).put("code", finding.code()).put("detail", finding.message());
                if (finding.value() != null) {
                    error.put("value", finding.value());
                }
            }
        });
    }
}
