package org.yuzui.reporting.internal.review;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.yuzui.reporting.Exemption;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What happened in the periods of a form, as far as it says where units stand; read at once for all of them. */
final class Facts {

    private static final String WHERE = " where form = :form and period = :period and day between :from and :to";
    private static final OfPeriod NOTHING = new OfPeriod();

    private final Map<LocalDate, OfPeriod> periods = new HashMap<>();

    /** When each version of a unit's answer came, the first one first. */
    record Answers(List<Instant> times) {

        int version() {
            return times.size();
        }

        Instant firstAt() {
            return times.get(0);
        }

        Instant at() {
            return times.get(times.size() - 1);
        }
    }

    /** Those of one period, by unit; reviews without their reasons, in their order. */
    static final class OfPeriod {
        final Map<String, Answers> answers = new HashMap<>();
        final Map<String, List<Review>> reviews = new HashMap<>();
        final Map<String, Instant> drafts = new HashMap<>();
        private final List<Exemption> exemptions = new ArrayList<>();

        Exemptions exemptions() {
            return new Exemptions(exemptions);
        }
    }

    private Facts() {
    }

    /** @param unit null for all */
    static Facts read(Handle handle, String form, Period from, Period to, String unit) {
        Facts facts = new Facts();
        facts.each(handle, "select day, unit, array_agg(at order by version) as times from reporting.submissions",
                " group by day, unit", form, from, to, unit, (of, period, row) -> of.answers.put(row.getString("unit"),
                        new Answers(Arrays.stream((Timestamp[]) row.getArray("times").getArray()).map(Timestamp::toInstant).toList())));
        facts.each(handle, "select day, unit, id, version, reviewer, accepted, due, who, at from reporting.reviews", " order by id",
                form, from, to, unit, (of, period, row) -> of.reviews.computeIfAbsent(row.getString("unit"), u -> new ArrayList<>())
                        .add(new Review(row.getLong("id"), form, period, row.getString("unit"), row.getInt("version"),
                                row.getString("reviewer"), row.getBoolean("accepted"), List.of(), instant(row, "due"),
                                row.getString("who"), instant(row, "at"))));
        facts.each(handle, "select day, unit, at from reporting.drafts", "", form, from, to, unit,
                (of, period, row) -> of.drafts.put(row.getString("unit"), instant(row, "at")));
        facts.each(handle, "select * from reporting.exceptions", " order by id", form, from, to, unit, (of, period, row) ->
                of.exemptions.add(exemption(form, period, row)));
        return facts;
    }

    OfPeriod of(Period period) {
        return periods.getOrDefault(period.first(), NOTHING);
    }

    private interface Reader {
        void read(OfPeriod of, Period period, ResultSet row) throws SQLException;
    }

    private void each(Handle handle, String select, String end, String form, Period from, Period to, String unit, Reader reader) {
        Query query = handle.createQuery(select + WHERE + (unit == null ? "" : " and unit = :unit") + end).bind("form", form)
                .bind("period", from.kind().toString()).bind("from", from.first()).bind("to", to.first());
        if (unit != null) {
            query.bind("unit", unit);
        }
        query.map((row, context) -> {
            LocalDate day = row.getObject("day", LocalDate.class);
            reader.read(periods.computeIfAbsent(day, d -> new OfPeriod()), new Period(from.kind(), day), row);
            return day;
        }).forEach(day -> { });
    }

    static Exemption exemption(String form, Period period, ResultSet row) throws SQLException {
        return new Exemption(row.getLong("id"), form, period, row.getString("unit"),
                Exemption.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), instant(row, "until"),
                row.getBoolean("valid"), row.getString("reason"), row.getString("who"), instant(row, "at"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
