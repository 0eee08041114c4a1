package org.yuzui.records.internal;

import org.yuzui.contracts.Capture;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.contracts.Contract;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;
import org.yuzui.records.Origin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * What is kept of records that are accepted: as much as their contract says, and each message once, however many records are made of it.
 * Thread-safe.
 */
final class Captures {

    /** The ledger would take a hop that comes a little later. */
    private static final Duration KNOWN = Ledger.AGAIN.minusMinutes(1);
    private static final int STRIPES = 16;
    private static final int EACH = 2_000;

    private final Ledger ledger;
    private final ToIntFunction<String> days;
    private final Clock clock;
    private final Map<Place, Instant>[] durable = stripes();
    /** Those of which it is not known whether they became durable, while records of them may have: the next hop brings them along. */
    private final Map<Place, Instant>[] doubtful = stripes();

    /** Where a message lies: what is kept for different times lies apart. */
    record Place(UUID message, int days) {
    }

    /** @param days how many days the hops of a contract are kept */
    Captures(Ledger ledger, ToIntFunction<String> days, Clock clock) {
        this.ledger = ledger;
        this.days = days;
        this.clock = clock;
    }

    /** What becomes of a record's content and of the message that it was made of. */
    Hop.Builder on(Hop.Builder hop, CheckedRecord record, Contract contract, Origin origin) {
        if (contract.capture().keeps(Capture.PUBLISHED) && !contract.stored()) {
            hop.content(record.bytes());
        }
        if (contract.capture().keeps(Capture.ARRIVAL) && origin.message() != null) {
            hop.message(origin.message().id());
        }
        return hop;
    }

    /** Whether the hop's message is durable, so that it need not come along. */
    boolean isDurable(Hop hop) {
        return hop.message() == null || holds(durable, place(hop));
    }

    /** The hop, and its message with it unless that is durable. */
    byte[] encode(Hop hop, Message message) {
        return isDurable(hop) ? ledger.encode(hop) : ledger.encode(hop, message);
    }

    /** A hop of a record that was there already: it brings along a message only when a former try may have lost it. */
    byte[] encodeAgain(Hop.Builder hop, Contract contract, Origin origin) {
        Hop plain = hop.build();
        if (origin.message() == null || !contract.capture().keeps(Capture.ARRIVAL)
                || !holds(doubtful, new Place(origin.message().id(), days.applyAsInt(plain.contract())))) {
            return ledger.encode(plain);
        }
        Hop speaking = hop.message(origin.message().id()).build();
        byte[] entry = ledger.encode(speaking, origin.message());
        remove(doubtful, place(speaking));
        return entry;
    }

    Place place(Hop hop) {
        return new Place(hop.message(), days.applyAsInt(hop.contract()));
    }

    /** The hop's message is durable now. */
    void durable(Hop hop) {
        if (hop.message() != null) {
            durable(place(hop));
        }
    }

    void durable(Place place) {
        put(durable, place);
    }

    void doubtful(Place place) {
        put(doubtful, place);
    }

    private boolean holds(Map<Place, Instant>[] all, Place place) {
        Map<Place, Instant> stripe = stripe(all, place);
        synchronized (stripe) {
            Instant since = stripe.get(place);
            return since != null && since.plus(KNOWN).isAfter(clock.instant());
        }
    }

    private void put(Map<Place, Instant>[] all, Place place) {
        Map<Place, Instant> stripe = stripe(all, place);
        synchronized (stripe) {
            stripe.putIfAbsent(place, clock.instant());
        }
    }

    private static void remove(Map<Place, Instant>[] all, Place place) {
        Map<Place, Instant> stripe = stripe(all, place);
        synchronized (stripe) {
            stripe.remove(place);
        }
    }

    private static Map<Place, Instant> stripe(Map<Place, Instant>[] all, Place place) {
        return all[place.hashCode() & STRIPES - 1];
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<Place, Instant>[] stripes() {
        Map<Place, Instant>[] stripes = new Map[STRIPES];
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Place, Instant> eldest) {
                    return size() > EACH;
                }
            };
        }
        return stripes;
    }
}
