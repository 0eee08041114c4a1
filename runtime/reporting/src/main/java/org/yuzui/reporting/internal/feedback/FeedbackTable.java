package org.yuzui.reporting.internal.feedback;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.yuzui.reporting.Period;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code reporting.feedback} and {@code feedback_rounds}, and what happened since the last of those. */
final class FeedbackTable {

    private static final String CHANGED = """
            select distinct form, period, day from (
                select form, period, day from reporting.submissions where at >= :since
                union all select form, period, day from reporting.reviews where at >= :since
                union all select form, period, day from reporting.exceptions where at >= :since
                union all select form, period, day from reporting.disputes where at >= :since
                union all select d.form, d.period, d.day from reporting.dispute_answers a
                          join reporting.disputes d on d.id = a.dispute where a.at >= :since) as facts
            order by form, day""";
    private static final String SENT = """
            select distinct on (unit) unit, digest, at from reporting.feedback
            where form = :form and period = :period and day = :day order by unit, id desc""";

    private final Jdbi jdbi;

    FeedbackTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A form's period. */
    record Of(String form, Period period) {
    }

    /** What was last sent to a unit. */
    record Sent(String digest, Instant at) {
    }

    /** Up to which moment the last round looked; empty before the first. */
    Optional<Instant> upto() {
        return jdbi.withHandle(h -> h.createQuery("select upto from reporting.feedback_rounds order by id desc limit 1")
                .mapTo(OffsetDateTime.class).findOne().map(OffsetDateTime::toInstant));
    }

    void looked(Instant upto) {
        jdbi.useTransaction(h -> {
            h.createUpdate("insert into reporting.feedback_rounds (upto) values (:upto)").bind("upto", upto.atOffset(ZoneOffset.UTC)).execute();
            h.execute("delete from reporting.feedback_rounds where id < (select max(id) from reporting.feedback_rounds)");
        });
    }

    /** The periods in which anything happened since a moment. */
    List<Of> changed(Instant since) {
        return jdbi.withHandle(h -> h.createQuery(CHANGED).bind("since", since.atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Of(row.getString("form"), new Period(Period.Kind.of(row.getString("period")).orElseThrow(),
                        row.getObject("day", LocalDate.class)))).list());
    }

    Map<String, Sent> sent(String form, Period period) {
        Map<String, Sent> sent = new HashMap<>();
        jdbi.useHandle(h -> h.createQuery(SENT).bind("form", form).bind("period", period.kind().toString()).bind("day", period.first())
                .map((row, context) -> sent.put(row.getString("unit"), new Sent(row.getString("digest"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))).list());
        return sent;
    }

    /** @param digests by unit */
    void send(String form, Period period, Map<String, String> digests, Instant at) {
        jdbi.useTransaction(h -> {
            PreparedBatch batch = h.prepareBatch("""
                    insert into reporting.feedback (form, period, day, unit, digest, at)
                    values (:form, :period, :day, :unit, :digest, :at)""");
            digests.forEach((unit, digest) -> batch.bind("form", form).bind("period", period.kind().toString())
                    .bind("day", period.first()).bind("unit", unit).bind("digest", digest).bind("at", at.atOffset(ZoneOffset.UTC)).add());
            batch.execute();
        });
    }
}
