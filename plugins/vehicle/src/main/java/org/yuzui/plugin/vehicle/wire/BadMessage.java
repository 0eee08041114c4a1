package org.yuzui.plugin.vehicle.wire;

import org.yuzui.spi.RefusedException;

import java.util.Locale;

/** A message of a terminal or a platform that can't be read. The only thing that the decoders throw, whatever the bytes are. */
public final class BadMessage extends RefusedException {

    private static final long serialVersionUID = 1L;

    /** Why; its code in the ledger is the name in kebab-case. */
    public enum Reason {
        /** Bytes before a frame's first flag. */
        BYTES_OUTSIDE_FRAME,
        /** No closing flag within the longest frame that there can be. */
        FRAME_TOO_LONG,
        /** The line ended before the frame did. */
        FRAME_CUT,
        /** Less than a header and a checksum. */
        FRAME_TOO_SHORT,
        BAD_ESCAPE,
        CHECKSUM,
        /** The header's length is not the frame's. */
        LENGTH,
        /** Encrypted in a way that is not understood, or with a key that is not known. */
        ENCRYPTED,
        /** A field reaches beyond the end of the body. */
        SHORT_BODY,
        BAD_TIME,
        /** Latitude or longitude that don't exist. */
        BAD_PLACE,
        /** A batch whose count or lengths don't fit its body. */
        BAD_BATCH,
        /** A sub-packet that contradicts the others of its message. */
        BAD_SUB_PACKET
    }

    private final Reason reason;

    /**
     * @param place   the field in the standard's words; may be null
     * @param message a sentence without personal data
     */
    public BadMessage(Reason reason, String place, String message) {
        super(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), place, message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** They are thrown by the thousand when a line is bad, and nobody looks at where. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
