package org.yuzui.ledger;

/**
 * How much it is that a filter matches.
 *
 * @param bytes   of the records and messages together
 * @param counted whether it was counted; else it is the database's guess
 */
public record FlowWeight(long flows, long bytes, boolean counted) {
}
