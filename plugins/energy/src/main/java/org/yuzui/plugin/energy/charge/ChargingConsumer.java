package org.yuzui.plugin.energy.charge;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;

/**
 * Serves {@code POST …/evcs/<version>/<service>}: answers what operators push: the token that they ask for first, charging orders, and states of
 * stations, which are not kept.
 */
final class ChargingConsumer extends HttpConsumer {

    static final String TOKEN = "query_token";
    static final String ORDER = "notification_charge_order_info";
    static final String STATUS = "notification_stationStatus";
    private static final Set<String> SERVICES = Set.of(TOKEN, ORDER, STATUS);
    private static final String BEARER = "Bearer ";
    private static final HttpDoor.Bounds BOUNDS = new HttpDoor.Bounds(200, 2, 64, 256 << 10);

    private final Charging charging;
    private final Tokens tokens = new Tokens(Clock.systemUTC());

    ChargingConsumer(ListeningEndpoint endpoint, Processor processor, Settings settings, Charging charging) {
        super(endpoint, processor, "energy-charging", settings, "charging", BOUNDS);
        this.charging = charging;
    }

    /** Only operators that the settings name can call. */
    @Override
    protected boolean isExpected() {
        return charging.isExpected();
    }

    @Override
    public Answer answer(Head head) {
        return head.method().equals("POST") && SERVICES.contains(service(head)) ? null
                : Answer.problem(404, "not-found", "Not found", "Operators push " + TOKEN + ", " + ORDER + " and " + STATUS + " by POST.");
    }

    /** The last part of the path. */
    private static String service(Head head) {
        return head.path().substring(head.path().lastIndexOf('/') + 1);
    }

    @Override
    public Answer answer(Call call) {
        ObjectNode answer = answer(service(call.head()), call.head().header("Authorization"), call.body());
        return Answer.of(200, "application/json; charset=utf-8", answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode answer(String service, String authorization, byte[] body) {
        Operator operator = null;
        try {
            JsonNode envelope = envelope(body);
            String id = envelope.path("OperatorID").asText();
            operator = charging.operator(id).orElseThrow(() -> new BadCall(BadCall.SIGNATURE, "The operator is not known."));
            JsonNode data = operator.open(envelope);
            if (!service.equals(TOKEN) && !(authorization.startsWith(BEARER)
                    && tokens.isOf(id, authorization.substring(BEARER.length())))) {
                throw new BadCall(BadCall.TOKEN, "The token is wrong, or has ended. Ask for one by query_token.");
            }
            return switch (service) {
                case TOKEN -> token(operator, data);
                case ORDER -> order(operator, data);
                default -> status(operator);
            };
        } catch (BadCall e) {
            ObjectNode nothing = Operator.JSON.createObjectNode();
            return operator == null ? nothing.put("Ret", e.ret()).put("Msg", e.getMessage()).put("Data", "").put("Sig", "")
                    : operator.seal(e.ret(), e.getMessage(), nothing);
        }
    }

    static JsonNode envelope(byte[] body) throws BadCall {
        try {
            JsonNode envelope = Operator.JSON.readTree(body);
            if (envelope != null && envelope.isObject()) {
                return envelope;
            }
        } catch (IOException | NumberFormatException e) { // the second for an exponent that nothing can hold
            // told below
        }
        throw new BadCall(BadCall.ENVELOPE, "The body is no JSON object.");
    }

    private ObjectNode token(Operator operator, JsonNode data) {
        boolean right = data.path("OperatorID").asText().equals(operator.id()) && operator.hasSecret(data.path("OperatorSecret").asText());
        ObjectNode answer = Operator.JSON.createObjectNode().put("OperatorID", operator.id()).put("SuccStat", right ? 0 : 1)
                .put("AccessToken", right ? tokens.of(operator.id()) : "").put("TokenAvailableTime", right ? Tokens.SECONDS : 0)
                .put("FailReason", right ? 0 : 2);
        return operator.seal(0, "", answer);
    }

    private ObjectNode order(Operator operator, JsonNode data) throws BadCall {
        ObjectNode answer = Operator.JSON.createObjectNode().put("StartChargeSeq", charging.order(data))
                .put("ConnectorID", charging.connector(data));
        RefusedException refusal = run("order", operator, data);
        return refusal == null ? operator.seal(0, "", answer.put("ConfirmResult", 0))
                : operator.seal(BadCall.CONTENT, refusal.getMessage(), answer.put("ConfirmResult", 1));
    }

    private ObjectNode status(Operator operator) throws BadCall {
        run("status", operator, Operator.JSON.createObjectNode());
        return operator.seal(0, "", Operator.JSON.createObjectNode().put("Status", 0));
    }

    /** @return why it is refused; null when it is durable */
    private RefusedException run(String kind, Operator operator, JsonNode data) throws BadCall {
        try {
            return Passage.through(this, exchange -> fill(exchange, kind, operator, data), Passage::refusal);
        } catch (Exception e) {
            throw new BadCall(BadCall.BUSY, "Nothing can be kept now. Send again later.");
        }
    }

    private void fill(Exchange exchange, String kind, Operator operator, JsonNode data) {
        exchange.getIn().setHeader("EnergyKind", kind);
        exchange.getIn().setHeader(Headers.SOURCE, "charging " + operator.id());
        exchange.getIn().setHeader(Headers.SOURCE_TYPE, kind.equals("order") ? ORDER : STATUS);
        exchange.getIn().setBody("");
        if (kind.equals("order")) {
            exchange.getIn().setHeader(Headers.ARRIVED, data.toString().getBytes(StandardCharsets.UTF_8));
            try {
                exchange.getIn().setBody(charging.record(operator, data));
            } catch (RefusedException e) {
                exchange.setProperty(Exchange.EXCEPTION_CAUGHT, e);
                exchange.getIn().setHeader("EnergyKind", "refused");
            }
        }
    }
}
