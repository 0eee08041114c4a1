package org.yuzui.ledger;

/** What happened at one step of a flow. The order is stored: a new kind goes to the end. */
public enum HopKind {
    /** A message arrived and became a record, durable. */
    RECEIVED,
    /** A message or record was not accepted; the cause says why, the payload is kept. */
    REFUSED,
    /** The same record arrived again; nothing else was done. */
    DUPLICATE,
    /** A message was accepted by setting without becoming a record. */
    IGNORED,
    /** A route of a subscription made this record from another one, or from a schedule. */
    PUBLISHED,
    /** The record store holds it. */
    STORED,
    /** A subscription's route ended well. */
    DELIVERED,
    /** A subscription's route failed; it will be tried again. */
    RETRIED,
    /** A subscription gave up; the record lies in its dead letters. */
    DEAD,
    /**
     * Somebody sent it on again: with a subscription, to that one; without, the refused message went in once more by its route and
     * was accepted.
     */
    REPLAYED,
    /** Somebody mended a refused message; what came of it is another flow, which names this one as its parent. */
    MENDED,
    /** Somebody decided that it needs nothing more, and why. */
    DISMISSED,
    /** A subscription's route ended well without passing the record on: a filter or a stop kept it back. */
    FILTERED
}
