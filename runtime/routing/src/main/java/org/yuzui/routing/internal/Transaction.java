package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.yuzui.records.Batch;
import org.yuzui.records.Delivered;

import java.util.UUID;

/** What a delivery's exchange carries about the transaction that it belongs to. */
final class Transaction {

    private static final String BATCH = "YuzuiBatch";
    private static final String PARENT = "YuzuiParent";
    private static final String KEPT = "YuzuiKept";

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
        return exchange.getProperty(BATCH, Batch.class);
    }

    static UUID parent(Exchange exchange) {
        return exchange.getProperty(PARENT, UUID.class);
    }

    /** Notes that the hub has kept the refusal of this exchange, so that it isn't kept twice. */
    static void refusalKept(Exchange exchange) {
        exchange.setProperty(KEPT, Boolean.TRUE);
    }

    static boolean isRefusalKept(Exchange exchange) {
        return exchange.getProperty(KEPT, false, Boolean.class);
    }
}
