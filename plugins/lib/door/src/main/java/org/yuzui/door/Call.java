package org.yuzui.door;

/** A call with its whole body. */
public final class Call {

    private final Head head;
    private final String peer;
    private final byte[] body;

    Call(Head head, String peer, byte[] body) {
        this.head = head;
        this.peer = peer;
        this.body = body;
    }

    public Head head() {
        return head;
    }

    /** The caller's address, without its port. */
    public String peer() {
        return peer;
    }

    /** As it came; not to be changed. */
    public byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return head.toString();
    }
}
