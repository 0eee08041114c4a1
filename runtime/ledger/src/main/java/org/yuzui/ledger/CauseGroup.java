package org.yuzui.ledger;

import java.time.Instant;

/**
 * Flows that stopped for the same reason.
 *
 * @param id      the same for the same reason, also later and on other nodes; what {@link FlowFilter#cause()} takes
 * @param flows   how many
 * @param firstAt when the first of them arrived
 * @param lastAt  when the last of them arrived
 * @param latest  the one that arrived last; its sentence tells of the others too, but for numbers and names
 */
public record CauseGroup(String id, long flows, Instant firstAt, Instant lastAt, Flow latest) {
}
