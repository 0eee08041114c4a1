package org.yuzui.reporting.internal.units;

import org.yuzui.kernel.Problem;
import org.yuzui.reporting.Unit;

/** A unit and where it is written ({@code config/org/units.csv:12}). */
public record UnitRow(Unit unit, String place) {

    Problem problem(String code, String column, String message, String cure) {
        return new Problem(code, place + " " + column, message, cure);
    }
}
