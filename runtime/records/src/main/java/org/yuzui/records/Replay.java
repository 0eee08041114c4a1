package org.yuzui.records;

import java.time.Instant;

/**
 * Something that was sent on again.
 *
 * @param about   what was asked, as JSON
 * @param total   flows chosen when it began
 * @param done    of these were sent on, or dismissed
 * @param skipped of these needed nothing any more
 * @param failed  of these stopped again, or could not be sent on
 * @param endedAt null while it goes on
 * @param problem why it broke off, what it waits for while it is running, or what those failed for that failed; null otherwise
 */
public record Replay(long id, ReplayRequest.Action action, State state, String who, String reason, String about, Instant startedAt,
                     Instant endedAt, long total, long done, long skipped, long failed, String problem) {

    public enum State { RUNNING, PAUSED, STOPPED, DONE, FAILED }
}
