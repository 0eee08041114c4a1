package org.yuzui.plugin.energy.meter;

import org.yuzui.spi.RefusedException;

import java.util.Arrays;
import java.util.Locale;

/** A meter's answer that is none. The only thing that the decoders throw, whatever the bytes are. */
public final class BadReply extends RefusedException {

    private static final long serialVersionUID = 1L;

    /** Why; its code is the name in kebab-case. */
    public enum Reason {
        /** No frame in what was received. */
        NO_FRAME,
        /** A frame begins and does not end. */
        TRUNCATED,
        /** More than any answer can have. */
        TOO_LONG,
        CHECKSUM,
        /** The lengths in the frame contradict each other, or the question. */
        LENGTH,
        /** Of another meter than was asked. */
        OTHER_METER,
        /** Something else than was asked for. */
        OTHER_DATA,
        /** To an earlier question. */
        OTHER_TRANSACTION,
        /** A function that no answer to a reading has, such as relay control. */
        UNEXPECTED_FUNCTION,
        /** The meter says that it can't answer. */
        METER_ERROR,
        /** An answer without a value. */
        EMPTY,
        /** Digits that are none. */
        BAD_VALUE
    }

    private final Reason reason;
    private final byte[] received;

    /** @param message a sentence for a person */
    public BadReply(Reason reason, String message) {
        this(reason, message, new byte[0]);
    }

    private BadReply(Reason reason, String message, byte[] received) {
        super(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), null, message);
        this.reason = reason;
        this.received = received;
    }

    /** The same with what came. */
    BadReply of(byte[] bytes, int length) {
        return new BadReply(reason, getMessage(), Arrays.copyOf(bytes, length));
    }

    /** What came instead of an answer; empty where nobody listened to a line. */
    public byte[] received() {
        return received;
    }

    public Reason reason() {
        return reason;
    }

    /** Thrown at every poll of a bad line, and nobody looks at where. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
