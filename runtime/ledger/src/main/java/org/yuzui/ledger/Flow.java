package org.yuzui.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * One line of the ledger: a record (or a refused message) and where it stands.
 *
 * @param arrivals how often it arrived (1 + duplicates)
 * @param plugin   by which it arrived, and by which route
 * @param cause    the last cause; null when nothing failed
 * @param causeGroup {@link CauseGroup#id()} of it; null when nothing failed
 */
public record Flow(UUID id, FlowStatus status, String contract, String key, String unit, String plugin, String route,
                   String source, String sourceType, String sourceId, Instant firstAt, Instant lastAt, int arrivals, int hops,
                   long size, String causeCode, String cause, String causeGroup) {
}
