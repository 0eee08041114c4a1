package org.yuzui.ledger.internal;

import org.yuzui.store.Store;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes what is kept beside hops. Callers take turns, see {@link HopWriter}: what is looked for stays away until it is written. */
final class KeptRows {

    // The bound lets the database look into the last stretches only.
    private static final String FIND_MESSAGES = "SELECT id, keep, placed FROM ledger.message WHERE id = ANY (?) AND placed > ?";

    private static final String INSERT_FILE = "INSERT INTO ledger.file (sha, keep, placed) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    private record MessageKey(UUID id, int keep) {
    }

    private final Store store;

    KeptRows(Store store) {
        this.store = store;
    }

    /**
     * Without looking what is there: who sends them knows what is durable. One that another node has, or that the sender forgot, takes a second
     * place, and the last one counts.
     *
     * @throws SQLException also of a unique violation, when one comes again as it is
     */
    void place(Connection c, List<KeptEntry> kept) throws SQLException, IOException {
        if (!kept.isEmpty()) {
            place(c, kept, Map.of());
        }
    }

    /** One that comes again soon is there already, and is not placed again. */
    void placeMissing(Connection c, List<KeptEntry> kept) throws SQLException, IOException {
        if (!kept.isEmpty()) {
            place(c, kept, messages(c, kept));
        }
    }

    private void place(Connection c, List<KeptEntry> kept, Map<MessageKey, Instant> there) throws SQLException, IOException {
        Map<MessageKey, KeptEntry> first = new HashMap<>(kept.size() * 2);
        for (KeptEntry entry : kept) {
            MessageKey key = new MessageKey(entry.id(), entry.keep());
            Instant before = there.get(key);
            if (before == null || !before.isAfter(entry.placed().minus(Keeping.AGAIN))) {
                first.merge(key, entry, (a, b) -> b.placed().isBefore(a.placed()) ? b : a);
            }
        }
        if (!first.isEmpty()) {
            List<KeptEntry> placed = first.values().stream().sorted(Comparator.comparing(KeptEntry::id, HopBatch.BY_BYTES)).toList();
            store.copy(c, "COPY ledger.message (" + LedgerRows.MESSAGE_COLUMNS + ") FROM STDIN (FORMAT binary)",
                    out -> LedgerRows.messages(out, placed));
        }
        for (KeptEntry entry : kept) {
            if (entry.sha() != null) {
                try (PreparedStatement insert = c.prepareStatement(INSERT_FILE)) {
                    insert.setBytes(1, entry.sha());
                    insert.setInt(2, entry.keep());
                    insert.setObject(3, FlowConditions.time(entry.placed()));
                    insert.executeUpdate();
                }
            }
        }
    }

    /** When those were placed last that may be there. */
    private static Map<MessageKey, Instant> messages(Connection c, List<KeptEntry> kept) throws SQLException {
        Map<MessageKey, Instant> there = new HashMap<>();
        Instant since = kept.stream().map(KeptEntry::placed).min(Instant::compareTo).orElseThrow().minus(Keeping.AGAIN);
        Array ids = c.createArrayOf("uuid", kept.stream().map(KeptEntry::id).distinct().sorted(HopBatch.BY_BYTES).toArray());
        try (PreparedStatement find = c.prepareStatement(FIND_MESSAGES)) {
            find.setArray(1, ids);
            find.setObject(2, FlowConditions.time(since));
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    there.merge(new MessageKey(rows.getObject(1, UUID.class), rows.getInt(2)),
                            rows.getObject(3, OffsetDateTime.class).toInstant(), (a, b) -> b.isAfter(a) ? b : a);
                }
            }
        } finally {
            ids.free();
        }
        return there;
    }
}
