package org.yuzui.launcher.demo.jt808;

/** What terminals have to say. */
interface Source {

    /** The next message of a terminal; null when it has nothing more to say. */
    Said next(int terminal);

    /** A message's body, and how many positions it holds. */
    record Said(int id, byte[] body, int positions) {
    }
}
