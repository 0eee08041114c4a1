package org.yuzui.reporting.internal.form;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.yuzui.reporting.FormPeriods;
import org.yuzui.reporting.Period;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** {@code reporting.periods} and {@code reporting.expected}: which version of its form a period has, and who has to answer. */
public final class OpenPeriods {

    private static final String VERSION = """
            select version from reporting.periods where form = :form and period = :period and day = :day
            order by id desc limit 1""";
    private static final String ADD = """
            insert into reporting.periods (form, period, day, version, reason, who, at)
            values (:form, :period, :day, :version, :reason, :who, :at)""";
    private static final String EXPECT = """
            insert into reporting.expected (form, period, day, unit)
            select :form, :period, :day, unit from unnest(:units) as unit on conflict do nothing""";
    private static final String EXPECTED = """
            select day, array_agg(unit order by unit collate "C") as units from reporting.expected
            where form = :form and period = :period and day between :from and :to group by day""";

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record Key(String form, Period period) {
    }

    private record Known(int version, long since) {
    }

    private final Jdbi jdbi;
    private final Clock clock;
    private final FormVersions versions;
    /** Of the periods that were asked for; another process of the node may move one, so what is known grows old. */
    private final Map<Key, Known> known = new ConcurrentHashMap<>();

    public OpenPeriods(Jdbi jdbi, Clock clock, FormVersions versions) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.versions = versions;
    }

    /** The form as the period has it; empty while it isn't open. */
    public Optional<CompiledForm> version(String form, Period period) {
        Key key = new Key(form, period);
        Known before = known.get(key);
        return (isFresh(before) ? Optional.of(before.version) : jdbi.withHandle(h -> find(h, form, period))
                .map(n -> remember(key, before, n))).map(n -> versions.of(form, n));
    }

    /** Opens the period with the form as it is now, if it isn't open yet. */
    public CompiledForm open(CompiledForm current, Period period) {
        Key key = new Key(current.id(), period);
        Known before = known.get(key);
        if (isFresh(before)) {
            return versions.of(current.id(), before.version);
        }
        int opened = jdbi.inTransaction(handle -> {
            // one opener at a time: whoever comes second finds what the first wrote
            handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 6))")
                    .bind("key", current.id() + " " + period).mapTo(String.class).findOne();
            return find(handle, current.id(), period).orElseGet(() -> {
                add(handle, current, period, null, null);
                return current.form().version();
            });
        });
        return versions.of(current.id(), remember(key, before, opened));
    }

    /** Gives an open period another version of its form, which is a fact of its own. */
    public FormPeriods.Version move(CompiledForm to, Period period, String reason, String who) {
        Instant at = jdbi.inTransaction(handle -> add(handle, to, period, reason, who));
        known.put(new Key(to.id(), period), new Known(to.form().version(), System.nanoTime()));
        return new FormPeriods.Version(to.id(), period, to.form().version(), reason, who, at);
    }

    private Instant add(Handle handle, CompiledForm form, Period period, String reason, String who) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        handle.createUpdate(ADD).bind("form", form.id()).bind("period", period.kind().toString()).bind("day", period.first())
                .bind("version", form.form().version()).bind("reason", reason).bind("who", who)
                .bind("at", now.atOffset(ZoneOffset.UTC)).execute();
        expect(handle, form.id(), period, form.form().respondents());
        return now;
    }

    private static void expect(Handle handle, String form, Period period, List<String> units) {
        handle.createUpdate(EXPECT).bind("form", form).bind("period", period.kind().toString()).bind("day", period.first())
                .bindArray("units", String.class, units).execute();
    }

    /** A unit that has to answer since the period was opened, too. */
    public void expect(Handle handle, String form, Period period, String unit) {
        expect(handle, form, period, List.of(unit));
    }

    /** Who has to answer in each of the periods from one to another, in the order of the codes; of those that are open. */
    public Map<Period, List<String>> expected(Handle handle, String form, Period from, Period to) {
        Map<Period, List<String>> expected = new HashMap<>();
        handle.createQuery(EXPECTED).bind("form", form).bind("period", from.kind().toString()).bind("from", from.first())
                .bind("to", to.first()).map((row, context) -> {
                    expected.put(new Period(from.kind(), row.getObject("day", LocalDate.class)),
                            List.of((String[]) row.getArray("units").getArray()));
                    return true;
                }).forEach(done -> { });
        return expected;
    }

    /** Whether a unit has to answer for an open period. */
    public boolean isExpected(String form, Period period, String unit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select exists(select 1 from reporting.expected where form = :form and period = :period and day = :day and unit = :unit)""")
                .bind("form", form).bind("period", period.kind().toString()).bind("day", period.first()).bind("unit", unit)
                .mapTo(Boolean.class).one());
    }

    /** What it had, the one that counts last. */
    public List<FormPeriods.Version> versions(String form, Period period) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                select version, reason, who, at from reporting.periods where form = :form and period = :period and day = :day
                order by id""").bind("form", form).bind("period", period.kind().toString()).bind("day", period.first())
                .map((row, context) -> new FormPeriods.Version(form, period, row.getInt("version"), row.getString("reason"),
                        row.getString("who"), row.getObject("at", OffsetDateTime.class).toInstant())).list());
    }

    /** Who had to answer for each of a form's periods that begin within these days, by their first days; of those that are open. */
    public Map<LocalDate, Set<String>> expectedWithin(String form, Period.Kind kind, LocalDate from, LocalDate to) {
        Map<LocalDate, Set<String>> expected = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                select day, unit from reporting.expected
                where form = :form and period = :period and day between :from and :to""").bind("form", form)
                .bind("period", kind.toString()).bind("from", from).bind("to", to)
                .map((row, context) -> expected.computeIfAbsent(row.getObject("day", LocalDate.class), d -> new HashSet<>())
                        .add(row.getString("unit"))).list());
        return expected;
    }

    private static Optional<Integer> find(Handle handle, String form, Period period) {
        return handle.createQuery(VERSION).bind("form", form).bind("period", period.kind().toString())
                .bind("day", period.first()).mapTo(Integer.class).findOne();
    }

    private static boolean isFresh(Known found) {
        return found != null && System.nanoTime() - found.since <= FRESH_NANOS;
    }

    /** What was read, unless the period was moved meanwhile: that is newer, whoever notes it last. */
    private int remember(Key key, Known before, int number) {
        Known read = new Known(number, System.nanoTime());
        return known.compute(key, (k, now) -> now == before || !isFresh(now) ? read : now).version;
    }
}
