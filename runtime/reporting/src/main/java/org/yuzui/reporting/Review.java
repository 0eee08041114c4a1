package org.yuzui.reporting;

import java.time.Instant;
import java.util.List;

/**
 * What a reviewer said about one version of a submission; immutable.
 *
 * @param reviewer code of the unit for which {@code who} reviewed
 * @param accepted or returned
 * @param reasons  why it was returned; remarks when it was accepted
 * @param due      until when a returned one has to be answered; null when accepted
 */
public record Review(long id, String form, Period period, String unit, int version, String reviewer, boolean accepted,
                     List<Reason> reasons, Instant due, String who, Instant at) {

    /** @param cell code of the indicator that it is about; null for all of the submission */
    public record Reason(String cell, String text) {
    }
}
