package org.yuzui.reporting;

import org.yuzui.kernel.Problem;

import java.time.Instant;

/**
 * When something is due, or why nobody can say.
 *
 * @param at      null when it is unknown, and when there is no deadline at all
 * @param unknown why; null otherwise
 */
public record Due(Instant at, Problem unknown) {

    /** Of what has no deadline. */
    public static final Due NEVER = new Due(null, null);

    /** Whether that moment is over. */
    public boolean isPast(Instant now) {
        return at != null && now.isAfter(at);
    }
}
