package org.yuzui.reporting.internal;

import org.jdbi.v3.core.Jdbi;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.form.FormShelf;
import org.yuzui.scheduling.WorkCalendar;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What every desk has at hand, and what each of them asks before it does anything.
 *
 * @param units by today's tree
 * @param clock in the hub's zone
 */
public record Office(Jdbi jdbi, FormShelf forms, Units units, WorkCalendar calendar, Clock clock) {

    public LocalDate today() {
        return LocalDate.now(clock);
    }

    public LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, clock.getZone());
    }

    /** A unit that is no more still has answers of its time to give, and its bureaus of then to look at them. */
    public Units tree(Period period) {
        return units.of(period, today());
    }

    /**
     * As its plugin brings it now.
     *
     * @throws ProblemException {@code unknown-form}
     */
    public Form newest(String form) {
        return forms.require(form).form();
    }

    /**
     * As a period has it.
     *
     * @throws ProblemException {@code unknown-form}
     */
    public Form form(String id, Period period) {
        return forms.of(id, period).form();
    }

    /**
     * The same for one of the form's own periods.
     *
     * @throws ProblemException {@code unknown-form}, {@code bad-period}
     */
    public Form formOfOwn(String id, Period period) {
        requireOwn(newest(id), period);
        return form(id, period);
    }

    /** @throws ProblemException {@code bad-period} when it is not one that the form is answered for */
    public static void requireOwn(Form form, Period period) {
        if (period.kind() != form.period()) {
            throw new ProblemException(new Problem("bad-period", null, "The form '" + form.id() + "' is answered by " + form.period()
                    + ", and " + period + " is a " + period.kind() + ".", "Write it as " + form.period().example() + "."));
        }
    }

    /** @throws ProblemException {@code unknown-unit} */
    public Unit unit(String code) {
        return units.find(code).orElseThrow(() -> new ProblemException(new Problem("unknown-unit", null,
                "The unit '" + code + "' is not known.", units.cure(code))));
    }
}
