package org.yuzui.ledger;

/**
 * A page of flows.
 *
 * @param cursor {@link FlowPage#next()} of the page before; null for the first one
 * @param limit  1 to 500
 */
public record FlowQuery(FlowFilter filter, String cursor, int limit) {
}
