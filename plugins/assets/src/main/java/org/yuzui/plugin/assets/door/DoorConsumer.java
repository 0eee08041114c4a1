package org.yuzui.plugin.assets.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.yuzui.door.Answer;
import org.yuzui.door.Call;
import org.yuzui.door.Head;
import org.yuzui.door.HttpConsumer;
import org.yuzui.door.HttpDoor;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.door.Passage;
import org.yuzui.door.TokenGate;
import org.yuzui.plugin.assets.input.BadInput;
import org.yuzui.plugin.assets.input.Finding;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** Serves {@code POST /assets}, {@code POST /movements} and {@code GET /openapi.yaml}. */
final class DoorConsumer extends HttpConsumer {

    private static final String DOCUMENT = "/openapi.yaml";

    private final TokenGate gate;
    private final byte[] document;

    DoorConsumer(ListeningEndpoint endpoint, Processor processor, Settings settings) throws IOException {
        super(endpoint, processor, "assets-door", settings, "http", new HttpDoor.Bounds(200, 4, 32, settings.number("http.maxBytes", 1 << 20)));
        this.gate = new TokenGate(settings.text("http.token", ""), "http.token", Set.of("/" + DoorComponent.ASSETS, "/" + DoorComponent.MOVEMENTS),
                "There are /assets, /movements and /openapi.yaml.");
        try (InputStream in = DoorConsumer.class.getResourceAsStream("/org/yuzui/plugin/assets/openapi.yaml")) {
            this.document = in.readAllBytes();
        }
    }

    /** The document is for everybody. */
    @Override
    public Answer answer(Head head) {
        return head.path().equals(DOCUMENT) && head.method().equals("GET") ? Answer.of(200, "application/yaml", document) : gate.answer(head);
    }

    @Override
    public Answer answer(Call call) throws Exception {
        String what = call.head().path().substring(1);
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
