package org.yuzui.access;

import java.time.Instant;

/**
 * Which entries of the audit; what is null chooses all.
 *
 * @param act    exactly
 * @param object exactly, or what belongs to it: {@code his/receive-visit} to {@code his}
 * @param who    exactly
 * @param from   at or after
 * @param to     before
 * @param cursor of a page before; null for the first
 * @param limit  entries on the page, 1 to 500
 */
public record AuditQuery(String act, String object, String who, Instant from, Instant to, String cursor, int limit) {

    public AuditQuery {
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit " + limit);
        }
    }
}
