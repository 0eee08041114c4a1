package org.yuzui.scheduling;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * One due time of a schedule.
 *
 * @param schedule {@code his/daily-summary}
 * @param dueAt    when it is or was due
 * @param day      the day that it is about, by the schedule's {@code covers}
 * @param attempts how often it was begun
 * @param node     the node that ran it last; null before
 * @param cause    why it failed, was missed or skipped; null otherwise
 * @param askedBy  who asked for it to be run; null when it came by itself
 */
public record Occurrence(UUID id, String schedule, Instant dueAt, LocalDate day, OccurrenceKind kind,
                         OccurrenceState state, int attempts, Instant startedAt, Instant endedAt, String node,
                         String cause, String askedBy) {
}
