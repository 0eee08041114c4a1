package org.yuzui.broker.internal;

/** Tells before a send whether the broker knows a duplicate id, which spares the failed transaction. */
@FunctionalInterface
interface DuplicateIds {

    /** An external broker can't be asked: it answers at commit. */
    DuplicateIds UNKNOWN = (address, duplicateId) -> false;

    /** True only when the message with this id is durable. */
    boolean knows(String address, String duplicateId);
}
