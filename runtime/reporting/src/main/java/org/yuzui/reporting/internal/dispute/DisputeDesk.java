package org.yuzui.reporting.internal.dispute;

import org.jdbi.v3.core.Handle;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Dispute;
import org.yuzui.reporting.Dispute.Decision;
import org.yuzui.reporting.Dispute.State;
import org.yuzui.reporting.Disputes;
import org.yuzui.reporting.Due;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.internal.Office;
import org.yuzui.reporting.internal.review.DutyDesk;
import org.yuzui.reporting.internal.rollup.Figures;
import org.yuzui.reporting.internal.rollup.Unsettled;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Disputes as facts, and how each stands by them, the clock and the answers that came since. */
public final class DisputeDesk implements Disputes, Unsettled, DutyDesk.Pending {

    /** Until the end of the n-th working day the bureau above has time. */
    private static final int WORKDAYS = 5;
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);
    private static final int MOST = 1000;
    private static final int MOST_READ = 10_000;

    private final Office office;
    private final DisputeTable table;
    private final Figures figures;

    public DisputeDesk(Office office, Figures figures) {
        this.office = office;
        this.figures = figures;
        this.table = new DisputeTable(office.jdbi(), office.clock());
    }

    @Override
    public Dispute open(String formId, Period period, String code, String indicator, BigDecimal value, String reason, String who) {
        Form form = office.formOfOwn(formId, period);
        Unit unit = office.unit(code);
        requireIndicator(form, indicator);
        requireReason(reason);
        if (unit.parent() == null) {
            throw new ProblemException(new Problem("nobody-above", "/unit", "Nobody above '" + code + "' holds figures about it.", null));
        }
        BigDecimal held = figures.own(formId, period, List.of(code)).getOrDefault(code, Map.of()).get(indicator);
        return office.jdbi().inTransaction(handle -> {
            // one at a time: the second of two at once finds the first
            handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 8))")
                    .bind("key", formId + " " + period + " " + code + " " + indicator).mapTo(String.class).findOne();
            table.of(handle, formId, period).stream().filter(r -> r.unit().equals(code) && r.indicator().equals(indicator))
                    .map(r -> dispute(handle, r)).filter(d -> d.state().pending()).findFirst().ifPresent(d -> {
                        throw new ProblemException(new Problem("already-disputed", "/indicator", "This figure is disputed already (number "
                                + d.id() + ").", d.state() == State.UPHELD ? "It was upheld; correct the answer."
                                : "Withdraw that one first, or wait for '" + d.answerer() + "'."));
                    });
            return dispute(handle, table.add(handle, formId, period, code, indicator, held, value, reason, unit.parent(), who));
        });
    }

    private static void requireIndicator(Form form, String code) {
        if (form.indicator(code).isEmpty()) {
            throw new ProblemException(new Problem("unknown-indicator", "/indicator", "The form '" + form.id() + "' has no indicator '"
                    + code + "'.", KnownKeys.cure(code, form.indicators().stream().map(Indicator::code).toList())));
        }
    }

    private static void requireReason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new ProblemException(new Problem("bad-reasons", "/reason", "Without a reason nobody can judge it.", "Say why."));
        }
    }

    @Override
    public Dispute answer(long id, boolean upheld, String reason, String who) {
        requireReason(reason);
        return decide(id, upheld ? Decision.Kind.UPHELD : Decision.Kind.REJECTED, reason, who);
    }

    @Override
    public Dispute withdraw(long id, String reason, String who) {
        return decide(id, Decision.Kind.WITHDRAWN, reason == null || reason.isBlank() ? null : reason, who);
    }

    private Dispute decide(long id, Decision.Kind kind, String reason, String who) {
        find(id);
        if (!table.answer(id, kind, reason, who)) {
            Decision first = find(id).decision();
            throw new ProblemException(new Problem("already-answered", null, "Dispute " + id + " is over: "
                    + first.kind().toString().toLowerCase(Locale.ROOT) + " by " + first.who() + ".", null));
        }
        return find(id);
    }

    @Override
    public Dispute find(long id) {
        DisputeTable.Row row = table.find(id).orElseThrow(() -> new ProblemException(new Problem("unknown-dispute", null,
                "There is no dispute " + id + ".", null)));
        return office.jdbi().withHandle(handle -> dispute(handle, row));
    }

    @Override
    public List<Dispute> find(Filter filter) {
        office.unit(filter.unit());
        if (filter.form() != null) {
            office.forms().require(filter.form());
        }
        List<DisputeTable.Row> rows = table.find(office.units().subtree(filter.unit()), filter.form(),
                filter.period() == null ? LocalDate.of(2000, 1, 1) : filter.period().first(), false, MOST_READ);
        return office.jdbi().withHandle(handle -> rows.stream().filter(r -> filter.period() == null || filter.period().equals(r.period()))
                .filter(r -> filter.answerer() == null || filter.answerer().equals(r.answerer()))
                .map(r -> dispute(handle, r)).filter(d -> filter.states().isEmpty() || filter.states().contains(d.state()))
                .limit(MOST).toList());
    }

    /** All of a period that are not over. */
    public List<Dispute> pending(String form, Period period) {
        return office.jdbi().withHandle(handle -> table.of(handle, form, period).stream().map(r -> dispute(handle, r))
                .filter(d -> d.state().pending()).toList());
    }

    @Override
    public Set<String> units(String form, Period period) {
        Set<String> wrong = new HashSet<>();
        office.jdbi().useHandle(handle -> table.of(handle, form, period).stream()
                .filter(r -> r.decision() != null && r.decision().kind() == Decision.Kind.UPHELD)
                .filter(r -> dispute(handle, r).state() == State.UPHELD).forEach(r -> wrong.add(r.unit())));
        return wrong;
    }

    @Override
    public void forEach(LocalDate since, Consumer<Dispute> each) {
        List<DisputeTable.Row> rows = table.find(office.units().all().stream().map(Unit::code).toList(), null, since, true, MOST_READ);
        office.jdbi().useHandle(handle -> rows.forEach(r -> each.accept(dispute(handle, r))));
    }

    private Dispute dispute(Handle handle, DisputeTable.Row row) {
        Due due = due(row.at());
        Instant settled = null;
        State state;
        if (row.decision() == null) {
            state = due.isPast(office.clock().instant()) ? State.OVERDUE : State.OPEN;
        } else if (row.decision().kind() == Decision.Kind.UPHELD) {
            settled = table.corrected(handle, row, below(row)).orElse(null);
            state = settled == null ? State.UPHELD : State.SETTLED;
        } else {
            state = row.decision().kind() == Decision.Kind.REJECTED ? State.REJECTED : State.WITHDRAWN;
        }
        return new Dispute(row.id(), row.form(), row.period(), row.unit(), row.indicator(), row.held(), row.value(), row.reason(),
                row.who(), row.at(), row.answerer(), due, state, row.decision(), settled);
    }

    /** Whose answers are part of the figure. */
    private Set<String> below(DisputeTable.Row row) {
        Set<String> below = new HashSet<>(office.tree(row.period()).subtree(row.unit()));
        below.add(row.unit());
        return below;
    }

    private Due due(Instant at) {
        try {
            return new Due(office.calendar().plusWorkdays(office.day(at), WORKDAYS).atTime(END_OF_DAY)
                    .atZone(office.clock().getZone()).toInstant(), null);
        } catch (ProblemException e) {
            return new Due(null, e.problem());
        }
    }
}
