package org.yuzui.ledger.internal;

import org.yuzui.ledger.Hop;

/**
 * A hop as it travels.
 *
 * @param hop    without its payload and its fields
 * @param id     unique together with flow and time; grows within a run of the hub, so it also orders hops of the same time
 * @param node   where it happened
 * @param sealed the payload, encrypted, as a trail of a hub before this one may hold it; else null
 * @param terms  of its fields: see {@link Terms}
 */
record TrailHop(Hop hop, long id, String node, byte[] sealed, long[] terms) {
}
