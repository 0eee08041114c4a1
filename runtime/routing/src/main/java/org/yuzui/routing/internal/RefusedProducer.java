package org.yuzui.routing.internal;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.yuzui.records.Records;
import org.yuzui.records.Rehearsal;
import org.yuzui.spi.RefusedException;

/** {@code to: record:refused}: keeps the message with the reason that the route caught, once. */
final class RefusedProducer extends DefaultProducer {

    private final Records records;
    private final Owner owner;
    private final String contract;

    RefusedProducer(Endpoint endpoint, Records records, Owner owner, String contract) {
        super(endpoint);
        this.records = records;
        this.owner = owner;
        this.contract = contract;
    }

    @Override
    public void process(Exchange exchange) {
        if (Transaction.isRefusalKept(exchange)) {
            return;
        }
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        RefusedException reason = reason(caught);
        Rehearsal rehearsal = Transaction.rehearsal(exchange);
        if (rehearsal == null) {
            try {
                records.refuse(Origins.of(exchange, owner), contract, reason);
            } catch (RuntimeException e) {
                Transaction.troubled(exchange, e);
                throw e;
            }
        } else {
            rehearsal.refuse(reason);
        }
        Transaction.refusalKept(exchange, reason);
    }

    private static RefusedException reason(Throwable caught) {
        for (Throwable t = caught; t != null; t = t.getCause()) {
            if (t instanceof RefusedException refusal) {
                return refusal;
            }
        }
        if (caught == null) {
            return new RefusedException("refused", null, "The route refused it without saying why.");
        }
        return new RefusedException("failed", null, caught.getClass().getSimpleName()
                + (caught.getMessage() == null ? "" : ": " + caught.getMessage()));
    }
}
