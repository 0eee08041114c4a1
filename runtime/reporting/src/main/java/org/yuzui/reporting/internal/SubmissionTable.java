package org.yuzui.reporting.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Submission;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code reporting.submissions}. */
final class SubmissionTable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true).build();

    private static final String LATEST_OF_UNIT = """
            select unit, day, version, cells, record, at from reporting.submissions
            where form = :form and period = :period and day = :day and unit = :unit
            order by version desc limit 1""";

    private static final String LATEST = """
            select distinct on (day, unit) unit, day, version, cells, record, at from reporting.submissions
            where form = :form and period = :period and day between :from and :to and unit = any(:units)
            order by day, unit, version desc""";

    private static final String ADD = """
            insert into reporting.submissions (form, period, unit, day, version, cells, record, at)
            values (:form, :period, :unit, :day, :version, cast(:cells as jsonb), cast(:record as uuid), :at)
            on conflict (form, period, day, unit, version) do nothing""";

    /** The ends of the index, because looking for another kind between them would read all of a form's entries. */
    private static final String OTHER_KIND = """
            select kind from (select min(period) as kind from reporting.submissions where form = :form
                              union all
                              select max(period) from reporting.submissions where form = :form) as ends
            where kind <> :period limit 1""";

    private final Jdbi jdbi;
    private final Clock clock;

    SubmissionTable(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The next version, or the latest when it says the same. */
    Submission add(Form form, Answer answer, UUID record) {
        Optional<Submission> added = Optional.empty();
        while (added.isEmpty()) { // empty: somebody else took the version; theirs is the latest now, look again
            added = jdbi.inTransaction(handle -> tryAdd(handle, form, answer, record));
        }
        return added.get();
    }

    private Optional<Submission> tryAdd(Handle handle, Form form, Answer answer, UUID record) {
        Optional<Submission> latest = handle.createQuery(LATEST_OF_UNIT)
                .bind("form", form.id()).bind("period", form.period().toString())
                .bind("day", answer.period().first()).bind("unit", answer.unit())
                .map((row, context) -> submission(form, row)).findOne();
        if (latest.isPresent() && latest.get().values().equals(answer.values())) {
            return latest;
        }
        int version = latest.map(Submission::version).orElse(0) + 1;
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS); // what the column holds
        int rows = handle.createUpdate(ADD).bind("form", form.id()).bind("period", form.period().toString())
                .bind("unit", answer.unit()).bind("day", answer.period().first()).bind("version", version).bind("cells", json(answer.values()))
                .bind("record", record == null ? null : record.toString()).bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
        return rows == 0 ? Optional.empty() : Optional.of(new Submission(form.id(), answer.unit(), answer.period(),
                version, at, record, answer.values()));
    }

    /** The latest answers of some units for the form's periods that begin within the given one, in their order. */
    List<Submission> latest(Form form, List<String> units, LocalDate from, LocalDate to) {
        return jdbi.withHandle(handle -> handle.createQuery(LATEST)
                .bind("form", form.id()).bind("period", form.period().toString()).bind("from", from).bind("to", to)
                .bindArray("units", String.class, units)
                .map((row, context) -> submission(form, row)).list());
    }

    /** What kind of periods the form was answered for, when it was for another than it is now. */
    Optional<Period.Kind> otherKind(Form form) {
        return jdbi.withHandle(handle -> handle.createQuery(OTHER_KIND)
                .bind("form", form.id()).bind("period", form.period().toString())
                .mapTo(String.class).findOne().flatMap(Period.Kind::of));
    }

    private static Submission submission(Form form, ResultSet row) throws SQLException {
        return new Submission(form.id(), row.getString("unit"),
                new Period(form.period(), row.getObject("day", LocalDate.class)),
                row.getInt("version"), row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("record", UUID.class), values(form, row.getString("cells")));
    }

    private static Map<String, BigDecimal> values(Form form, String cells) {
        JsonNode tree;
        try {
            tree = JSON.readTree(cells);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL gave jsonb that is not JSON", e);
        }
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        for (Indicator indicator : form.indicators()) {
            JsonNode cell = tree.path(indicator.code());
            if (indicator.kind().answered() && cell.isNumber()) {
                values.put(indicator.code(), Numbers.plain(cell.decimalValue()));
            }
        }
        return values;
    }

    private static String json(Map<String, BigDecimal> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of numbers can't be written as JSON", e);
        }
    }
}
