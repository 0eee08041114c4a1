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
import java.util.Map;
import java.util.Set;

/** A filter as SQL over {@code ledger.flow}. */
final class FlowConditions {

    /** The last character there is: what begins with a prefix lies between the prefix and the prefix with this after it. */
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);
    private static final Set<FlowStatus> ORDINARY = EnumSet.of(FlowStatus.ACCEPTED, FlowStatus.DELIVERED, FlowStatus.SETTLED);

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> binds = new LinkedHashMap<>();

    FlowConditions(FlowFilter filter) {
        equal("contract", filter.contract());
        equal("plugin", filter.plugin());
        equal("route", filter.route());
        equal("cause_code", filter.causeCode());
        if (filter.keyPrefix() != null && !filter.keyPrefix().isEmpty()) {
            add("key >= :key AND key < :keyEnd", "key", filter.keyPrefix());
            binds.put("keyEnd", filter.keyPrefix() + LAST_CHARACTER);
        }
        if (filter.statuses() != null) {
            statuses(filter.statuses());
        }
        if (filter.units() != null) {
            add("unit = ANY (:units)", "units", filter.units().toArray(String[]::new));
        }
        if (filter.cause() != null) {
            add("cause_print = :print", "print", print(filter.cause()));
            attention();
        }
        if (filter.from() != null) {
            add("first_at >= :from", "from", time(filter.from()));
        }
        if (filter.to() != null) {
            add("first_at < :to", "to", time(filter.to()));
        }
        if (filter.text() != null && !filter.text().isBlank()) {
            add("ledger.flow_text(key, source_id, cause) ILIKE :text", "text",
                    "%" + filter.text().strip().replaceAll("[\\\\%_]", "\\\\$0") + "%");
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

    /** A further value of a condition. */
    FlowConditions with(String name, Object value) {
        binds.put(name, value);
        return this;
    }

    FlowConditions isNull(String column) {
        conditions.add(column + " IS NULL");
        return this;
    }

    private void equal(String column, String value) {
        if (value != null) {
            add(column + " = :" + column, column, value);
        }
    }

    private void statuses(Set<FlowStatus> statuses) {
        Short[] numbers = statuses.stream().map(s -> (short) s.ordinal()).toArray(Short[]::new);
        boolean ordinary = statuses.stream().anyMatch(ORDINARY::contains);
        add((ordinary ? "status" : "attention") + " = ANY (:statuses)", "statuses", numbers);
    }

    /** {@code WHERE …}, or nothing. */
    String where() {
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
