package org.yuzui.door;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.spi.RefusedException;

import java.util.function.Consumer;
import java.util.function.Function;

/** The way of what has come through a consumer's route, to its end. */
public final class Passage {

    private Passage() {
    }

    /**
     * Makes an exchange and waits until the route is done with it.
     *
     * @param fill puts in what has come
     * @param read takes out what is wanted; the exchange is released after it
     * @throws Exception what the route ended with and did not handle
     */
    public static <T> T through(DefaultConsumer consumer, Consumer<Exchange> fill, Function<Exchange, T> read) throws Exception {
        Exchange exchange = consumer.createExchange(false);
        try {
            consumer.createUoW(exchange);
            fill.accept(exchange);
            consumer.getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            return read.apply(exchange);
        } finally {
            consumer.doneUoW(exchange);
            consumer.releaseExchange(exchange, false);
        }
    }

    /** The refusal that the route has handled, which is kept by then; null for none. */
    public static RefusedException refusal(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof RefusedException refusal ? refusal : null;
    }
}
