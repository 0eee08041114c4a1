package org.yuzui.reporting;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers as files that people fill in: a workbook with a sheet for each section, protected but for the cells that are asked for,
 * or a CSV file with a line for each.
 */
public interface Sheets {

    /** What a file may be. */
    enum Kind {
        XLSX, CSV;

        /** By the end of a file's name. */
        public static Optional<Kind> of(String fileName) {
            String name = fileName.toLowerCase(Locale.ROOT);
            return name.endsWith(".xlsx") ? Optional.of(XLSX) : name.endsWith(".csv") ? Optional.of(CSV) : Optional.empty();
        }

        /** {@code xlsx} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The file to fill in, with what the unit's draft or newest version says already. */
    byte[] template(String form, Period period, String unit, Kind kind);

    /**
     * Hands in a filled file. Form, period and unit stand in it.
     *
     * @throws RefusedSubmission                 with the cells of the file ({@code 用能!D4}, {@code line 5 value}) as places
     * @throws org.yuzui.kernel.ProblemException {@code bad-file} when it can't be read, {@code unknown-form}
     */
    default Submission handIn(byte[] file, Kind kind, String note, Signature by) {
        return handIn(file, kind, note, by, unit -> { });
    }

    /** @param mayActFor is asked with the unit that stands in the file, and throws when that must not be */
    Submission handIn(byte[] file, Kind kind, String note, Signature by, Consumer<String> mayActFor);
}
