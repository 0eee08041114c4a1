package org.yuzui.plugin.his.mllp;

/** What can be wrong with a line before any message is read from it. */
public enum Fault {

    OUTSIDE_FRAME("bytes-outside-frame",
            "Bytes arrived outside an MLLP frame. A frame is 0x0B, the message, 0x1C 0x0D."),
    TRUNCATED("truncated-frame",
            "The MLLP frame was cut off before its end (0x1C). Send the whole message again."),
    TOO_LARGE("too-large",
            "The message is larger than maxMessageBytes allows. Send it without its attachments, or raise the limit."),
    SILENT("silent-connection",
            "The connection never sent a message and was closed after idleTimeout."),
    TLS("tls-handshake",
            "No secured line came about. The sender must speak TLS and show a certificate that clientCa knows, if that is set."),
    TOO_MANY("too-many-connections",
            "All connections that maxConnections allows are in use. Close idle ones, or raise the limit.");

    private final String code;
    private final String text;

    Fault(String code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Kebab-case, stable; shown in the ledger. */
    public String code() {
        return code;
    }

    /** A sentence for a person, with the cure. */
    public String text() {
        return text;
    }

    /** Whether a message had begun, so that its sender waits for an answer. */
    public boolean isOfMessage() {
        return this == TRUNCATED || this == TOO_LARGE;
    }
}
