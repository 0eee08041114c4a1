package org.yuzui.reporting.internal.submission;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Signature;
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
import java.util.function.Consumer;

/** {@code reporting.submissions}. */
public final class SubmissionTable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true).build();

    private static final String OF_UNIT = """
            select * from reporting.submissions
            where form = :form and period = :period and day = :day and unit = :unit
            order by version desc""";

    private static final String OF_ROUTE = """
            select * from reporting.submissions
            where form = :form and period = :period and day = :day and unit = :unit and door = :door
            order by version desc limit 1""";

    private static final String LATEST = """
            select distinct on (day, unit) * from reporting.submissions
            where form = :form and period = :period and day between :from and :to and unit = any(:units)
            order by day, unit, version desc""";

    private static final String ADD = """
            insert into reporting.submissions
                (form, period, unit, day, version, cells, record, at, form_version, who, door, note, warnings, digest)
            values (:form, :period, :unit, :day, :version, cast(:cells as jsonb), cast(:record as uuid), :at, :formVersion, :who,
                :door, :note, cast(:warnings as jsonb), :digest)
            on conflict (form, period, day, unit, version) do nothing""";

    /** The ends of the index, because looking for another kind between them would read all of a form's entries. */
    private static final String OTHER_KIND = """
            select kind from (select min(period) as kind from reporting.submissions where form = :form
                              union all
                              select max(period) from reporting.submissions where form = :form) as ends
            where kind <> :period limit 1""";

    private final Jdbi jdbi;
    private final Clock clock;

    public SubmissionTable(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What else is done with a new version, in its transaction. */
    public interface Added {
        /** @param before the version before; null for the first */
        void with(Handle handle, Submission added, Submission before);
    }

    /** Whether an answer that says the same as the latest is a new version nevertheless. */
    public interface Again {
        boolean counts(Handle handle, Submission latest);
    }

    /** The next version, or the latest when it says the same. */
    Submission add(Answer answer, UUID record, Signature by, String note, Again again, Added added) {
        Optional<Submission> result = Optional.empty();
        while (result.isEmpty()) { // empty: somebody else took the version; theirs is the latest now, look again
            result = jdbi.inTransaction(handle -> tryAdd(handle, answer, record, by, note, again, added));
        }
        return result.get();
    }

    private Optional<Submission> tryAdd(Handle handle, Answer answer, UUID record, Signature by, String note, Again again,
                                        Added added) {
        Form form = answer.form().form();
        Optional<Submission> latest = ofUnit(handle, form, answer.period(), answer.unit(), 1).stream().findFirst();
        boolean route = by.equals(Signature.ROUTE);
        if (latest.isPresent() && latest.get().values().equals(answer.values()) && (route || !again.counts(handle, latest.get()))) {
            return latest;
        }
        if (route && computed(handle, form, answer).filter(s -> s.values().equals(answer.values())).isPresent()) {
            return latest; // what a route says every night neither answers a return nor undoes what somebody corrected by hand
        }
        int version = latest.map(Submission::version).orElse(0) + 1;
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS); // what the column holds
        Submission next = new Submission(form.id(), answer.unit(), answer.period(), version, at, record, answer.values(), by, note,
                form.version(), answer.failures());
        int rows = handle.createUpdate(ADD).bind("form", form.id()).bind("period", form.period().toString())
                .bind("unit", next.unit()).bind("day", next.period().first()).bind("version", version)
                .bind("cells", json(next.values())).bind("record", record == null ? null : record.toString())
                .bind("at", at.atOffset(ZoneOffset.UTC)).bind("formVersion", form.version()).bind("who", by.who())
                .bind("door", by.door()).bind("note", note)
                .bind("warnings", answer.failures().isEmpty() ? null : json(answer.failures()))
                .bind("digest", Digest.of(next)).execute();
        if (rows == 0) {
            return Optional.empty();
        }
        added.with(handle, next, latest.orElse(null));
        return Optional.of(next);
    }

    /** What a route handed in last. */
    private static Optional<Submission> computed(Handle handle, Form form, Answer answer) {
        return handle.createQuery(OF_ROUTE).bind("form", form.id()).bind("period", form.period().toString())
                .bind("day", answer.period().first()).bind("unit", answer.unit()).bind("door", Signature.ROUTE.door())
                .map((row, context) -> submission(form, row)).findOne();
    }

    /** All versions of one unit's answer, the newest first. */
    public List<Submission> versions(Form form, Period period, String unit) {
        return jdbi.withHandle(handle -> ofUnit(handle, form, period, unit, Integer.MAX_VALUE));
    }

    /** The newest one. */
    public Optional<Submission> newest(Form form, Period period, String unit) {
        return jdbi.withHandle(handle -> ofUnit(handle, form, period, unit, 1)).stream().findFirst();
    }

    private static List<Submission> ofUnit(Handle handle, Form form, Period period, String unit, int most) {
        return handle.createQuery(OF_UNIT + " limit :most").bind("form", form.id()).bind("period", period.kind().toString())
                .bind("day", period.first()).bind("unit", unit).bind("most", most)
                .map((row, context) -> submission(form, row)).list();
    }

    /** The latest answers of some units for the form's periods that begin within the given one, in their order. */
    public List<Submission> latest(Form form, List<String> units, LocalDate from, LocalDate to) {
        return jdbi.withHandle(handle -> handle.createQuery(LATEST)
                .bind("form", form.id()).bind("period", form.period().toString()).bind("from", from).bind("to", to)
                .bindArray("units", String.class, units)
                .map((row, context) -> submission(form, row)).list());
    }

    /** The same one after the other, without holding them all. */
    public void eachLatest(Form form, List<String> units, LocalDate from, LocalDate to, Consumer<Submission> each) {
        jdbi.useTransaction(handle -> handle.createQuery(LATEST).setFetchSize(200)
                .bind("form", form.id()).bind("period", form.period().toString()).bind("from", from).bind("to", to)
                .bindArray("units", String.class, units)
                .map((row, context) -> submission(form, row)).stream().forEach(each));
    }

    /** Who has answered for the form's periods that begin within the given one. */
    public List<String> answered(Form form, LocalDate from, LocalDate to) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select distinct unit from reporting.submissions
                where form = :form and period = :period and day between :from and :to""").bind("form", form.id())
                .bind("period", form.period().toString()).bind("from", from).bind("to", to).mapTo(String.class).list());
    }

    /** What kind of periods the form was answered for, when it was for another than it is now. */
    public Optional<Period.Kind> otherKind(Form form) {
        return jdbi.withHandle(handle -> handle.createQuery(OTHER_KIND)
                .bind("form", form.id()).bind("period", form.period().toString())
                .mapTo(String.class).findOne().flatMap(Period.Kind::of));
    }

    private static Submission submission(Form form, ResultSet row) throws SQLException {
        return new Submission(form.id(), row.getString("unit"),
                new Period(form.period(), row.getObject("day", LocalDate.class)),
                row.getInt("version"), row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("record", UUID.class), values(form, row.getString("cells")),
                new Signature(row.getString("who"), row.getString("door")), row.getString("note"),
                row.getObject("form_version") == null ? 1 : row.getInt("form_version"), warnings(row.getString("warnings")));
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

    private static List<Failure> warnings(String json) {
        try {
            return json == null ? List.of() : List.of(JSON.readValue(json, Failure[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL gave warnings that are none", e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and warnings can be written as JSON", e);
        }
    }
}
