package org.yuzui.reporting.internal.units;

import org.yuzui.kernel.Problem;
import org.yuzui.reporting.Unit;

import java.time.LocalDate;

/**
 * A unit as one line of a file has it ({@code config/org/units.csv:12}).
 *
 * @param from first day on which it is so; null for ever before
 * @param to   last day on which it is so; null for ever after
 * @param into code of the unit that it became or was merged into after {@code to}; null when there is none
 */
public record UnitRow(Unit unit, String place, LocalDate from, LocalDate to, String into) {

    Problem problem(String code, String column, String message, String cure) {
        return new Problem(code, place + " " + column, message, cure);
    }

    public boolean isOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }

    boolean overlaps(UnitRow other) {
        return (from == null || other.to == null || !from.isAfter(other.to))
                && (other.from == null || to == null || !other.from.isAfter(to));
    }

    public boolean isDated() {
        return from != null || to != null;
    }
}
