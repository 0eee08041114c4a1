package org.yuzui.access;

import java.time.Instant;
import java.util.Map;

/**
 * One act.
 *
 * @param number  grows with time
 * @param who     name of the principal
 * @param object  null when there is none
 * @param reason  null when none was given
 * @param details {@code refused} holds the code of the problem when it was not done
 */
public record AuditEntry(long number, Instant at, String who, String act, String object, String reason, Map<String, String> details) {
}
