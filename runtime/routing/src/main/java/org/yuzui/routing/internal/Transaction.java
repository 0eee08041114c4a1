package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.yuzui.records.Batch;
import org.yuzui.records.Delivered;
import org.yuzui.records.Rehearsal;
import org.yuzui.spi.RefusedException;

import java.util.UUID;

/** What a delivery's exchange carries about the transaction that it belongs to. */
final class Transaction {

    private static final String BATCH = "YuzuiBatch";
    private static final String PARENT = "YuzuiParent";
    private static final String KEPT = "YuzuiKept";
    private static final ThreadLocal<Rehearsal> REHEARSED_HERE = new ThreadLocal<>();

    private Transaction() {
    }

    static void begin(Exchange exchange, Batch batch, Delivered parent) {
        exchange.setProperty(BATCH, batch);
        if (parent != null) {
            exchange.setProperty(PARENT, parent.id());
        }
    }

    /** Null outside of a delivery. */
    static Batch batch(Exchange exchange) {
        Batch batch = exchange.getProperty(BATCH, Batch.class);
        return batch == null ? REHEARSED_HERE.get() : batch;
    }

    /** Of a message that is only tried; null otherwise. */
    static Rehearsal rehearsal(Exchange exchange) {
        return batch(exchange) instanceof Rehearsal rehearsal ? rehearsal : null;
    }

    /** Does something for a message that is only tried: also an exchange that a bean of the route makes on its own belongs to it then. */
    static void rehearse(Rehearsal rehearsal, Exchange exchange, Runnable work) {
        exchange.setProperty(BATCH, rehearsal);
        REHEARSED_HERE.set(rehearsal);
        try {
            work.run();
        } finally {
            REHEARSED_HERE.remove();
        }
    }

    static UUID parent(Exchange exchange) {
        return exchange.getProperty(PARENT, UUID.class);
    }

    /** A message that was refused goes in once more; what is made of it is made from that. */
    static void again(Exchange exchange, UUID refused) {
        exchange.setProperty(PARENT, refused);
    }

    /** Notes that the hub has kept the refusal of this exchange, so that it isn't kept twice. */
    static void refusalKept(Exchange exchange, RefusedException refusal) {
        exchange.setProperty(KEPT, refusal);
    }

    static boolean isRefusalKept(Exchange exchange) {
        return refusal(exchange) != null;
    }

    /** What was kept; null when nothing was refused. */
    static RefusedException refusal(Exchange exchange) {
        return exchange.getProperty(KEPT, RefusedException.class);
    }
}
