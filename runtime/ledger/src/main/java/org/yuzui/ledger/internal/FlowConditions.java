package org.yuzui.ledger.internal;

import org.jdbi.v3.core.statement.SqlStatement;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A filter as SQL over {@code ledger.flow}: when a flow arrived, and all else. */
final class FlowConditions {

    /** The last character there is: what begins with a prefix lies between the prefix and the prefix with this after it. */
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);
    private static final Set<FlowStatus> ORDINARY = EnumSet.of(FlowStatus.ACCEPTED, FlowStatus.DELIVERED);

    private final List<String> times = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> binds = new LinkedHashMap<>();
    /** Conditions that no index answers in the order of arrival. */
    private int unordered;
    private Instant since;
    private Instant until;

    FlowConditions(FlowFilter filter, Terms terms) {
        equal("contract", filter.contract());
        equal("cause_code", filter.causeCode());
        way("plugin", filter.plugin());
        way("route", filter.route());
        if (filter.keyPrefix() != null && !filter.keyPrefix().isEmpty()) {
            add("key >= :key AND key < :keyEnd", "key", filter.keyPrefix());
            binds.put("keyEnd", filter.keyPrefix() + LAST_CHARACTER);
            unordered++;
        }
        if (filter.statuses() != null) {
            statuses(filter.statuses());
        }
        if (filter.units() != null) {
            units(filter.units());
        }
        if (filter.cause() != null) {
            add("cause_print = :print", "print", print(filter.cause()));
            conditions.add("attention IS NOT NULL");
        }
        if (filter.from() != null) {
            since(filter.from());
        }
        if (filter.to() != null) {
            until(filter.to());
        }
        if (filter.text() != null && !filter.text().isBlank()) {
            add("ledger.flow_text(key, source_id, cause) ILIKE :text", "text", "%" + escaped(filter.text().strip()) + "%");
            add("ledger.spelled(ledger.flow_text(key, source_id, cause)) LIKE :spelled", "spelled",
                    "%" + escaped(spelled(filter.text().strip())) + "%");
            unordered++;
        }
        if (filter.fields() != null) {
            int[] n = {0};
            filter.fields().forEach((name, value) -> terms(terms.candidates(name, value), "field" + n[0]++));
        }
        if (filter.parent() != null) {
            terms(new Long[] {Terms.madeFrom(filter.parent())}, "parent");
        }
    }

    /** Only what somebody should look at; there is an index of it, which is small. */
    FlowConditions attention() {
        conditions.add("attention IS NOT NULL");
        return this;
    }

    /** Only what has stopped, or is about to: not what was ignored, as somebody has set it. */
    FlowConditions stopped() {
        conditions.add("attention IN (" + FlowStatus.RETRYING.ordinal() + ", " + FlowStatus.DEAD.ordinal() + ", "
                + FlowStatus.REFUSED.ordinal() + ")");
        return attention();
    }

    /** One more condition, with one value. */
    FlowConditions add(String sql, String name, Object value) {
        conditions.add(sql);
        binds.put(name, value);
        return this;
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

    /** As the database spells it for its index, which knows Latin letters and digits only: {@code 借 → u501f}. */
    private static String spelled(String text) {
        StringBuilder spelled = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (c < 128) {
                spelled.appendCodePoint(c);
            } else {
                spelled.append('u').append("%04x".formatted(c));
            }
        });
        return spelled.toString();
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

    private void equal(String column, String value) {
        if (value != null) {
            add(column + " = :" + column, column, value);
        }
    }

    /** Of plugins and routes there are few, and most flows came by a few of them: they share an index that is small for that. */
    private void way(String column, String value) {
        if (value != null) {
            equal(column, value);
            conditions.add("ARRAY[plugin, route] @> ARRAY[CAST(:" + column + " AS text)]");
            unordered++;
        }
    }

    private void terms(Long[] candidates, String name) {
        add("terms && :" + name, name, candidates);
        unordered++;
    }

    private void units(Set<String> units) {
        if (units.size() == 1) {
            equal("unit", units.iterator().next());
        } else {
            add("unit = ANY (:units)", "units", units.toArray(String[]::new));
            unordered++;
        }
    }

    private void statuses(Set<FlowStatus> statuses) {
        if (statuses.size() == 1) {
            FlowStatus status = statuses.iterator().next();
            if (status == FlowStatus.SETTLED) {
                conditions.add("settled");
            } else if (status == FlowStatus.DELIVERED) {
                conditions.add("status = " + status.ordinal()); // nearly all: the newest ones are soon found
            } else {
                conditions.add((ORDINARY.contains(status) ? "status = " : "attention = ") + status.ordinal());
                unordered += ORDINARY.contains(status) ? 1 : 0;
            }
            return;
        }
        Short[] numbers = statuses.stream().map(s -> (short) s.ordinal()).toArray(Short[]::new);
        boolean all = statuses.stream().anyMatch(s -> ORDINARY.contains(s) || s == FlowStatus.SETTLED);
        add((all ? "status" : "attention") + " = ANY (:statuses)", "statuses", numbers);
        unordered++;
    }

    /** Whether an index answers all of it in the order of arrival, so that the newest ones are found at once. */
    boolean isOrdered() {
        return unordered == 0 && conditions.stream().filter(c -> !c.equals("attention IS NOT NULL")).count() <= 1;
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
        all.addAll(conditions);
        return where(all);
    }

    /** Of the times only. */
    String whereTimes() {
        return where(times);
    }

    /** Of all but the times. */
    String whereElse() {
        return where(conditions);
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions) + " ";
    }

    <T extends SqlStatement<T>> T bind(T statement) {
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
