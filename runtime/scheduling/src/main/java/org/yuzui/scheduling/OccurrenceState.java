package org.yuzui.scheduling;

/** Where an occurrence is. */
public enum OccurrenceState {
    DUE, RUNNING, DONE, FAILED,
    /** Its time passed while no node ran, and the schedule's misfire policy says not to make up for it. */
    MISSED,
    /** Its time came while the schedule was paused. */
    SKIPPED
}
