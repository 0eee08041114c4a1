package org.yuzui.reporting.internal.dispute;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.reporting.Dispute.Decision;
import org.yuzui.reporting.Period;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code reporting.disputes} and {@code dispute_answers}. */
final class DisputeTable {

    private static final String SELECT = """
            select d.*, a.kind, a.reason as answer, a.who as answered_by, a.at as answered_at
            from reporting.disputes d left join reporting.dispute_answers a on a.dispute = d.id""";
    private static final String CORRECTED = """
            select min(at) from reporting.submissions
            where form = :form and period = :period and day = :day and unit = any(:units) and at > :after""";

    private final Jdbi jdbi;
    private final Clock clock;

    DisputeTable(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What was said, and what became of it (null while nothing did). */
    record Row(long id, String form, Period period, String unit, String indicator, BigDecimal held, BigDecimal value, String reason,
               String answerer, String who, Instant at, Decision decision) {
    }

    Row add(Handle handle, String form, Period period, String unit, String indicator, BigDecimal held, BigDecimal value, String reason,
            String answerer, String who) {
        Instant at = now();
        long id = handle.createQuery("""
                insert into reporting.disputes (form, period, day, unit, indicator, held, value, reason, answerer, who, at)
                values (:form, :period, :day, :unit, :indicator, :held, :value, :reason, :answerer, :who, :at) returning id""")
                .bind("form", form).bind("period", period.kind().toString()).bind("day", period.first()).bind("unit", unit)
                .bind("indicator", indicator).bind("held", held).bind("value", value).bind("reason", reason)
                .bind("answerer", answerer).bind("who", who).bind("at", at.atOffset(ZoneOffset.UTC)).mapTo(Long.class).one();
        return new Row(id, form, period, unit, indicator, held, value, reason, answerer, who, at, null);
    }

    /** Whether it is the first answer. */
    boolean answer(long id, Decision.Kind kind, String reason, String who) {
        return jdbi.withHandle(h -> h.createUpdate("""
                insert into reporting.dispute_answers (dispute, kind, reason, who, at) values (:id, :kind, :reason, :who, :at)
                on conflict do nothing""").bind("id", id).bind("kind", kind.name().toLowerCase(Locale.ROOT)).bind("reason", reason)
                .bind("who", who).bind("at", now().atOffset(ZoneOffset.UTC)).execute()) == 1;
    }

    Optional<Row> find(long id) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + " where d.id = :id").bind("id", id).map((row, context) -> row(row)).findOne());
    }

    /** All of a period. */
    List<Row> of(Handle handle, String form, Period period) {
        return handle.createQuery(SELECT + " where d.form = :form and d.period = :period and d.day = :day order by d.id desc")
                .bind("form", form).bind("period", period.kind().toString()).bind("day", period.first())
                .map((row, context) -> row(row)).list();
    }

    /**
     * The newest first.
     *
     * @param form null for all
     * @param unanswered whether those alone that nobody has answered
     */
    List<Row> find(Collection<String> units, String form, LocalDate since, boolean unanswered, int most) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + " where d.day >= :since and d.unit = any(:units)"
                        + " and (cast(:form as text) is null or d.form = :form)" + (unanswered ? " and a.dispute is null" : "")
                        + " order by d.id desc limit :most").bind("since", since)
                .bindArray("units", String.class, List.copyOf(units)).bind("form", form).bind("most", most)
                .map((row, context) -> row(row)).list());
    }

    /** When some of the units first handed in after a moment. */
    Optional<Instant> corrected(Handle handle, Row of, Collection<String> units) {
        return handle.createQuery(CORRECTED).bind("form", of.form()).bind("period", of.period().kind().toString())
                .bind("day", of.period().first()).bindArray("units", String.class, List.copyOf(units))
                .bind("after", of.decision().at().atOffset(ZoneOffset.UTC)).mapTo(OffsetDateTime.class).findOne()
                .map(OffsetDateTime::toInstant);
    }

    private static Row row(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        Period period = new Period(Period.Kind.of(row.getString("period")).orElseThrow(), row.getObject("day", LocalDate.class));
        return new Row(row.getLong("id"), row.getString("form"), period, row.getString("unit"), row.getString("indicator"),
                row.getBigDecimal("held"), row.getBigDecimal("value"), row.getString("reason"), row.getString("answerer"),
                row.getString("who"), instant(row, "at"), kind == null ? null : new Decision(
                        Decision.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), row.getString("answer"), row.getString("answered_by"),
                        instant(row, "answered_at")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
