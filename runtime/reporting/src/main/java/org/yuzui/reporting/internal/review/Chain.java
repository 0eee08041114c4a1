package org.yuzui.reporting.internal.review;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;

import java.util.ArrayList;
import java.util.List;

/**
 * The bureaus that look at a unit's answers, in the order of their turns: those that were above it in the period, each under the code
 * that it goes on in.
 */
final class Chain {

    /** What chains depend on. */
    record Of(int version, Units then) {
    }

    private Chain() {
    }

    /**
     * Of each level of the form's review the one above the unit, if there is one.
     *
     * @param then the tree of the period
     * @param now  today's
     */
    static List<String> of(Form form, Units then, Units now, String unit) {
        List<String> chain = new ArrayList<>();
        if (!form.review().isEmpty()) {
            then.find(unit).ifPresent(u -> climb(form, then, u.parent(), chain));
        }
        return chain.stream().map(now::successor).distinct().toList();
    }

    private static void climb(Form form, Units units, String code, List<String> chain) {
        String at = code;
        while (at != null) {
            Unit unit = units.find(at).orElse(null);
            if (unit == null) {
                return;
            }
            if (form.review().contains(unit.level())) {
                chain.add(at);
            }
            at = unit.parent();
        }
    }
}
