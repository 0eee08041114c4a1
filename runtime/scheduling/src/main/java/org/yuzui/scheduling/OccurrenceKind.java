package org.yuzui.scheduling;

/** Why an occurrence exists. */
public enum OccurrenceKind {
    /** By the schedule's own cron or interval. */
    PLANNED,
    /** Somebody asked for it, now, for the day that it would be about now. */
    RUN_NOW,
    /** Somebody asked for it for a past day. */
    BACKFILL
}
