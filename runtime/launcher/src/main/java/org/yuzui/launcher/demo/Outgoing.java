package org.yuzui.launcher.demo;

/** Something to send. */
interface Outgoing {

    /** How a report names it: the control id, or the file it stands in. */
    String name();

    /** The bytes as they go over the line. */
    Frame frame();

    /**
     * @param bytes     everything that is written, framing included
     * @param controlId MSH-10, which the answer must name in MSA-2; null when the message has none
     */
    record Frame(byte[] bytes, String controlId) {
    }
}
