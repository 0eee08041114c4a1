package org.yuzui.reporting.internal.review;

import org.jdbi.v3.core.Handle;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Deadline;
import org.yuzui.reporting.Due;
import org.yuzui.reporting.Exemption;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Lock;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Review;
import org.yuzui.reporting.Reviews;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Standing.State;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.Office;
import org.yuzui.reporting.internal.form.CompiledForm;
import org.yuzui.reporting.internal.submission.SubmissionTable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reviews, locks and exceptions as facts, and what follows from them. */
public final class ReviewDesk implements Reviews {

    private static final int MOST = 1000;
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

    private final Office office;
    private final ReviewTable table;
    private final SubmissionTable submissions;

    public ReviewDesk(Office office, SubmissionTable submissions) {
        this.office = office;
        this.table = new ReviewTable(office.jdbi(), office.clock());
        this.submissions = submissions;
    }

    @Override
    public Review accept(String form, Period period, String unit, int version, String reviewer, String remark, String who) {
        List<Review.Reason> remarks = remark == null || remark.isBlank() ? List.of() : List.of(new Review.Reason(null, remark));
        return act(form, period, unit, version, (handle, standing) -> {
            if (!reviewer.equals(standing.waitsFor())) {
                throw notWaiting(unit, reviewer, standing);
            }
            return table.add(handle, form, period, unit, version, reviewer, remarks, null, who);
        });
    }

    @Override
    public Review giveBack(String form, Period period, String unit, int version, String reviewer, List<Review.Reason> reasons,
                           int workdays, String who) {
        Form asked = office.form(form, period);
        requireReasons(asked, reasons);
        Instant due = due(asked, workdays);
        return act(form, period, unit, version, (handle, standing) -> {
            if (!Chain.of(asked, office.tree(period), office.units(), unit).contains(reviewer) || standing.state() == State.RETURNED) {
                throw notWaiting(unit, reviewer, standing);
            }
            return table.add(handle, form, period, unit, version, reviewer, reasons, due, who);
        });
    }

    private static void requireReasons(Form form, List<Review.Reason> reasons) {
        if (reasons.isEmpty() || reasons.stream().anyMatch(r -> r.text() == null || r.text().isBlank())) {
            throw new ProblemException(new Problem("bad-reasons", "/reasons", "A return without a reason helps nobody.",
                    "Say to each cell what is wrong with it."));
        }
        List<String> codes = form.indicators().stream().map(Indicator::code).toList();
        reasons.stream().filter(r -> r.cell() != null && !codes.contains(r.cell())).findFirst().ifPresent(r -> {
            throw new ProblemException(new Problem("bad-reasons", "/reasons", "The form has no cell '" + r.cell() + "'.",
                    KnownKeys.cure(r.cell(), codes)));
        });
    }

    private Instant due(Form form, int workdays) {
        if (workdays < 1 || workdays > 60) {
            throw new ProblemException(new Problem("bad-deadline", "/workdays", workdays + " working days can't be meant.",
                    "Give the unit 1 to 60 working days."));
        }
        LocalTime at = form.deadline() == null ? END_OF_DAY : form.deadline().at();
        return office.calendar().plusWorkdays(office.today(), workdays).atTime(at).atZone(office.clock().getZone()).toInstant();
    }

    /** Something that is said of the newest version. */
    private interface Act {
        Review of(Handle handle, Standing standing);
    }

    private Review act(String form, Period period, String unit, int version, Act act) {
        CompiledForm of = require(form, period, unit);
        return office.jdbi().inTransaction(handle -> {
            // one reviewer at a time, and no new version meanwhile
            lockUnit(handle, form, period, unit);
            Standing standing = standings(Facts.read(handle, form, period, period, unit), of.form(), period, new HashMap<>()).of(unit);
            if (standing.version() == 0) {
                throw new ProblemException(new Problem("unknown-version", null, "'" + unit + "' has not handed in for " + period + ".",
                        null));
            }
            if (standing.version() != version) {
                throw new ProblemException(new Problem("version-superseded", "/version", "Version " + version
                        + " is not the newest: " + standing.version() + " is.", "Look at that one first."));
            }
            return act.of(handle, standing);
        });
    }

