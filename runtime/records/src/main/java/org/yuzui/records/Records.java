package org.yuzui.records;

import org.yuzui.broker.Broker;
import org.yuzui.contracts.Contracts;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.internal.RecordPipeline;
import org.yuzui.records.internal.replay.ReplayRunner;
import org.yuzui.rules.Rules;
import org.yuzui.spi.RefusedException;
import org.yuzui.store.Store;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** The hub's record pipeline. Thread-safe. */
public interface Records extends AutoCloseable {

    /**
     * Opens the pipeline and goes on writing what a former run left in the store's queues.
     *
     * @param unitKnown whether a unit code is in the unit tree
     */
    static Records open(Broker broker, Store store, Contracts contracts, Rules rules, Ledger ledger, Predicate<String> unitKnown,
                        Clock clock) {
        return new RecordPipeline(broker, store, contracts, rules, ledger, unitKnown, clock,
                (bench, records, door, steady) -> new ReplayRunner(store, broker, ledger, bench, records, door, steady));
    }

    /**
     * Checks, dedupes and makes durable; returns when the broker's journal is synced.
     *
     * @throws org.yuzui.contracts.ContractViolationException when the record breaks its contract; it is kept as refused
     * @throws RefusedException when a rule of the contract or the unit says no, or the contract isn't known; it is kept as
     *                          refused
     * @throws org.yuzui.broker.BrokerException when it can't be made durable now: the source must send again
     */
    Publication publish(Draft draft);

    /**
     * Publishes several, each as by {@link #publish}, with as few journal syncs as possible. A record that is refused keeps
     * none of the others back.
     *
     * @return one for each, in their order
     * @throws RefusedException the first refusal, when the others are durable; a repetition of all is safe
     * @throws org.yuzui.broker.BrokerException when one of them can't be made durable now; others may be
     */
    List<Publication> publishAll(List<Draft> drafts);

    /**
     * Keeps a message that never became a record, with the reason; returns when that is durable.
     *
     * @param contract the contract that it was meant for; may be null
     * @return the id of its flow
     */
    UUID refuse(Origin origin, String contract, RefusedException reason);

    /** Notes a message that was accepted by setting without becoming a record; returns when that is durable. */
    UUID ignore(Origin origin, String remark);

    /**
     * Adds a named durable reader of a contract's records. Records wait for it in the broker from the first time that the
     * name is used; closing stops reading, the queue stays. It waits for the records that are being delivered and returns
     * as soon as those are committed; what was taken and not begun goes back. When the closing thread is interrupted so
     * are the readers.
     */
    Registration subscribe(String contract, SubscriptionSettings settings, Reader reader);

    /** The ids of the contracts that can be published now. */
    default List<String> contracts() {
        return List.of();
    }

    RecordStore store();

    /** Nothing runs before {@link Replays#goOn}. To be closed before the pipeline is. */
    Replays replays(ArrivalDoor door);

    /** Every subscription of which a queue exists. */
    List<SubscriptionStatus> subscriptions();

    /** Stops all reading; waits for the deliveries under way. */
    @Override
    void close();
}
