package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Tells another system of rounds that were not walked as they should, and of checks that found differences; and of both again when
 * what came late has put them right. Its
 * subscription tries again and keeps the order of a key; the record's id is the Idempotency-Key, so what is told twice can
 * be known by it.
 */
public final class Webhook {

    private static final int ANSWER_BYTES = 65_536;
    private static final String RECORD = "KindergartenTold";

    private final URI url;
    private final Wire wire;

    public Webhook(Settings settings) {
        String address = settings.text("webhook.url", "");
        String secret = settings.text("webhook.secret", "");
        if (!address.isEmpty() && secret.isEmpty()) {
            throw new IllegalArgumentException("webhook.url needs webhook.secret: what is sent there is signed.");
        }
        this.url = address.isEmpty() ? null : URI.create(address);
        this.wire = new Wire(settings.text("webhook.key", "yuzui"), secret, Duration.ofSeconds(settings.number("webhook.timeoutSeconds", 10)),
                ANSWER_BYTES, Clock.systemUTC());
    }

    /** Whether there is anybody to tell of this record. */
    public boolean concerns(JsonNode record) {
        if (url == null) {
            return false;
        }
        return isTold(record);
    }

    private static boolean isTold(JsonNode record) {
        return record.has("outcome") ? !record.path("outcome").asText().equals("done")
                : record.path("state").asText().equals("closed") && record.path("differences").asInt() > 0;
    }

    /** Whether the record is one that may take back what was told of its key: a round that is done, a closed check without differences. */
    public boolean mayCorrect(JsonNode record) {
        return url != null && (record.has("outcome") || record.path("state").asText().equals("closed"));
    }

    /** Keeps the record in the body while others of its key are looked at. */
    public void keep(Exchange exchange) {
        exchange.setProperty(RECORD, exchange.getMessage().getBody(JsonNode.class));
    }

    /** Whether the body, all contents of the key so far, has one that was told. */
    public boolean corrects(Exchange exchange) {
        return Calls.found(exchange).stream().anyMatch(Webhook::isTold);
    }

    /** The body becomes the record that was kept. */
    public void back(Exchange exchange) {
        exchange.getMessage().setBody(exchange.getProperty(RECORD, JsonNode.class));
    }

    /**
     * Sends the record in the body.
     *
     * @throws IOException      when it is worth trying again
     * @throws RefusedException when the other system doesn't want it
     */
    public void send(Exchange exchange) throws IOException {
        String id = exchange.getMessage().getHeader(Headers.RECORD_ID, String.class);
        JsonNode record = exchange.getMessage().getBody(JsonNode.class);
        byte[] body = JsonNodeFactory.instance.objectNode()
                .put("event", record.has("outcome") ? "patrol.round" : "assets.reconciliation").put("id", id)
                .<com.fasterxml.jackson.databind.node.ObjectNode>set("record", record).toString().getBytes(StandardCharsets.UTF_8);
        Wire.Reply reply = wire.call("POST", url, Map.of("Content-Type", "application/json", Signature.IDEMPOTENCY_KEY, id), body);
        int status = reply.status();
        if (status >= 200 && status < 300) {
            return;
        }
        if (status >= 500 || status == 408 || status == 425 || status == 429) {
            throw new ConnectException("The webhook answered " + status + ".");
        }
        throw new RefusedException("webhook-refused", null, "The webhook answered " + status + ": it doesn't take this.");
    }
}
