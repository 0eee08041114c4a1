package org.yuzui.reporting.internal.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.yuzui.reporting.Exemption;
import org.yuzui.reporting.Lock;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** {@code reporting.reviews}, {@code locks} and {@code exceptions}. */
final class ReviewTable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PERIOD = " where form = :form and period = :period and day = :day";

    private final Jdbi jdbi;
    private final Clock clock;

    ReviewTable(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    Review add(Handle handle, String form, Period period, String unit, int version, String reviewer, List<Review.Reason> reasons,
               Instant due, String who) {
        Instant at = now();
        long id = of(handle.createQuery("""
                insert into reporting.reviews (form, period, day, unit, version, reviewer, accepted, reasons, due, who, at)
                values (:form, :period, :day, :unit, :version, :reviewer, :accepted, cast(:reasons as jsonb), :due, :who, :at)
                returning id"""), form, period).bind("unit", unit).bind("version", version).bind("reviewer", reviewer)
                .bind("accepted", due == null).bind("reasons", json(reasons)).bind("due", time(due)).bind("who", who)
                .bind("at", time(at)).mapTo(Long.class).one();
        return new Review(id, form, period, unit, version, reviewer, due == null, reasons, due, who, at);
    }

    Lock lock(String form, Period period, String unit, boolean locked, String reason, String who) {
        Instant at = now();
        long id = jdbi.withHandle(h -> of(h.createQuery("""
                insert into reporting.locks (form, period, day, unit, locked, reason, who, at)
                values (:form, :period, :day, :unit, :locked, :reason, :who, :at) returning id"""), form, period).bind("unit", unit)
                .bind("locked", locked).bind("reason", reason).bind("who", who).bind("at", time(at)).mapTo(Long.class).one());
        return new Lock(id, form, period, unit, locked, reason, who, at);
    }

    Exemption except(String form, Period period, String unit, Exemption.Kind kind, Instant until, boolean valid, String reason,
                     String who) {
        Instant at = now();
        long id = jdbi.withHandle(h -> of(h.createQuery("""
                insert into reporting.exceptions (form, period, day, unit, kind, until, valid, reason, who, at)
                values (:form, :period, :day, :unit, :kind, :until, :valid, :reason, :who, :at) returning id"""), form, period)
                .bind("unit", unit).bind("kind", kind.name().toLowerCase(Locale.ROOT)).bind("until", time(until))
                .bind("valid", valid).bind("reason", reason).bind("who", who).bind("at", time(at)).mapTo(Long.class).one());
        return new Exemption(id, form, period, unit, kind, until, valid, reason, who, at);
    }

    List<Review> reviews(Handle handle, String form, Period period, String unit) {
        return of(handle.createQuery("select * from reporting.reviews" + PERIOD + " and unit = :unit order by id"), form, period)
                .bind("unit", unit).map((row, context) -> review(form, period, row)).list();
    }

    List<Lock> locks(Handle handle, String form, Period period) {
        return of(handle.createQuery("select * from reporting.locks" + PERIOD + " order by id"), form, period)
                .map((row, context) -> new Lock(row.getLong("id"), form, period, row.getString("unit"), row.getBoolean("locked"),
                        row.getString("reason"), row.getString("who"), Facts.instant(row, "at"))).list();
    }

    List<Exemption> exemptions(Handle handle, String form, Period period) {
        return of(handle.createQuery("select * from reporting.exceptions" + PERIOD + " order by id"), form, period)
                .map((row, context) -> Facts.exemption(form, period, row)).list();
    }

    /** An open period. */
    record Opened(String form, Period period) {
    }

    /** The open periods that began on a day or later. */
    List<Opened> opened(LocalDate since) {
        return jdbi.withHandle(h -> h.createQuery("select distinct form, period, day from reporting.periods where day >= :since")
                .bind("since", since).map((row, context) -> new Opened(row.getString("form"),
                        new Period(Period.Kind.of(row.getString("period")).orElseThrow(), row.getObject("day", LocalDate.class))))
                .list());
    }

    private static Review review(String form, Period period, ResultSet row) throws SQLException {
        try {
            return new Review(row.getLong("id"), form, period, row.getString("unit"), row.getInt("version"),
                    row.getString("reviewer"), row.getBoolean("accepted"),
                    List.of(JSON.readValue(row.getString("reasons"), Review.Reason[].class)), Facts.instant(row, "due"),
                    row.getString("who"), Facts.instant(row, "at"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL gave reasons that are none", e);
        }
    }

    private static <S extends SqlStatement<S>> S of(S statement, String form, Period period) {
        return statement.bind("form", form).bind("period", period.kind().toString()).bind("day", period.first());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime time(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static String json(List<Review.Reason> reasons) {
        try {
            return JSON.writeValueAsString(reasons);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("reasons can be written as JSON", e);
        }
    }
}
