package org.yuzui.records.internal.store;

import org.jdbi.v3.core.Jdbi;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Deletes from {@code records.record}. A key goes as a whole when its newest content is too old, so that the versions of
 * a key that comes again begin anew; older contents go when they are too old themselves.
 */
public final class ExpiredRecords {

    private static final String DELETE = """
            WITH old AS (SELECT id, key, latest FROM records.record WHERE contract = :contract AND %s LIMIT :most)
            DELETE FROM records.record r USING old
            WHERE r.contract = :contract AND (r.id = old.id OR old.latest AND r.key = old.key)""";

    private final Jdbi jdbi;

    public ExpiredRecords(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Days have an index; arrivals get one for this contract only, when it is first looked through. */
    public void prepare(String contract) {
        jdbi.useHandle(h -> h.execute("CREATE INDEX IF NOT EXISTS retention_" + Integer.toHexString(contract.hashCode())
                + " ON records.record (arrived_at) WHERE contract = '" + contract.replace("'", "''") + "'"));
    }

    /** Those whose day is before the first that is kept. */
    public int removeOldDays(String contract, LocalDate first, int most) {
        return jdbi.withHandle(h -> h.createUpdate(DELETE.formatted("day < :first"))
                .bind("contract", contract).bind("first", first).bind("most", most).execute());
    }

    /** Those that arrived before. */
    public int removeOldArrivals(String contract, Instant since, int most) {
        // The contract stands in the text as well, so that its own index is found.
        return jdbi.withHandle(h -> h.createUpdate(DELETE.formatted("arrived_at < :since AND contract = '"
                        + contract.replace("'", "''") + "'"))
                .bind("contract", contract).bind("since", since.atOffset(ZoneOffset.UTC)).bind("most", most).execute());
    }

    /** One replay that ended before, with what it did to each flow; the audit knows who had it done. */
    public int removeOldReplay(Instant since) {
        return jdbi.withHandle(h -> h.createUpdate("""
                        DELETE FROM records.replay WHERE id = (SELECT min(id) FROM records.replay WHERE ended_at < :since)""")
                .bind("since", since.atOffset(ZoneOffset.UTC)).execute());
    }
}
