package org.yuzui.ledger.internal;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowPage;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;
import org.yuzui.store.Store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the ledger. */
final class FlowSearch {

    private static final int MOST = 500;

    static final String COLUMNS = "id, status, contract, key, unit, plugin, route, source, source_type, source_id, last_at, arrivals, hops, "
            + "size, cause_code, cause, cause_print";
    private static final String FLOW = "SELECT " + COLUMNS + ", first_at FROM ledger.flow ";

    // The bounds let the database look into the flow's own days only.
    private static final String HOPS = """
            SELECT h.*, f.contract, f.key, f.unit
            FROM ledger.flow f JOIN ledger.hop h ON h.flow = f.id
            WHERE f.id = :id AND h.flow = :id AND h.at BETWEEN :first AND :last
            """;
    private static final String EARLIEST_FIRST = "ORDER BY h.at, h.id";

    private final Store store;
    private final NewestFlows newest;
    private final Terms terms;

    FlowSearch(Store store, Terms terms) {
        this.store = store;
        this.newest = new NewestFlows(store);
        this.terms = terms;
    }

    FlowPage find(FlowQuery query) {
        if (query.limit() < 1 || query.limit() > MOST) {
            throw new ProblemException(new Problem("bad-limit", "limit", "The limit " + query.limit() + " is not in 1 to " + MOST + ".", null));
        }
        FlowConditions conditions = new FlowConditions(query.filter(), terms);
        if (query.cursor() != null) {
            String[] cursor = decode(query.cursor());
            conditions.after(HopCodec.instant(Long.parseLong(cursor[0])), UUID.fromString(cursor[1]));
        }
        List<Flow> found = newest.find(conditions, COLUMNS, query.limit() + 1, (row, context) -> flow(row));
        if (found.size() <= query.limit()) {
            return new FlowPage(List.copyOf(found), null);
        }
        List<Flow> page = List.copyOf(found.subList(0, query.limit()));
        return new FlowPage(page, cursor(page.get(page.size() - 1)));
    }

    void each(FlowFilter filter, Set<UUID> only, Consumer<Flow> reader) {
        FlowConditions conditions = new FlowConditions(filter, terms);
        if (only != null) {
            conditions.add("id = ANY (:only)", "only", only.toArray(UUID[]::new));
        }
        String sql = FLOW + conditions.whereByIndex() + "ORDER BY first_at, id";
        // Only within a transaction does the driver fetch a part at a time.
        store.jdbi().useTransaction(h -> {
            try (Stream<Flow> flows = conditions.bind(h.createQuery(sql).setFetchSize(1000)).map((row, context) -> flow(row)).stream()) {
                flows.forEach(reader);
            }
        });
    }

    Optional<Flow> flow(UUID id) {
        return store.jdbi().withHandle(h ->
                h.createQuery(FLOW + "WHERE id = :id").bind("id", id).map((row, context) -> flow(row)).findOne());
    }

    /** Of a flow that goes on and on, as one of a sender that repeats a message for ever, its beginning and its end. */
    List<Hop> hops(UUID id) {
        Flow flow = flow(id).orElse(null);
        if (flow == null) {
            return List.of();
        }
        if (flow.hops() <= Ledger.FIRST_HOPS + Ledger.LAST_HOPS) {
            return hops(flow, EARLIEST_FIRST);
        }
        List<Hop> hops = new ArrayList<>(hops(flow, EARLIEST_FIRST + " LIMIT " + Ledger.FIRST_HOPS));
        List<Hop> last = hops(flow, "ORDER BY h.at DESC, h.id DESC LIMIT " + Ledger.LAST_HOPS);
        for (int i = last.size() - 1; i >= 0; i--) {
            hops.add(last.get(i));
        }
        return List.copyOf(hops);
    }

    private List<Hop> hops(Flow flow, String order) {
        return store.jdbi().withHandle(h -> h.createQuery(HOPS + order)
                .bind("id", flow.id()).bind("first", FlowConditions.time(flow.firstAt())).bind("last", FlowConditions.time(flow.lastAt()))
                .map((row, context) -> hop(row)).list());
    }

    boolean passed(UUID id, String source) {
        return flow(id).map(flow -> store.jdbi().withHandle(h -> h.createQuery("SELECT EXISTS (" + HOPS + "AND h.source = :source)")
                .bind("id", id).bind("first", FlowConditions.time(flow.firstAt())).bind("last", FlowConditions.time(flow.lastAt()))
                .bind("source", source).mapTo(Boolean.class).one())).orElse(false);
    }

    static Flow flow(ResultSet row) throws SQLException {
        Long print = row.getObject("cause_print", Long.class);
        return new Flow(row.getObject("id", UUID.class), FlowStatus.values()[row.getInt("status")], row.getString("contract"),
                row.getString("key"), row.getString("unit"), row.getString("plugin"), row.getString("route"), row.getString("source"),
                row.getString("source_type"), row.getString("source_id"), instant(row, "first_at"), instant(row, "last_at"),
                row.getInt("arrivals"), row.getInt("hops"), row.getLong("size"), row.getString("cause_code"), row.getString("cause"),
                print == null ? null : FlowConditions.id(print));
    }

    private static Hop hop(ResultSet row) throws SQLException {
        return Hop.of(row.getObject("flow", UUID.class), HopKind.values()[row.getInt("kind")], instant(row, "at"))
                .in(row.getString("plugin"), row.getString("version"), row.getString("route"))
                .record(row.getString("contract"), row.getString("key"), row.getString("unit"))
                .subscription(row.getString("subscription"))
                .from(row.getString("source"), row.getString("source_type"), row.getString("source_id"))
                .parent(row.getObject("parent", UUID.class))
                .took(row.getLong("micros"))
                .size(row.getLong("size"))
                .cause(row.getString("cause_code"), row.getString("cause"))
                .keep(row.getInt("keep"))
                .message(row.getObject("message", UUID.class))
                .node(row.getString("node"))
                .build();
    }

    private static String cursor(Flow last) {
        String text = HopCodec.micros(last.firstAt()) + ":" + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Time in microseconds, and id. */
    private static String[] decode(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            // Further than a hub counts, and before 1970, nothing arrives; and the database does not count endlessly.
            if (text.matches("\\d{1,18}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
                return text.split(":");
            }
        } catch (IllegalArgumentException e) {
            throw badCursor(e);
        }
        throw badCursor(null);
    }

    private static ProblemException badCursor(Exception cause) {
        return new ProblemException(new Problem("bad-cursor", "cursor", "This is no cursor of a page before.",
                "Begin again without a cursor."), cause);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
