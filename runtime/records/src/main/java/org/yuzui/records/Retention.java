package org.yuzui.records;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.contracts.Contracts;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.internal.store.ExpiredRecords;
import org.yuzui.store.Store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;

/**
 * Removes what a contract's {@code x-retention} does not allow to keep any longer: the contents of a key, all versions of
 * it; what the ledger has kept as long as it was to be, messages among it; and replays that ended half a year ago. The time counts from the
 * record's day ({@code x-date}), and at most from its arrival: a record whose day lies in the future, or that has none, is not kept any longer
 * for that.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 1000;

    private final ExpiredRecords expired;
    private final Contracts contracts;
    private final Ledger ledger;
    private final Clock clock;

    /** @param clock in the zone in which days begin */
    public Retention(Store store, Contracts contracts, Ledger ledger, Clock clock) {
        this.expired = new ExpiredRecords(store.jdbi());
        this.contracts = contracts;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What a run removed.
     *
     * @param records contents, of all versions
     * @param tables  of the ledger, dropped whole
     */
    public record Removed(long records, long tables) {
    }

    /**
     * Removes in batches, each in a transaction of its own; when it fails or is interrupted the next run goes on.
     *
     * @throws InterruptedException when the thread is interrupted between two batches
     */
    public Removed run() throws InterruptedException {
        long records = 0;
        for (Map.Entry<String, Period> kept : contracts.retentions().entrySet()) {
            long removed = run(kept.getKey(), LocalDate.now(clock).minus(kept.getValue()));
            if (removed > 0) {
                LOG.info("Removed {} records of {}, which keeps {}", removed, kept.getKey(), kept.getValue());
            }
            records += removed;
        }
        Instant now = clock.instant();
        repeat(() -> expired.removeOldReplay(now.minus(Duration.ofDays(Ledger.KEEP))));
        return new Removed(records, ledger.forget(now));
    }

    private long run(String contract, LocalDate first) throws InterruptedException {
        Instant since = first.atStartOfDay(clock.getZone()).toInstant();
        expired.prepare(contract);
        return repeat(() -> expired.removeOldDays(contract, first, BATCH)) + repeat(() -> expired.removeOldArrivals(contract, since, BATCH));
    }

    private interface Step {
        int remove();
    }

    private static long repeat(Step step) throws InterruptedException {
        long all = 0;
        int removed;
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException("The run was cut short; the next one goes on.");
            }
            removed = step.remove();
            all += removed;
        } while (removed > 0);
        return all;
    }
}
