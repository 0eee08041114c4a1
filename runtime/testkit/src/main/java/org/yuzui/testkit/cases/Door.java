package org.yuzui.testkit.cases;

import java.io.IOException;

/** One way by which something comes into a plugin. Thread-safe unless it says otherwise. */
public interface Door {

    /** The kinds of doors. */
    enum Kind {
        /** A file appears in a folder. */
        FILE,
        /** A framed message over TCP, with an answer. */
        MLLP,
        /** Bytes over TCP; the sender ends its side and reads what is answered. */
        TCP,
        /** A POST. */
        HTTP,
        /** A record under a contract, as another plugin would publish it. */
        RECORD
    }

    Kind kind();

    /**
     * Gives it and waits until it was taken.
     *
     * @param name how a file is called
     * @return the answer; null where there is none
     * @throws IOException when it is not taken
     */
    String give(String name, byte[] given) throws IOException;

    /** Port that a stranger may connect to; 0 when there is none. */
    default int port() {
        return 0;
    }

    /** The bytes as they go over the wire: an MLLP frame, say. */
    default byte[] wire(byte[] given) {
        return given;
    }

    /** Whether an answer means what {@code expected} says. */
    default boolean answers(String answer, String expected) {
        return answer != null && answer.contains(expected);
    }
}
