package org.yuzui.ledger;

/**
 * What was kept of a flow that was refused.
 *
 * @param bytes   the message as it arrived, or the record as a route made it
 * @param content whether it is the content of a record, JSON, and no message of a source
 */
public record KeptMessage(byte[] bytes, boolean content) {

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Without the message. */
    @Override
    public String toString() {
        return (content ? "content" : "message") + " of " + bytes.length + " bytes";
    }
}
