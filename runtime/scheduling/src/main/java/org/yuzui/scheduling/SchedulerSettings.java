package org.yuzui.scheduling;

import java.time.ZoneId;

/**
 * @param nodeId  who runs here; the same after a restart, different from every other node on the same database
 * @param zone    in which cron expressions and days are read
 * @param threads how many occurrences may run at the same time on this node
 */
public record SchedulerSettings(String nodeId, ZoneId zone, int threads) {
}
