package org.yuzui.reporting.internal.review;

import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Dispute;
import org.yuzui.reporting.Duties;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Reminder;
import org.yuzui.reporting.Reminder.Kind;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Standing.State;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.Office;
import org.yuzui.reporting.internal.form.CompiledForm;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Opens periods and says who has to be told, from how everybody stands. */
public final class DutyDesk implements Duties {

    /** After how many working days whose bureau is told: the unit's own county, city, province. */
    private static final int[] STEPS = {1, 3, 5};
    private static final int DAYS_BACK = 400;

    private final Office office;
    private final ReviewDesk reviews;
    private final Pending disputes;

    /** Disputes that nobody has answered yet. */
    public interface Pending {

        /** @param since of periods that began on that day or later */
        void forEach(LocalDate since, Consumer<Dispute> each);
    }

    public DutyDesk(Office office, ReviewDesk reviews, Pending disputes) {
        this.office = office;
        this.reviews = reviews;
        this.disputes = disputes;
    }

    @Override
    public int openPeriods() {
        LocalDate today = office.today();
        int open = 0;
        for (CompiledForm form : office.forms().deployed().all()) {
            if (!form.form().respondents().isEmpty()) {
                office.forms().periods().open(form, Period.of(form.form().period(), today));
                open++;
            }
        }
        return open;
    }

    @Override
    public List<Reminder> reminders() {
        Map<String, List<Period>> opened = new TreeMap<>();
        reviews.opened(office.today().minusDays(DAYS_BACK)).forEach(o -> opened.computeIfAbsent(o.form(), f -> new ArrayList<>())
                .add(o.period()));
        List<Reminder> reminders = new ArrayList<>();
        opened.forEach((id, periods) -> office.forms().deployed().find(id).map(CompiledForm::form)
                .ifPresent(form -> remind(form, new HashSet<>(periods), reminders)));
        disputes.forEach(office.today().minusDays(DAYS_BACK), dispute -> remind(dispute, reminders));
        return reminders;
    }

    private void remind(Form current, Set<Period> opened, List<Reminder> reminders) {
        LocalDate today = office.today();
        opened.removeIf(p -> p.kind() != current.period() || p.last().isBefore(today.minusDays(daysBack(p.kind()))));
        if (opened.isEmpty()) {
            return;
        }
        Period first = opened.stream().min(Comparator.comparing(Period::first)).orElseThrow();
        Period last = opened.stream().max(Comparator.comparing(Period::first)).orElseThrow();
        reviews.standings(current.id(), first, last).forEach((period, standings) -> {
            Form form = office.form(current.id(), period);
            if (opened.contains(period) && (form.deadline() != null || !form.review().isEmpty())) {
                standings.values().forEach(s -> remind(form, period, s, reminders));
            }
        });
    }

    /** The bureau that has to answer, and those above it when it doesn't. */
    private void remind(Dispute dispute, List<Reminder> reminders) {
        Instant due = dispute.answerBy().at();
        Form form = office.forms().deployed().find(dispute.form()).map(CompiledForm::form).orElse(null);
        if (form == null || due == null) {
            return;
        }
        reminders.add(new Reminder(form.id(), form.title(), dispute.period(), dispute.unit(), dispute.answerer(), Kind.DISPUTED, 0, due));
        if (dispute.state() == Dispute.State.OVERDUE) {
            LocalDate day = office.day(due);
            String above = office.units().find(dispute.answerer()).map(Unit::parent).orElse(null);
            for (int i = 0; above != null && i < STEPS.length && isOver(day, STEPS[i]); i++) {
                reminders.add(new Reminder(form.id(), form.title(), dispute.period(), dispute.unit(), above, Kind.DISPUTED, STEPS[i], due));
                above = office.units().find(above).map(Unit::parent).orElse(null);
            }
        }
    }

    /** Of short periods there are many: when everybody above has been told for weeks, nobody is told once more. */
    private static int daysBack(Period.Kind kind) {
        return switch (kind) {
            case DAY -> 30;
            case WEEK -> 60;
            default -> DAYS_BACK;
        };
    }

    private void remind(Form form, Period period, Standing standing, List<Reminder> reminders) {
        if (standing.state() == State.MISSING) {
            reminders.add(new Reminder(form.id(), form.title(), period, standing.unit(), standing.unit(), Kind.MISSING, 0, standing.due().at()));
            escalate(form, period, standing, Kind.MISSING, standing.due().at(), reminders);
        } else if (standing.state() == State.RETURNED) {
            reminders.add(new Reminder(form.id(), form.title(), period, standing.unit(), standing.unit(), Kind.RETURNED, 0, standing.answerBy()));
            escalate(form, period, standing, Kind.RETURNED, standing.answerBy(), reminders);
        } else if (!standing.state().answered() && standing.state() != State.EXCUSED && isSoon(standing.due().at())) {
            reminders.add(new Reminder(form.id(), form.title(), period, standing.unit(), standing.unit(), Kind.DUE_SOON, 0, standing.due().at()));
        }
    }

    /** Whether there is no working day between today and the deadline's. */
    private boolean isSoon(Instant due) {
        if (due == null) {
            return false;
        }
        LocalDate day = office.day(due);
        LocalDate today = office.today();
        try {
            return !today.isAfter(day) && (today.equals(day) || !office.calendar().plusWorkdays(today, 1).isBefore(day));
        } catch (ProblemException e) { // of a year that nobody knows the working days of
            return !today.isBefore(day.minusDays(1));
        }
    }

    private void escalate(Form form, Period period, Standing standing, Kind kind, Instant due, List<Reminder> reminders) {
        LocalDate day = office.day(due);
        Units then = office.tree(period);
        String above = standing.unit();
        for (int step : STEPS) {
            above = then.find(above).map(Unit::parent).orElse(null);
            if (above == null || !isOver(day, step)) {
                return;
            }
            reminders.add(new Reminder(form.id(), form.title(), period, standing.unit(), office.units().successor(above), kind, step, due));
        }
    }

    private boolean isOver(LocalDate day, int workdays) {
        try {
            return !office.today().isBefore(office.calendar().plusWorkdays(day, workdays));
        } catch (ProblemException e) { // the working days aren't known: nobody is told too early
            return false;
        }
    }
}
