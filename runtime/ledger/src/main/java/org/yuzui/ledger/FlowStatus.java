package org.yuzui.ledger;

/** Where a flow stands, computed from its hops in whatever order they come. The order is stored: a new one goes to the end. */
public enum FlowStatus {
    /** Durable in the hub; no subscription has ended yet. */
    ACCEPTED,
    /** Stored or delivered, and nothing failed last. */
    DELIVERED,
    /** A subscription is trying again. */
    RETRYING,
    /** A subscription gave up. */
    DEAD,
    REFUSED,
    /** Accepted by setting without becoming a record. */
    IGNORED,
    /** It had stopped, and somebody dealt with it: it went in again, was mended, or was dismissed. */
    SETTLED
}
