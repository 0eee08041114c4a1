package org.yuzui.reporting.internal;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Outlook;
import org.yuzui.reporting.Period;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** From which period to which somebody wants to look. */
public final class Ranges {

    private Ranges() {
    }

    /**
     * The periods of a kind from one to another, at least one.
     *
     * @param from null for eleven before the last, of days thirty
     * @param to   null for the one that has begun
     * @throws ProblemException {@code bad-period} for one of another kind, {@code bad-range}
     */
    public static List<Period> of(Period.Kind kind, Period from, Period to, LocalDate today) {
        require(kind, from, "from");
        require(kind, to, "to");
        Period last = to == null ? Period.of(kind, today) : to;
        Period first = from;
        if (first == null) {
            first = last;
            for (int i = kind == Period.Kind.DAY ? 30 : 11; i > 0; i--) {
                first = first.previous();
            }
        }
        if (first.first().isAfter(last.first())) {
            throw new ProblemException(new Problem("bad-range", null, first + " comes after " + last + ".", "Exchange the two."));
        }
        List<Period> all = new ArrayList<>();
        for (Period each = first; !each.first().isAfter(last.first()); each = each.next()) {
            if (all.size() == Outlook.MOST_PERIODS) {
                throw new ProblemException(new Problem("bad-range", null, "From " + first + " to " + last + " there are more than "
                        + Outlook.MOST_PERIODS + " periods.", "Ask for fewer."));
            }
            all.add(each);
        }
        return all;
    }

    private static void require(Period.Kind kind, Period period, String name) {
        if (period != null && period.kind() != kind) {
            throw new ProblemException(new Problem("bad-period", name, "'" + name + "' is the " + period.kind() + " " + period
                    + ", and a " + kind + " is wanted.", "Write it as " + kind.example() + "."));
        }
    }
}
