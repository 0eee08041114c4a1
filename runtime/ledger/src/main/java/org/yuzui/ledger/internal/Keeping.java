package org.yuzui.ledger.internal;

import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Keepsake;
import org.yuzui.ledger.LedgerSettings;
import org.yuzui.ledger.Message;
import org.yuzui.store.Store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is kept beside hops: seals it on its way in, and opens it again. Small ones travel with the trail, large ones lie in files. */
final class Keeping {

    /** A message is not placed again when it came within this time before; a hop that speaks of it may be so much later. */
    static final Duration AGAIN = Duration.ofHours(1);
    /** Of other nodes' clocks. */
    private static final Duration AROUND = Duration.ofDays(1);

    private static final int AT_A_TIME = 20;
    /** Hops that speak of what a record came as; a delivery speaks of what was handed over. */
    private static final Set<HopKind> ARRIVED = EnumSet.of(HopKind.RECEIVED, HopKind.PUBLISHED, HopKind.IGNORED);

    private final PayloadCipher cipher;
    private final MessageFiles files;
    private final long large;
    private final Store store;

    Keeping(LedgerSettings settings, Store store) {
        this.cipher = PayloadCipher.open(settings.keyFile(), settings.cipher());
        this.files = new MessageFiles(settings.folder(), cipher.keys(), Clock.systemUTC()); // files carry the wall's time
        this.large = settings.large();
        this.store = store;
    }

    /** Seals it. When this returns a large one is on the disk. */
    KeptEntry entry(UUID id, Message message, boolean content, Instant placed, int keep) {
        if (message.size() >= large) {
            files.keep(message);
            return new KeptEntry(id, placed, keep, content, message.size(), message.sha256(), null);
        }
        return new KeptEntry(id, placed, keep, content, message.size(), null, cipher.seal(id, message.bytes()));
    }

    /** As it lies there. */
    private record Row(UUID id, Instant placed, boolean content, Long size, byte[] sha, byte[] sealed) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getObject("id", UUID.class), row.getObject("placed", OffsetDateTime.class).toInstant(),
                    row.getBoolean("content"), row.getObject("size", Long.class), row.getBytes("sha"), row.getBytes("sealed"));
        }
    }

    /** What the hops of a flow speak of, and what is the flow's own, by id. */
    Map<UUID, Keepsake> beside(Collection<Hop> hops) {
        Set<UUID> ids = hops.stream().flatMap(h -> Stream.of(h.flow(), h.message())).filter(Objects::nonNull).collect(Collectors.toSet());
        Map<UUID, Keepsake> found = new LinkedHashMap<>();
        hops.stream().map(Hop::at).min(Instant::compareTo).ifPresent(first -> each(ids, first,
                hops.stream().map(Hop::at).max(Instant::compareTo).orElse(first), row -> found.put(row.id(), keepsake(row))));
        return found;
    }

    private Keepsake keepsake(Row row) {
        try {
            if (row.sha() != null) {
                files.open(row.sha()).close();
                return new Keepsake(row.id(), row.placed(), row.content(), row.size(), HexFormat.of().formatHex(row.sha()), null);
            }
            Message message = Message.of(cipher.open(row.id(), row.sealed()));
            return new Keepsake(row.id(), row.placed(), row.content(), message.size(), HexFormat.of().formatHex(message.sha256()), null);
        } catch (ProblemException e) {
            return new Keepsake(row.id(), row.placed(), row.content(), row.size() == null ? 0 : row.size(), null, e.problem().code());
        } catch (IOException e) {
            return new Keepsake(row.id(), row.placed(), row.content(), row.size() == null ? 0 : row.size(), null, "payload-damaged");
        }
    }

    /** Its bytes, from the beginning; empty when it is not there any more. */
    Optional<InputStream> open(Keepsake keepsake) {
        List<Row> found = new ArrayList<>(1);
        each(List.of(keepsake.id()), keepsake.placed(), keepsake.placed(), found::add);
        return found.stream().findFirst().map(row -> row.sha() != null
                ? files.open(row.sha()) : new ByteArrayInputStream(cipher.open(row.id(), row.sealed())));
    }

    /**
     * The bounds let the database look into a few stretches only. Of one that was placed more than once the last one counts. Some at a time: a
     * flow may have thousands of deliveries, each with what was handed over.
     */
    private void each(Collection<UUID> ids, Instant first, Instant last, Consumer<Row> reader) {
        store.jdbi().useTransaction(h -> h.createQuery("""
                        SELECT DISTINCT ON (id) id, placed, content, size, sha, sealed FROM ledger.message
                        WHERE id = ANY (:ids) AND placed BETWEEN :first AND :last ORDER BY id, placed DESC""")
                .bind("ids", ids.toArray(UUID[]::new))
                .bind("first", FlowConditions.time(first.minus(AROUND))).bind("last", FlowConditions.time(last.plus(AROUND)))
                .setFetchSize(AT_A_TIME).map((row, context) -> Row.of(row)).forEach(reader));
    }

    /** What a flow came as: what was refused, or the message that its arrival speaks of, which may have brought others too; else its own. */
    Optional<Keepsake> arrival(UUID flow, List<Hop> hops) {
        Map<UUID, Keepsake> beside = beside(hops);
        Optional<Keepsake> own = Optional.ofNullable(beside.get(flow));
        return hops.stream().anyMatch(h -> h.kind() == HopKind.REFUSED) ? own
                : hops.stream().filter(h -> ARRIVED.contains(h.kind()) && beside.containsKey(h.message())).findFirst()
                        .map(h -> beside.get(h.message())).or(() -> own);
    }

    /** Of some flows those of which what they came as is kept. */
    Set<UUID> own(Collection<UUID> flows) {
        record Span(OffsetDateTime first, OffsetDateTime last) {
        }
        if (flows.isEmpty()) {
            return Set.of();
        }
        UUID[] ids = flows.toArray(UUID[]::new);
        return store.jdbi().withHandle(h -> {
            Span span = h.createQuery("SELECT min(first_at) AS first, max(last_at) AS last FROM ledger.flow WHERE id = ANY (:ids)")
                    .bind("ids", ids).map((row, context) -> new Span(row.getObject("first", OffsetDateTime.class),
                            row.getObject("last", OffsetDateTime.class))).one();
            return span.first() == null ? Set.of() : Set.copyOf(h.createQuery(
                            "SELECT id FROM ledger.message WHERE id = ANY (:ids) AND placed BETWEEN :first AND :last UNION "
                                    + "SELECT p.flow FROM ledger.hop p WHERE p.flow = ANY (:ids) AND p.at BETWEEN :first AND :last AND p.kind IN ("
                                    + ARRIVED.stream().map(k -> String.valueOf(k.ordinal())).collect(Collectors.joining(", "))
                                    + ") AND EXISTS (SELECT FROM ledger.message m WHERE m.id = p.message AND m.placed BETWEEN :first AND :last)")
                    .bind("ids", ids).bind("first", span.first().minus(AROUND)).bind("last", span.last().plus(AROUND))
                    .mapTo(UUID.class).list());
        });
    }

    /** Removes files that nothing speaks of. To be called when the trail is drained. */
    int sweep() {
        return files.sweep(names -> store.jdbi().withHandle(h -> h.createQuery(
                        "SELECT DISTINCT encode(sha, 'hex') FROM ledger.file WHERE sha IN (SELECT decode(n, 'hex') FROM unnest(:names) AS n)")
                .bind("names", names.toArray(String[]::new)).mapTo(String.class).set()));
    }
}
