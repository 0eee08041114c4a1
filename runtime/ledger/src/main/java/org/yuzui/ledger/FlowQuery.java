package org.yuzui.ledger;

import java.time.Instant;
import java.util.Set;

/**
 * Which flows; every component may be null for "any".
 *
 * @param contract   exactly
 * @param keyPrefix  the business key, or how it begins
 * @param status     exactly
 * @param units      any of these unit codes (a subtree, resolved by the caller)
 * @param from       first arrival at or after
 * @param to         first arrival before
 * @param text       in the key, the source's id or the cause, any case
 * @param cursor     {@link FlowPage#next()} of the page before
 * @param limit      1 to 500
 */
public record FlowQuery(String contract, String keyPrefix, FlowStatus status, Set<String> units, Instant from, Instant to,
                        String text, String cursor, int limit) {
}
