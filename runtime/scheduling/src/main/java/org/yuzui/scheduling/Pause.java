package org.yuzui.scheduling;

import java.time.Instant;

/**
 * That somebody paused a schedule.
 *
 * @param reason null when none was given
 */
public record Pause(String schedule, String who, String reason, Instant since) {
}
