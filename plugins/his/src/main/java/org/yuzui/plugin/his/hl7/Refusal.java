package org.yuzui.plugin.his.hl7;

import org.yuzui.spi.RefusedException;

/** A message that is answered with a negative acknowledgement for good. */
public final class Refusal extends RefusedException {

    private static final long serialVersionUID = 1L;

    /** MSA-1. */
    public enum Ack {
        /** The message is of a kind that is taken, but its content can't be processed. */
        AE,
        /** The message is not accepted, whatever it holds: its type, version or processing id. */
        AR
    }

    /** The hub's own code, what MSA-1 says, and the code of HL7 table 0357 for ERR-3. */
    public enum Reason {
        NO_HEADER("no-header", Ack.AR, 100, "Segment sequence error"),
        BAD_HEADER("bad-header", Ack.AR, 101, "Required field missing"),
        UNSUPPORTED_TYPE("unsupported-type", Ack.AR, 200, "Unsupported message type"),
        UNSUPPORTED_EVENT("unsupported-event", Ack.AR, 201, "Unsupported event code"),
        PROCESSING_ID("processing-id", Ack.AR, 202, "Unsupported processing id"),
        UNSUPPORTED_VERSION("unsupported-version", Ack.AR, 203, "Unsupported version id"),
        CHARSET("charset", Ack.AE, 102, "Data type error"),
        UNKNOWN_FACILITY("unknown-facility", Ack.AE, 103, "Table value not found"),
        MISSING_FIELD("missing-field", Ack.AE, 101, "Required field missing"),
        BAD_VALUE("bad-value", Ack.AE, 102, "Data type error"),
        FRAME("", Ack.AE, 207, "Application internal error");

        private final String code;
        private final Ack ack;
        private final int error;
        private final String errorText;

        Reason(String code, Ack ack, int error, String errorText) {
            this.code = code;
            this.ack = ack;
            this.error = error;
            this.errorText = errorText;
        }

        public Ack ack() {
            return ack;
        }

        public int error() {
            return error;
        }

        public String errorText() {
            return errorText;
        }
    }

    private final Reason reason;

    /** @param place such as {@code PV1-19}; null when it has none */
    public Refusal(Reason reason, String place, String message) {
        this(reason, reason.code, place, message);
    }

    private Refusal(Reason reason, String code, String place, String message) {
        super(code, place, message);
        this.reason = reason;
    }

    /** Of bytes that never were a message. */
    public static Refusal frame(String code, String message) {
        return new Refusal(Reason.FRAME, code, null, message);
    }

    public Reason reason() {
        return reason;
    }
}
