package org.yuzui.scheduling;

import java.time.Year;
import java.util.List;
import java.util.Map;

/**
 * A range of days.
 *
 * @param days    those with anything due, by day and schedule
 * @param unknown schedules that can't be foretold to the end of the range, and the year whose working days aren't announced
 */
public record ScheduleDays(List<ScheduleDay> days, Map<String, Year> unknown) {
}
