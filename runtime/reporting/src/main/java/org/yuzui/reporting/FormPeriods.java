package org.yuzui.reporting;

import java.time.Instant;
import java.util.List;

/** Which version of its form a period has. */
public interface FormPeriods {

    /** What it had, the one that counts last; empty while it isn't open. */
    List<Version> versions(String form, Period period);

    /**
     * Gives an open period another version. Answers that are there stay as they were checked; totals are made by it from now on,
     * and whoever answers by it has to answer too.
     *
     * @param version null for the newest
     * @throws org.yuzui.kernel.ProblemException {@code unknown-form}, {@code unknown-version}, {@code period-not-open},
     *                                           {@code same-version}, {@code period-changed}, {@code bad-reasons}
     */
    Version move(String form, Period period, Integer version, String reason, String who);

    /** @param reason null of the version that it was opened with */
    record Version(String form, Period period, int version, String reason, String who, Instant at) {
    }
}