    private static void lockUnit(Handle handle, String form, Period period, String unit) {
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 7))").bind("key", form + " " + period + " " + unit)
                .mapTo(String.class).findOne();
    }

    private static ProblemException notWaiting(String unit, String reviewer, Standing standing) {
        return new ProblemException(new Problem("not-waiting", "/reviewer", "The answer of '" + unit + "' does not wait for '" + reviewer
                + "'.", standing.state() == State.RETURNED ? "It was returned; '" + unit + "' has to answer first."
                : standing.waitsFor() == null ? "Nobody's review is left." : "It is the turn of '" + standing.waitsFor() + "'."));
    }

    @Override
    public List<Review> of(String form, Period period, String unit) {
        require(form, period, unit);
        return office.jdbi().withHandle(handle -> table.reviews(handle, form, period, unit));
    }

    @Override
    public List<Waiting> inbox(String reviewer) {
        office.unit(reviewer);
        Map<String, List<Period>> opened = new TreeMap<>();
        table.opened(office.today().minusYears(2)).forEach(o -> opened.computeIfAbsent(o.form(), f -> new ArrayList<>())
                .add(o.period()));
        List<Waiting> waiting = new ArrayList<>();
        opened.forEach((id, periods) -> office.forms().deployed().find(id).map(CompiledForm::form).filter(f -> !f.review().isEmpty())
                .ifPresent(f -> waiting(f, periods, reviewer, waiting)));
        waiting.sort(Comparator.comparing(w -> w.submission().at()));
        return waiting.size() > MOST ? List.copyOf(waiting.subList(0, MOST)) : waiting;
    }

    private void waiting(Form current, List<Period> periods, String reviewer, List<Waiting> waiting) {
        List<Period> sorted = periods.stream().filter(p -> p.kind() == current.period()).sorted(Comparator.comparing(Period::first)).toList();
        if (sorted.isEmpty()) {
            return;
        }
        standings(current.id(), sorted.get(0), sorted.get(sorted.size() - 1)).forEach((period, standings) -> {
            List<String> units = standings.values().stream().filter(s -> reviewer.equals(s.waitsFor())).map(Standing::unit).toList();
            if (!units.isEmpty()) {
                submissions.latest(office.form(current.id(), period), units, period.first(), period.first())
                        .forEach(s -> waiting.add(new Waiting(current.id(), period, s)));
            }
        });
    }

    @Override
    public Lock lock(String form, Period period, String unit, boolean locked, String reason, String who) {
        require(form, period, unit);
        requireReason(reason);
        return table.lock(form, period, unit, locked, reason, who);
    }

    @Override
    public Exemption except(String form, Period period, String unit, Exemption.Kind kind, Instant until, boolean valid, String reason,
                            String who) {
        require(form, period, unit);
        requireReason(reason);
        if (kind == Exemption.Kind.EXTENDED && valid && until == null) {
            throw new ProblemException(new Problem("bad-deadline", "/until", "An extension has an end.", "Say until when."));
        }
        return table.except(form, period, unit, kind, until, valid, reason, who);
    }

    private static void requireReason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new ProblemException(new Problem("bad-reasons", "/reason", "What is done without a reason can't be explained later.",
                    "Say why."));
        }
    }

    @Override
    public List<Lock> locks(String form, Period period) {
        office.forms().require(form);
        return office.jdbi().withHandle(handle -> table.locks(handle, form, period));
    }

    @Override
    public List<Exemption> exemptions(String form, Period period) {
        office.forms().require(form);
        return office.jdbi().withHandle(handle -> table.exemptions(handle, form, period));
    }

    @Override
    public Map<String, Standing> standings(String form, Period period) {
        Office.requireOwn(office.newest(form), period);
        return standings(form, period, period).getOrDefault(period, Map.of());
    }

    /**
     * The same of all periods from one to another that have begun, the earliest first.
     *
     * @param from of the form's own kind
     */
    public Map<Period, Map<String, Standing>> standings(String form, Period from, Period to) {
        Form current = office.newest(form);
        LocalDate today = office.today();
        Map<Period, Map<String, Standing>> all = new LinkedHashMap<>();
        office.jdbi().useHandle(handle -> {
            Facts facts = Facts.read(handle, form, from, to, null);
            Map<Period, List<String>> expected = office.forms().periods().expected(handle, form, from, to);
            Map<Chain.Of, Map<String, List<String>>> chains = new HashMap<>();
            for (Period period = from; !period.first().isAfter(to.first()) && !period.first().isAfter(today); period = period.next()) {
                // a period that isn't open is only looked at: whoever reads writes nothing
                Optional<Form> open = expected.containsKey(period) ? office.forms().periods().version(form, period).map(CompiledForm::form)
                        : Optional.empty();
                Form opened = open.orElse(current);
                Units then = office.tree(period);
                Standings standings = standings(facts, opened, period, chains.computeIfAbsent(new Chain.Of(opened.version(), then),
                        c -> new HashMap<>()));
                Map<String, Standing> units = new LinkedHashMap<>();
                // who ended within the period is not asked for it: the unit that goes on answers for all of it
                (open.isPresent() ? expected.get(period) : opened.respondents()).stream().filter(unit -> then.find(unit).isPresent())
                        .forEach(unit -> units.put(unit, standings.of(unit)));
                all.put(period, units);
            }
        });
        return all;
    }

    List<ReviewTable.Opened> opened(LocalDate since) {
        return table.opened(since);
    }

    private Standings standings(Facts facts, Form form, Period period, Map<String, List<String>> chains) {
        return new Standings(facts.of(period), form, office.tree(period), office.units(), due(form, period), office.clock().instant(), chains);
    }

    /** Until when a form's period is answered by those who have no extension. */
    public Due due(Form form, Period period) {
        Deadline deadline = form.deadline();
        return deadline == null ? Due.NEVER : deadline.due(period, office.calendar(), office.clock().getZone());
    }

    /** Why a unit may not hand in now. */
    public Optional<Failure> closed(Form form, Period period, String unit) {
        return Optional.ofNullable(office.jdbi().withHandle(handle -> {
            List<Lock> locks = table.locks(handle, form.id(), period);
            return locks.isEmpty() ? null : new Exemptions(table.exemptions(handle, form.id(), period))
                    .lockOf(unit, locks, office.tree(period), office.clock().instant());
        }))
                .map(lock -> new Failure(null, "/period", null, true, period + " is locked (" + lock.reason()
                        + "). Ask " + lock.unit() + " for an exception.", null));
    }

    /** Whether a version was returned: then also the same values are an answer. */
    public boolean isReturned(Handle handle, Submission latest) {
        lockUnit(handle, latest.form(), latest.period(), latest.unit());
        return table.reviews(handle, latest.form(), latest.period(), latest.unit()).stream()
                .anyMatch(r -> r.version() == latest.version() && !r.accepted());
    }

    private CompiledForm require(String form, Period period, String unit) {
        CompiledForm found = office.forms().of(form, period);
        Office.requireOwn(found.form(), period);
        if (office.tree(period).find(unit).isEmpty()) {
            office.unit(unit);
        }
        return found;
    }
}
