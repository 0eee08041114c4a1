package org.yuzui.records.internal;

import org.yuzui.contracts.CheckedRecord;
import org.yuzui.contracts.Contract;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.Hop;
import org.yuzui.records.ArrivalDoor;
import org.yuzui.records.Draft;
import org.yuzui.records.Records;
import org.yuzui.records.Replays;
import org.yuzui.records.SubscriptionStatus;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What the pipeline lets a replay do with records that it had before: nothing else of it is seen from there. Thread-safe. */
public interface Workbench extends AutoCloseable {

    /** Makes what works at the bench; the pipeline does not know it. */
    @FunctionalInterface
    interface Works {
        Replays at(Workbench bench, Records records, ArrivalDoor door, Clock clock);
    }

    /** Empty when nobody brings it any more. */
    Optional<Contract> contract(String id);

    /**
     * Checks as a publication does; keeps nothing.
     *
     * @throws org.yuzui.spi.RefusedException it would be refused
     */
    CheckedRecord check(Draft draft);

    /** Whether the record is known to be durable; false only means that a commit would tell. */
    boolean isKnown(CheckedRecord record);

    /** What a pass does with a record that was chosen. */
    enum Deed { SEND_ON, DROP }

    /** What is told of a pass through dead letters, and what says how fast it may go and when it is over. */
    interface Pace {

        /** How many may be taken together at most; 0 for any. */
        int atOnce();

        /** How many may be taken now, waiting for it if need be; 0 to end. */
        int next(int most);

        /** Whether the hub goes on, so that there is time to put the rest in order. */
        boolean isOpen();

        /** These have left, durably. */
        void left(List<UUID> flows);
    }

    /**
     * One pass over what lies in a subscription's dead letters now, in the order in which it came to lie there. A record that leaves, its
     * hop, and its place in the subscription are one transaction; one that was not chosen goes back to the end, and all that follow with it.
     * Of one key the earlier one is sent on first, also when it lies behind the later one because it was sent on before and given up again.
     *
     * @param chosen the flows, by their ids
     * @param hop    of a record that leaves
     */
    void passDeadLetters(SubscriptionStatus subscription, Map<UUID, Flow> chosen, Deed deed, Function<Envelope, Hop> hop, Pace pace);

    /** Puts records into a subscription, behind those of their keys that wait there already; with their hops, in one transaction. */
    void sendAgain(String subscription, List<Envelope> records, Function<Envelope, Hop> hop);

    @Override
    void close();
}
