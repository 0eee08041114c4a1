package org.yuzui.ledger.internal;

import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A filter as SQL over {@code ledger.flow}: when a flow arrived, and all else.
 *
 * <p>Beside what says which flows these are stand hints: what follows from it, in words that an inverted index knows. They are left out where no
 * such index is used, since they take time and tell nothing new.
 */
final class FlowConditions {

    /** The last character there is: what begins with a prefix lies between the prefix and the prefix with this after it. */
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);
    private static final Set<FlowStatus> ORDINARY = EnumSet.of(FlowStatus.ACCEPTED, FlowStatus.DELIVERED);
    /** As the index has it. */
    private static final String WAYS = "ARRAY[plugin, route, contract, unit]";
    /** What the database itself makes of the text: which letters are the same in small is its own knowledge, and differs from Java's. */
    private static final String SPELLED = "('%' || regexp_replace(ledger.spelled(:plain), '([\\\\%_])', '\\\\\\1', 'g') || '%')";
    private static final String TROUBLED = "attention IS NOT NULL";
    private static final String ACCEPTED = "status = " + FlowStatus.ACCEPTED.ordinal();

    private static final String STATUS = "status";
    private static final String TEXT = "text";

    private enum Place { ANYWHERE, IDS, CAUSE }

    private final FlowFilter filter;
    private final List<String> times = new ArrayList<>();
    /** By what they are about, so that a narrower one takes the place of a wider one. */
    private final Map<String, String> conditions = new LinkedHashMap<>();
    private final Map<String, String> hints = new LinkedHashMap<>();
    private final Map<String, Object> binds = new LinkedHashMap<>();
    /** A condition that an index answers in the order of arrival; null for none. The rarest kind comes first. */
    private String ordered;
    private Instant since;
    private Instant until;

    FlowConditions(FlowFilter filter, Terms terms) {
        this.filter = filter;
        if (filter.from() != null) {
            since(filter.from());
        }
        if (filter.to() != null) {
            until(filter.to());
        }
        List<String> ways = new ArrayList<>();
        for (String[] way : new String[][] {{"contract", filter.contract()}, {"plugin", filter.plugin()}, {"route", filter.route()}}) {
            if (way[1] != null) {
                add(way[0] + " = :" + way[0], way[0], way[1]);
                ways.add(way[1]);
            }
        }
        if (filter.units() != null) {
            units(filter.units(), ways);
        }
        if (!ways.isEmpty()) {
            hint(WAYS + " @> CAST(:ways AS text[])", "ways", ways.toArray(String[]::new));
        }
        if (filter.keyPrefix() != null && !filter.keyPrefix().isEmpty()) {
            add("key >= :key AND key < :keyEnd", "key", filter.keyPrefix());
            binds.put("keyEnd", filter.keyPrefix() + LAST_CHARACTER);
        }
        if (filter.fields() != null) {
            int[] n = {0};
            filter.fields().forEach((name, value) -> add("terms && :field" + n[0], "field" + n[0]++, terms.candidates(name, value)));
        }
        if (filter.parent() != null) {
            add("terms && :parent", "parent", new Long[] {Terms.madeFrom(filter.parent())});
        }
        if (filter.cause() != null) {
            order("cause", "cause_print = :print AND " + TROUBLED);
            binds.put("print", print(filter.cause()));
        }
        if (filter.causeCode() != null) {
            order("causeCode", "cause_code = :causeCode");
            binds.put("causeCode", filter.causeCode());
        }
        if (filter.statuses() != null) {
            statuses(filter.statuses());
        }
        text(Place.ANYWHERE);
    }

    private FlowConditions(FlowConditions from) {
        filter = from.filter;
        times.addAll(from.times);
        conditions.putAll(from.conditions);
        hints.putAll(from.hints);
        binds.putAll(from.binds);
        ordered = from.ordered;
        since = from.since;
        until = from.until;
    }

    /**
     * Conditions that together meet the same flows, each with an index of its own: a text in ids or in causes; statuses one by one; what hangs,
     * and what may still go on. A flow may meet more than one of them.
     *
     * @param watched since when those that hang are not marked yet
     */
    List<FlowConditions> apart(Supplier<Instant> watched) {
        return Stream.of(this)
                .flatMap(c -> hasText() ? Stream.of(c.copy().text(Place.IDS), c.copy().text(Place.CAUSE)) : Stream.of(c))
                .flatMap(c -> c.isFoundByStatus() ? filter.statuses().stream().sorted().map(s -> c.copy().only(s)) : Stream.of(c))
                .flatMap(c -> ACCEPTED.equals(c.conditions.get(STATUS)) ? Stream.of(c.copy().hanging(), c.copy().lately(watched.get())) : Stream.of(c))
                .toList();
    }

    private FlowConditions copy() {
        return new FlowConditions(this);
    }

    /** Whether each of some statuses is better looked for by itself: they are all that is asked for, or one of them has an index of its own. */
    private boolean isFoundByStatus() {
        return binds.containsKey("statuses") && !filter.statuses().contains(FlowStatus.DELIVERED)
                && (conditions.size() == 1 || filter.statuses().contains(FlowStatus.ACCEPTED) || filter.statuses().contains(FlowStatus.SETTLED));
    }

    private FlowConditions only(FlowStatus status) {
        ordered = TROUBLED.equals(ordered) ? null : ordered;
        statuses(Set.of(status));
        return this;
    }

    private FlowConditions hanging() {
        order(STATUS, ACCEPTED + " AND hangs");
        return this;
    }

    private FlowConditions lately(Instant watched) {
        times.add("first_at >= :watched");
        binds.put("watched", time(watched));
        since = since == null || since.isBefore(watched) ? watched : since;
        return this;
    }

    private boolean hasText() {
        return filter.text() != null && !filter.text().isBlank();
    }

    /** Replaces what was said of another place. */
    private FlowConditions text(Place place) {
        if (!hasText()) {
            return this;
        }
        String text = filter.text().strip();
        String ids = "key ILIKE :text OR source_id ILIKE :text";
        String cause = "cause ILIKE :text";
        String spelledIds = "ledger.spelled(ledger.flow_ids(key, source_id)) LIKE " + SPELLED;
        String spelledCause = "cause IS NOT NULL AND ledger.spelled(cause) LIKE " + SPELLED;
        conditions.put(TEXT, switch (place) {
            case ANYWHERE -> "(" + ids + " OR " + cause + ")";
            case IDS -> "(" + ids + ")";
            case CAUSE -> cause;
        });
        hints.put(TEXT, switch (place) {
            case ANYWHERE -> "(" + spelledIds + " OR " + spelledCause + ")";
            case IDS -> spelledIds;
            case CAUSE -> spelledCause;
        });
        binds.put("text", "%" + escaped(text) + "%");
        binds.put("plain", text);
        if (place == Place.CAUSE && ordered == null) {
            ordered = "cause IS NOT NULL";
        }
        return this;
    }

    /** Only what somebody should look at; there is an index of it, which is small. */
    FlowConditions attention() {
        conditions.put("attention", TROUBLED);
        ordered = ordered == null ? TROUBLED : ordered;
        return this;
    }

    /** Only what has stopped, or is about to: not what was ignored, as somebody has set it. */
    FlowConditions stopped() {
        conditions.put("stopped", "attention IN (" + FlowStatus.RETRYING.ordinal() + ", " + FlowStatus.DEAD.ordinal() + ", "
                + FlowStatus.REFUSED.ordinal() + ")");
        return attention();
    }

    /** One more condition, with one value; it and its value have one name. */
    FlowConditions add(String sql, String name, Object value) {
        conditions.put(name, sql);
        binds.put(name, value);
        return this;
    }

    private void hint(String sql, String name, Object value) {
        hints.put(name, sql);
        binds.put(name, value);
    }

    private void order(String about, String sql) {
        conditions.put(about, sql);
        ordered = ordered == null ? sql : ordered;
    }

    /** Only what comes after a flow on the pages, the newest first. */
    FlowConditions after(Instant firstAt, Object id) {
        times.add("(first_at, id) < (:cursorAt, :cursorId)");
        binds.put("cursorAt", time(firstAt));
        binds.put("cursorId", id);
        Instant included = firstAt.plusNanos(1_000);
        until = until == null || included.isBefore(until) ? included : until;
        return this;
    }

    private static String escaped(String text) {
        return text.replaceAll("[\\\\%_]", "\\\\$0");
    }

    private void since(Instant at) {
        times.add("first_at >= :from");
        binds.put("from", time(at));
        since = at;
    }

    private void until(Instant at) {
        times.add("first_at < :to");
        binds.put("to", time(at));
        until = at;
    }

    private void units(Set<String> units, List<String> ways) {
        if (units.size() == 1) {
            String unit = units.iterator().next();
            add("unit = :unit", "unit", unit);
            ways.add(unit);
        } else {
            add("unit = ANY (:units)", "units", units.toArray(String[]::new));
            hints.put("units", WAYS + " && CAST(:units AS text[])");
        }
    }

    private void statuses(Set<FlowStatus> statuses) {
        if (statuses.size() == 1) {
            FlowStatus status = statuses.iterator().next();
            if (status == FlowStatus.SETTLED) {
                order(STATUS, "settled");
            } else if (ORDINARY.contains(status)) {
                conditions.put(STATUS, "status = " + status.ordinal());
            } else {
                order(STATUS, "attention = " + status.ordinal());
            }
            return;
        }
        Short[] numbers = statuses.stream().map(s -> (short) s.ordinal()).toArray(Short[]::new);
        boolean all = statuses.stream().anyMatch(s -> ORDINARY.contains(s) || s == FlowStatus.SETTLED);
        conditions.put(STATUS, (all ? "status" : "attention") + " = ANY (:statuses)");
        binds.put("statuses", numbers);
        if (!all && ordered == null) {
            ordered = TROUBLED;
        }
    }

    /** Whether one index answers all of it in the order of arrival, so that the newest ones are found at once. */
    boolean isOrdered() {
        return conditions.isEmpty() || conditions.size() == 1 && conditions.containsValue(ordered)
                // Nearly all are: the newest ones are soon found.
                || conditions.size() == 1 && conditions.containsValue("status = " + FlowStatus.DELIVERED.ordinal());
    }

    /** First arrival at or after; null for any. */
    Instant since() {
        return since;
    }

    /** First arrival before; null for any. */
    Instant until() {
        return until;
    }

    /** {@code WHERE …} of everything, or nothing. */
    String where() {
        List<String> all = new ArrayList<>(times);
        all.addAll(conditions.values());
        return where(all);
    }

    /** With the hints, for where the inverted indexes are to be used. */
    String whereByIndex() {
        List<String> all = new ArrayList<>(times);
        all.addAll(conditions.values());
        all.addAll(hints.values());
        return where(all);
    }

    /** Of the times, and of what an index answers in their order: what is walked over. */
    String whereWalked() {
        List<String> walked = new ArrayList<>(times);
        if (ordered != null) {
            walked.add(ordered);
        }
        return where(walked);
    }

    /** Of all but the times. */
    String whereElse() {
        return where(conditions.values());
    }

    private static String where(Collection<String> conditions) {
        return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions) + " ";
    }

    /** A statement need not speak of all values. */
    <T extends SqlStatement<T>> T bind(T statement) {
        statement.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        binds.forEach(statement::bind);
        return statement;
    }

    static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    static String id(long print) {
        return "%016x".formatted(print);
    }

    private static long print(String id) {
        if (!id.matches("[0-9a-f]{16}")) {
            throw new ProblemException(new Problem("bad-cause", "cause", "'" + id + "' is no group of causes.",
                    "Take the id of a group as the list of causes gives it."));
        }
        return Long.parseUnsignedLong(id, 16);
    }
}
