package org.yuzui.plugin.energy.charge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Answers what operators push: the token that they ask for first, charging orders, and states of stations, which are not kept. */
final class ChargingConsumer extends DefaultConsumer {

    static final String TOKEN = "query_token";
    static final String ORDER = "notification_charge_order_info";
    static final String STATUS = "notification_stationStatus";
    private static final String BEARER = "Bearer ";

    private final Charging charging;
    private final InetSocketAddress address;
    private final Tokens tokens = new Tokens(Clock.systemUTC());
    private ChargingDoor door;

    ChargingConsumer(Endpoint endpoint, Processor processor, Charging charging, InetSocketAddress address) {
        super(endpoint, processor);
        this.charging = charging;
        this.address = address;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (charging.isExpected()) { // nobody could call: no port is taken for that
            door = ChargingDoor.open(address, this::answer);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (door != null) {
            door.close();
            door = null;
        }
        super.doStop();
    }

    /** @param service the last part of the path */
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
        Exchange exchange = createExchange(false);
        try {
            createUoW(exchange);
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
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof RefusedException refusal ? refusal : null;
        } catch (Exception e) {
            throw new BadCall(BadCall.BUSY, "Nothing can be kept now. Send again later.");
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }
}
