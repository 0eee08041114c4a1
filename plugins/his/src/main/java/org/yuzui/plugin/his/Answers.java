package org.yuzui.plugin.his;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.mllp.MllpConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.his.hl7.Acknowledgement;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Refusal;
import org.yuzui.plugin.his.mllp.Fault;
import org.yuzui.plugin.his.mllp.Listener;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.nio.charset.Charset;
import java.time.Clock;
import java.util.Optional;

/** The last step of {@code receive-visit}: writes what the sender is answered. */
public final class Answers {

    /** Whether the message was accepted, {@link Boolean}; absent until it was answered. */
    static final String ACCEPTED = "HisAccepted";
    /** Whether nothing was kept, so that it has to be sent again, {@link Boolean}. */
    static final String LATER = "HisLater";

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Acknowledgement acknowledgement;

    public Answers(Settings settings) {
        this(Clock.system(HisSettings.of(settings).zone()));
    }

    Answers(Clock clock) {
        this.acknowledgement = new Acknowledgement(clock);
    }

    /** AA. To be called only when what the message brought is durable. */
    public void accept(Exchange exchange) {
        exchange.setProperty(ACCEPTED, Boolean.TRUE);
        answer(exchange, acknowledgement.accepted(header(exchange).orElseThrow(), charset(exchange)));
    }

    /** AE or AR with the reason of the refusal that was caught. Who never began a message gets none: the line is closed. */
    public void refuse(Exchange exchange) {
        Fault fault = exchange.getMessage().getHeader(Listener.FAULT, Fault.class);
        if (fault != null && !fault.isOfMessage() && header(exchange).isEmpty()) {
            return;
        }
        RefusedException refused = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, RefusedException.class);
        answer(exchange, refused instanceof Refusal refusal
                ? acknowledgement.refused(header(exchange), charset(exchange), refusal)
                : acknowledgement.refused(header(exchange), charset(exchange), refused.code(), refused.place(),
                        refused.getMessage()));
    }

    /** AE because of passing trouble, which is logged. */
    public void later(Exchange exchange) {
        Exception trouble = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        LOG.warn("{} {}: answered AE try-again, for: {}", exchange.getMessage().getHeader(Headers.SOURCE),
                exchange.getMessage().getHeader(Headers.SOURCE_ID), String.valueOf(trouble));
        exchange.setProperty(LATER, Boolean.TRUE);
        answer(exchange, acknowledgement.later(header(exchange), charset(exchange)));
    }

    private static void answer(Exchange exchange, byte[] answer) {
        exchange.setProperty(MllpConstants.MLLP_ACKNOWLEDGEMENT, answer);
    }

    private static Optional<Header> header(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(MessageReader.HEADER, Header.class));
    }

    private static Charset charset(Exchange exchange) {
        return exchange.getProperty(MessageReader.CHARSET, Charset.class);
    }
}
