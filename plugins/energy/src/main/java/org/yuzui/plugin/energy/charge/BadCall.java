package org.yuzui.plugin.energy.charge;

/** A call that is answered with a code of the interface, and nothing of it is kept. */
final class BadCall extends Exception {

    private static final long serialVersionUID = 1L;

    static final int BUSY = -1;
    static final int SIGNATURE = 4001;
    static final int TOKEN = 4002;
    static final int ENVELOPE = 4003;
    static final int CONTENT = 4004;

    private final int ret;

    BadCall(int ret, String message) {
        super(message, null, false, false); // an answer, not a fault of ours
        this.ret = ret;
    }

    int ret() {
        return ret;
    }
}
