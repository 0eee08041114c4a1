package org.yuzui.access.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.access.Audit;
import org.yuzui.access.AuditEntry;
import org.yuzui.access.AuditPage;
import org.yuzui.access.AuditQuery;
import org.yuzui.access.Principal;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.store.Store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** {@code access.audit}. */
public final class StoredAudit implements Audit {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() { };

    private final Store store;
    private final Clock clock;

    public StoredAudit(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void record(Principal who, String act, String object, String reason, Map<String, String> details) {
        Map<String, String> said = new TreeMap<>(details);
        said.values().removeIf(Objects::isNull);
        said.replaceAll((name, value) -> stored(value));
        store.jdbi().useHandle(h -> h.createUpdate("""
                        INSERT INTO access.audit (at, who, act, object, reason, details)
                        VALUES (:at, :who, :act, :object, :reason, CAST(:details AS jsonb))""")
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC)).bind("who", who.name()).bind("act", act)
                .bind("object", stored(object)).bind("reason", stored(reason)).bind("details", json(said)).execute());
    }

    @Override
    public AuditPage find(AuditQuery query) {
        List<AuditEntry> found = store.jdbi().withHandle(h -> h.createQuery("""
                        SELECT number, at, who, act, object, reason, details FROM access.audit
                        WHERE (CAST(:before AS bigint) IS NULL OR number < :before)
                          AND (CAST(:act AS text) IS NULL OR act = :act)
                          AND (CAST(:object AS text) IS NULL OR object = :object OR starts_with(object, :object || '/'))
                          AND (CAST(:who AS text) IS NULL OR who = :who)
                          AND (CAST(:from AS timestamptz) IS NULL OR at >= :from)
                          AND (CAST(:to AS timestamptz) IS NULL OR at < :to)
                        ORDER BY number DESC LIMIT :most""")
                .bind("before", number(query.cursor())).bind("act", query.act()).bind("object", query.object())
                .bind("who", query.who()).bind("from", utc(query.from())).bind("to", utc(query.to()))
                .bind("most", query.limit() + 1)
                .map((row, context) -> entry(row)).list());
        boolean more = found.size() > query.limit();
        List<AuditEntry> page = more ? found.subList(0, query.limit()) : found;
        return new AuditPage(page, more ? Long.toString(page.get(page.size() - 1).number()) : null);
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        try {
            return new AuditEntry(row.getLong("number"), row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("who"),
                    row.getString("act"), row.getString("object"), row.getString("reason"),
                    JSON.readValue(row.getString("details"), TEXTS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The audit holds details that are no texts.", e);
        }
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static Long number(String cursor) {
        try {
            return cursor == null ? null : Long.valueOf(cursor);
        } catch (NumberFormatException e) {
            throw new ProblemException(new Problem("bad-cursor", null, "'" + cursor + "' is not the cursor of a page.",
                    "Pass 'next' of the page before, as it is."), e);
        }
    }

    /** No text of the database can hold U+0000; a caller who sends one is audited all the same. */
    private static String stored(String text) {
        return text == null ? null : text.replace("\0", "");
    }

    private static String json(Map<String, String> details) {
        try {
            return JSON.writeValueAsString(details);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Details that are no texts.", e);
        }
    }
}
