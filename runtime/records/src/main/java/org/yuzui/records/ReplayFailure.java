package org.yuzui.records;

import java.util.UUID;

/**
 * A flow that a replay did not bring on.
 *
 * @param cause why it stopped again, or could not be sent on; null when it is not known
 */
public record ReplayFailure(UUID flow, String cause) {
}
