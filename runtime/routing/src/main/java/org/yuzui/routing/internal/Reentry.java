package org.yuzui.routing.internal;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.yuzui.records.Origin;
import org.yuzui.records.Rehearsal;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

/** Lets messages go through a route from its beginning, as if they had just come in. */
final class Reentry {

    private final CamelContext camel;
    private final ClassLoader classLoader;

    Reentry(CamelContext camel, ClassLoader classLoader) {
        this.camel = camel;
        this.classLoader = classLoader;
    }

    /**
     * @param origin  how it came then; its parent is the flow of the message, and what is made of it now is made from that
     * @param message its bytes, or a {@link KeptBody}
     * @throws RefusedException when the route refused it again; that is kept
     * @throws Exception        when it did not come to its end, also if the route has an answer for that
     */
    void enter(Origin origin, Object message) throws Exception {
        Exchange exchange = arriving(origin, message);
        Within.call(classLoader, () -> {
            camel.getRoute(origin.route()).getProcessor().process(exchange);
            return null;
        });
        throwTrouble(exchange);
        Exception trouble = Transaction.troubledAgain(exchange);
        if (trouble != null) {
            throw trouble;
        }
    }

    /** The same, and nothing becomes durable: see {@link Rehearsal}. */
    void rehearse(Origin origin, Object message, Rehearsal rehearsal) throws Exception {
        Exchange exchange = arriving(origin, message);
        exchange.getMessage().setHeader(Headers.TRIED, true);
        Transaction.rehearse(rehearsal, exchange, () -> Within.call(classLoader, () -> {
            camel.getRoute(origin.route()).getProcessor().process(exchange);
            return null;
        }));
        throwTrouble(exchange);
    }

    private Exchange arriving(Origin origin, Object message) {
        Exchange exchange = camel.getRoute(origin.route()).getEndpoint().createExchange();
        exchange.getMessage().setBody(message);
        exchange.getMessage().setHeader(Headers.SOURCE, origin.source());
        exchange.getMessage().setHeader(Headers.SOURCE_TYPE, origin.sourceType());
        exchange.getMessage().setHeader(Headers.SOURCE_ID, origin.sourceId());
        exchange.getExchangeExtension().setFromRouteId(origin.route());
        Transaction.again(exchange, origin.parent());
        return exchange;
    }

    private static void throwTrouble(Exchange exchange) throws Exception {
        RefusedException refusal = Transaction.refusedAgain(exchange);
        if (refusal != null) {
            throw refusal;
        }
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }
}
