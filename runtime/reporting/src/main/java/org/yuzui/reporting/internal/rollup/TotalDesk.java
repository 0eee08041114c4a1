package org.yuzui.reporting.internal.rollup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Due;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Standing.State;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Totals;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.Office;
import org.yuzui.reporting.internal.review.ReviewDesk;
import org.yuzui.reporting.internal.submission.SubmissionTable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tables of totals from the kept ones, and their recomputation. */
public final class TotalDesk implements Totals {

    private static final Logger LOG = LoggerFactory.getLogger(TotalDesk.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Office office;
    private final SubmissionTable submissions;
    private final ReviewDesk reviews;
    private final TotalStore store;
    private final Figures figures;
    private final Unsettled unsettled;

    public TotalDesk(Office office, SubmissionTable submissions, ReviewDesk reviews, TotalStore store, Figures figures, Unsettled unsettled) {
        this.office = office;
        this.submissions = submissions;
        this.reviews = reviews;
        this.store = store;
        this.figures = figures;
        this.unsettled = unsettled;
    }

    /** Puts a new version in the place of the one before, in all totals above it; in the transaction of the version. */
    public void replace(Handle handle, Submission added, Submission before) {
        store.replace(handle, office.form(added.form(), added.period()), added, before);
    }

    @Override
    public Table table(String formId, Period period, String code) {
        Form form = office.formOfOwn(formId, period);
        Units tree = store.tree(period);
        Unit unit = tree.find(code).orElseThrow(() -> new ProblemException(new Problem("unknown-unit", null,
                "The unit '" + code + "' is not known" + (office.units().find(code).isPresent() ? " in " + period + "." : "."),
                office.units().cure(code))));
        Map<String, Standing> standings = reviews.standings(formId, period);
        Due due = reviews.due(form, period);
        Map<String, List<Standing>> below = below(tree, unit, standings.values());
        List<Unit> children = tree.children(code).stream().filter(c -> below.containsKey(c.code())).toList();
        List<String> codes = new ArrayList<>(List.of(code));
        children.forEach(c -> codes.add(c.code()));
        Map<String, Map<String, BigDecimal>> values = figures.own(formId, period, codes);
        Set<String> wrong = new HashSet<>();
        Map<String, String> belongs = new HashMap<>();
        unsettled.units(formId, period).forEach(u -> wrong.add(belongs(tree, code, u, belongs)));
        List<Standing> all = new ArrayList<>();
        below.values().forEach(all::addAll);
        wrong.remove("");
        return new Table(form, period, due, row(unit, values, all, standings.get(code), !wrong.isEmpty()), children.stream()
                .map(c -> row(c, values, below.get(c.code()), standings.get(c.code()), wrong.contains(c.code()))).toList(),
                restated(form, period, code));
    }

    /** Of the unit and those right below it today, as far as they have units below; null when the tree is the same. */
    private Map<String, Map<String, BigDecimal>> restated(Form form, Period period, String code) {
        if (!store.isOtherTree(period)) {
            return null;
        }
        Map<String, Accumulated> all = store.restated(form, period);
        Map<String, Map<String, BigDecimal>> restated = new LinkedHashMap<>();
        String today = office.units().successor(code);
        List<String> codes = new ArrayList<>(List.of(today));
        office.units().children(today).forEach(c -> codes.add(c.code()));
        codes.stream().filter(all::containsKey).forEach(c -> restated.put(c, all.get(c).sums(form).values()));
        return restated;
    }

    private static Row row(Unit unit, Map<String, Map<String, BigDecimal>> values, List<Standing> below, Standing own, boolean wrong) {
        Map<State, Integer> stands = new EnumMap<>(State.class);
        int expected = 0;
        int received = 0;
        int late = 0;
        for (Standing standing : below) {
            stands.merge(standing.state(), 1, Integer::sum);
            expected += standing.state() == State.EXCUSED ? 0 : 1;
            received += standing.state().answered() ? 1 : 0;
            late += standing.late() ? 1 : 0;
        }
        return new Row(unit, values.getOrDefault(unit.code(), Map.of()), expected, received, stands, late,
                wrong || stands.containsKey(State.RETURNED), own);
    }

    /** The standings by the unit right below that they belong to; its own under its own code. */
    private static Map<String, List<Standing>> below(Units tree, Unit unit, Collection<Standing> all) {
        Map<String, String> belongs = new HashMap<>();
        Map<String, List<Standing>> below = new HashMap<>();
        for (Standing standing : all) {
            String child = belongs(tree, unit.code(), standing.unit(), belongs);
            if (!child.isEmpty()) {
                below.computeIfAbsent(child, c -> new ArrayList<>()).add(standing);
            }
        }
        return below;
    }

    private static String belongs(Units tree, String top, String code, Map<String, String> known) {
        String found = known.get(code);
        if (found == null) {
            String parent = tree.find(code).map(Unit::parent).orElse(null);
            found = code.equals(top) || top.equals(parent) ? code : parent == null ? "" : belongs(tree, top, parent, known);
            known.put(code, found);
        }
        return found;
    }

    @Override
    public Recount recount(String formId, Period period) {
        Form form = office.formOfOwn(formId, period);
        long began = System.nanoTime();
        TotalStore.Counted counted = store.recount(form, period);
        Recount recount = new Recount(formId, period, counted.submissions(), counted.differences(),
                (System.nanoTime() - began) / 1_000_000, office.clock().instant().truncatedTo(ChronoUnit.MICROS));
        if (!recount.differences().isEmpty()) {
            LOG.error("The kept totals of {} for {} were not what its {} answers give: {}; they are now", formId, period,
                    recount.submissions(), recount.differences().stream().limit(10).toList());
        }
        keep(recount);
        return recount;
    }

    private void keep(Recount recount) {
        office.jdbi().useHandle(h -> h.createUpdate("""
                insert into reporting.recounts (form, period, day, submissions, differences, millis, at)
                values (:form, :period, :day, :submissions, cast(:differences as jsonb), :millis, :at)""")
                .bind("form", recount.form()).bind("period", recount.period().kind().toString())
                .bind("day", recount.period().first()).bind("submissions", recount.submissions())
                .bind("differences", json(recount.differences())).bind("millis", recount.millis())
                .bind("at", recount.at().atOffset(ZoneOffset.UTC)).execute());
    }

    @Override
    public List<Recount> recountAll() {
        List<Map.Entry<String, Period>> all = office.jdbi().withHandle(h -> h
                .createQuery("select form, period, day from reporting.totalled order by day desc, form")
                .map((row, context) -> Map.entry(row.getString("form"), new Period(Period.Kind.of(row.getString("period"))
                        .orElseThrow(), row.getObject("day", LocalDate.class)))).list());
        // two at a time: while the database reads one period's answers, another's are added up
        ExecutorService threads = Executors.newFixedThreadPool(2, r -> new Thread(r, "recount"));
        try {
            List<CompletableFuture<Recount>> recounts = all.stream().filter(e -> office.forms().deployed().find(e.getKey())
                            .filter(f -> f.form().period() == e.getValue().kind()).isPresent())
                    .map(e -> CompletableFuture.supplyAsync(() -> recount(e.getKey(), e.getValue()), threads)).toList();
            return recounts.stream().map(TotalDesk::done).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Recount done(CompletableFuture<Recount> recount) {
        try {
            return recount.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public List<Recount> recounts(String form) {
        office.forms().require(form);
        return office.jdbi().withHandle(h -> h.createQuery("select * from reporting.recounts where form = :form order by id desc limit 1000")
                .bind("form", form).map((row, context) -> new Recount(form,
                        new Period(Period.Kind.of(row.getString("period")).orElseThrow(), row.getObject("day", LocalDate.class)),
                        row.getInt("submissions"), differences(row.getString("differences")), row.getInt("millis"),
                        row.getObject("at", OffsetDateTime.class).toInstant())).list());
    }

    @Override
    public byte[] export(String formId, Period period, String code) {
        Form form = office.formOfOwn(formId, period);
        Units tree = store.tree(period);
        Unit unit = tree.find(code).orElseThrow(() -> new ProblemException(new Problem("unknown-unit", null,
                "The unit '" + code + "' is not known.", office.units().cure(code))));
        List<String> below = List.copyOf(tree.subtree(code));
        Map<String, Map<String, BigDecimal>> totals = new LinkedHashMap<>();
        Map<String, Accumulated> kept = store.read(form, period, tree, TotalStore.kept(tree, below));
        below.stream().filter(kept::containsKey).forEach(c -> totals.put(c, kept.get(c).sums(form).values()));
        Instant at = office.clock().instant();
        return ReportDocument.write(form, period, unit, below.stream().map(c -> tree.find(c).orElseThrow()).toList(),
                submissions.latest(form, below, period.first(), period.first()), totals, at);
    }

    private static List<Difference> differences(String json) {
        try {
            return List.of(JSON.readValue(json, Difference[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL gave differences that are none", e);
        }
    }

    private static String json(List<Difference> differences) {
        try {
            return JSON.writeValueAsString(differences);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("differences can be written as JSON", e);
        }
    }
}
