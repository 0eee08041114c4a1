package org.yuzui.plugin.his.send;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.yuzui.plugin.his.hl7.Answer;
import org.yuzui.plugin.his.mllp.Sender;
import org.yuzui.plugin.his.mllp.Stopping;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.io.InterruptedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends a record and returns when it is accepted. While a line is down or a message isn't answered, it is tried again and all after
 * it wait, so that nothing passes by anything of the same patient. What is refused, and what isn't answered for longer than the
 * target's patience though the line is there, goes to the dead letters with the reason.
 */
final class Forwarding implements Processor {

    private static final long[] PAUSES = {0, 200, 1_000, 5_000, 15_000, 30_000};
    private static final long SLICE = 100;
    private static final int MAX_TEXT = 200;
    private static final int ID_DIGITS = 19;

    private final Target target;
    private final MessageOf messageOf;
    private final ProducerTemplate line;

    Forwarding(Target target, CamelContext context) throws Exception {
        this.target = target;
        this.messageOf = new MessageOf(target);
        this.line = context.createProducerTemplate();
        context.addService(line);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        JsonNode record = exchange.getMessage().getBody(JsonNode.class);
        if (!target.wants(record.path("unit").asText())) {
            return;
        }
        BooleanSupplier stopping = Stopping.of(exchange);
        String controlId = controlId(UUID.fromString(exchange.getMessage().getHeader(Headers.RECORD_ID, String.class)));
        byte[] message = messageOf.write(record, controlId);
        long sentFirst = 0;
        for (int tries = 0; ; tries++) {
            pause(PAUSES[Math.min(tries, PAUSES.length - 1)], stopping);
            Exchange attempt = line.send("direct:" + lineRoute(target), e -> {
                e.getMessage().setBody(message);
                e.setProperty(Sender.CONTROL_ID, controlId);
                e.setProperty(Sender.CHARSET, target.charset());
                e.setProperty(Sender.STOPPING, stopping);
            });
            Answer answer = attempt.getException() == null ? attempt.getMessage().getBody(Answer.class) : null;
            if (answer != null && answer.isAccepted()) {
                return;
            }
            if (answer != null && answer.isRefused()) {
                throw new RefusedException("answered-" + answer.code().toLowerCase(Locale.ROOT), "MSA-1",
                        target.name() + " answered " + answer.code() + said(answer));
            }
            boolean left = attempt.getProperty(Sender.SENT, false, Boolean.class);
            if (left && sentFirst == 0) {
                sentFirst = System.nanoTime();
            }
            if (left && System.nanoTime() - sentFirst > TimeUnit.MILLISECONDS.toNanos(target.patience())) {
                throw new RefusedException("no-answer", null, target.name() + " took the message " + (tries + 1)
                        + " times and never answered it. Look there whether it arrived before it is sent again.");
            }
        }
    }

    /** What was said, unless it may name a person. */
    private static String said(Answer answer) {
        String text = answer.text();
        return text.isEmpty() ? "." : text.matches("(?s).*\\d{15}.*") ? ", with a text that may name a person."
                : ": " + text.substring(0, Math.min(text.length(), MAX_TEXT));
    }

    static String lineRoute(Target target) {
        return "line-" + target.name();
    }

    private static void pause(long millis, BooleanSupplier stopping) throws InterruptedException, InterruptedIOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        do {
            if (stopping.getAsBoolean()) {
                throw new InterruptedIOException("The route stops; the record is sent when it runs again.");
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left > 0) {
                Thread.sleep(Math.min(left, SLICE));
            }
        } while (System.nanoTime() - end < 0);
    }

    /** The same for the same record, however often it is sent; short enough for HL7's older versions, which allow 20 characters. */
    private static String controlId(UUID record) {
        BigInteger number = new BigInteger(1, ByteBuffer.allocate(16).putLong(record.getMostSignificantBits())
                .putLong(record.getLeastSignificantBits()).array());
        String digits = "0".repeat(ID_DIGITS) + number.toString(36).toUpperCase(Locale.ROOT);
        return "Y" + digits.substring(digits.length() - ID_DIGITS);
    }
}
