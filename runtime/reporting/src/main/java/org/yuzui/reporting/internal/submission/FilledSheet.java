package org.yuzui.reporting.internal.submission;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands in a filled file, before anybody looks whether it is right.
 *
 * @param cells what was written for each code, as text
 * @param places where, by code; those of {@code form}, {@code period} and {@code unit} too
 */
record FilledSheet(String form, String period, String unit, Map<String, String> cells, Map<String, String> places) {

    FilledSheet() {
        this(null, null, null, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    static ProblemException bad(String place, String message) {
        return new ProblemException(new Problem("bad-file", place, message, "Fill in the file that the hub makes for the form and period."));
    }
}
