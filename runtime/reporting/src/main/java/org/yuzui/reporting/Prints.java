package org.yuzui.reporting;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Tables of totals as files for people. */
public interface Prints {

    /** What a file may be. */
    enum Kind {
        XLSX, CSV, PDF;

        /** The kind that is called so: {@code pdf}. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values()).filter(k -> k.word().equals(word)).findFirst();
        }

        /** {@code xlsx} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A unit's total beside those of the units right below it. Numbers of a CSV file are exact, those of the others rounded as the
     * form says; a PDF is for A4 across.
     *
     * @param period  may be longer than the form's own
     * @param english or in Chinese
     * @throws org.yuzui.kernel.ProblemException {@code unknown-form}, {@code unknown-unit}, {@code bad-period}
     */
    byte[] table(String form, Period period, String unit, Kind kind, boolean english);
}
