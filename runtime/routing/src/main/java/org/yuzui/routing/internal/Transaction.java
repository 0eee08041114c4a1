package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.yuzui.records.Batch;
import org.yuzui.records.Delivered;
import org.yuzui.records.Rehearsal;
import org.yuzui.spi.RefusedException;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What a delivery's exchange carries about the transaction that it belongs to. */
final class Transaction {

    private static final String BATCH = "YuzuiBatch";
    private static final String PARENT = "YuzuiParent";
    private static final String KEPT = "YuzuiKept";
    /** What is refused of a message that goes in once more; the exchanges of a split share it with the one that they are made from. */
    private static final String AGAIN = "YuzuiAgain";
    private static final ThreadLocal<Rehearsal> REHEARSED_HERE = new ThreadLocal<>();

    private static final class Again {
        private volatile RefusedException refusal;
        private volatile Exception trouble;
        /** What a route had caught before it went on and published: it knew what to do. */
        private final Set<Throwable> overcome = ConcurrentHashMap.newKeySet();
    }

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
        exchange.setProperty(AGAIN, new Again());
    }

    /** Of a message that goes in once more: why it, or a part of it, was refused again; null when it was not. */
    static RefusedException refusedAgain(Exchange exchange) {
        return exchange.getProperty(AGAIN, Again.class).refusal;
    }

    /** Notes that the hub could not take what the exchange has, and did not refuse it either. */
    static void troubled(Exchange exchange, Exception trouble) {
        Again again = exchange.getProperty(AGAIN, Again.class);
        if (again != null) {
            again.trouble = trouble;
        }
    }

    /** Notes that the hub has taken it. */
    static void taken(Exchange exchange) {
        Again again = exchange.getProperty(AGAIN, Again.class);
        Throwable caught = again == null ? null : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (caught != null) {
            again.overcome.add(caught);
        }
    }

    /**
     * Of a message that goes in once more: what kept it out, though its route went on, as one does that asks its source to send again. The
     * source does not hear of it now, and nobody else would.
     *
     * @return null when it went in
     */
    static Exception troubledAgain(Exchange exchange) {
        Again again = exchange.getProperty(AGAIN, Again.class);
        if (again.trouble != null) {
            return again.trouble;
        }
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (caught == null || again.overcome.contains(caught) || isRefusal(caught)) {
            return null;
        }
        return caught instanceof Exception known ? known : new IllegalStateException(caught);
    }

    private static boolean isRefusal(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof RefusedException) {
                return true;
            }
        }
        return false;
    }

    /** Notes that the hub has kept the refusal of this exchange, so that it isn't kept twice. */
    static void refusalKept(Exchange exchange, RefusedException refusal) {
        exchange.setProperty(KEPT, refusal);
        Again again = exchange.getProperty(AGAIN, Again.class);
        if (again != null) {
            again.refusal = refusal;
        }
    }

    static boolean isRefusalKept(Exchange exchange) {
        return refusal(exchange) != null;
    }

    /** What was kept; null when nothing was refused. */
    static RefusedException refusal(Exchange exchange) {
        return exchange.getProperty(KEPT, RefusedException.class);
    }
}
