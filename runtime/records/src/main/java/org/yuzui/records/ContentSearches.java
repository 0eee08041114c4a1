package org.yuzui.records;

import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.internal.store.PacedSearches;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Looks for texts in the contents of records. No index has them, so every content is opened: what that costs is said first, and nothing is
 * looked through before somebody starts it. Two look at a time, and each rests as long as it works. Searches live in memory: they
 * end with the hub. Thread-safe.
 */
public interface ContentSearches extends AutoCloseable {

    int MOST_HITS = 500;

    /**
     * @param more what else is looked into, of flows in whose stored content the text is not: messages that were kept, for those who may read
     *             them
     */
    static ContentSearches open(Ledger ledger, RecordStore store, BiPredicate<Flow, String> more, Clock clock) {
        return new PacedSearches(ledger, store, more, clock);
    }

    /** In what is stored, masked. */
    static ContentSearches open(Ledger ledger, RecordStore store, Clock clock) {
        return open(ledger, store, (flow, text) -> false, clock);
    }

    /**
     * Says what it would cost.
     *
     * @throws org.yuzui.kernel.ProblemException {@code too-many-searches} when 32 wait or look already, {@code bad-cause}
     */
    ContentSearch ask(FlowFilter filter, String text, String who);

    /** Those that ended are forgotten after an hour, and before that when there are more than 32. */
    Optional<ContentSearch> find(long id);

    /** Begins one that was only asked for; nothing otherwise. */
    void start(long id);

    /** Ends it; what it has found stays. */
    void stop(long id);

    /** Tells of each that went on or ended. Must return quickly. */
    Registration listen(Consumer<ContentSearch> listener);

    @Override
    void close();
}
