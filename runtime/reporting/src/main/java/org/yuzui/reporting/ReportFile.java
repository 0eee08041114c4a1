package org.yuzui.reporting;

import org.yuzui.reporting.internal.rollup.ReportDocument;

import java.util.List;

/** A report that a hub exported, checked without one. */
public final class ReportFile {

    private ReportFile() {
    }

    /** Recomputes the digests of all answers and of the whole, and every total from the answers below it. */
    public static Verification verify(byte[] json) {
        return ReportDocument.verify(json);
    }

    /**
     * What came out.
     *
     * @param form     null when it is no report
     * @param problems empty when everything agrees
     * @param digest   of the whole, to be compared with the one that the sender tells by another way
     */
    public record Verification(String form, String period, String unit, int submissions, int totals, List<String> problems,
                               String digest) {

        public boolean good() {
            return problems.isEmpty();
        }
    }
}
