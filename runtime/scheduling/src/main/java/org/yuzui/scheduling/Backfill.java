package org.yuzui.scheduling;

import java.time.LocalDate;

/**
 * What a backfill made due, or would.
 *
 * @param due      occurrences that become due
 * @param done     that are left alone: done, running or due already
 * @param failed   that failed and are left alone
 * @param firstDay of those that become due; null when none does
 * @param lastDay  of those that become due; null when none does
 */
public record Backfill(int due, int done, int failed, LocalDate firstDay, LocalDate lastDay) {

    /**
     * Which days are to be made up for.
     *
     * @param from      the first day that it is about
     * @param to        the last one
     * @param failedToo whether what failed is to run again
     */
    public record Range(LocalDate from, LocalDate to, boolean failedToo) {
    }
}
