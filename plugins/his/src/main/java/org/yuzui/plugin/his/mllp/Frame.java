package org.yuzui.plugin.his.mllp;

/** What a line yields next. */
sealed interface Frame {

    /** The bytes between a start and an end block. */
    record Whole(byte[] bytes) implements Frame {
    }

    /**
     * Bytes that are no whole message.
     *
     * @param kept  what was kept of them, at most {@link FrameReader#KEPT}
     * @param size  how many there were
     * @param usable whether the line can go on; if not, it must be closed
     */
    record Broken(Fault fault, byte[] kept, long size, boolean usable) implements Frame {
    }

    /** Nothing came for as long as the line may be idle. */
    record Idle() implements Frame {
    }

    /** The peer closed the line between two messages. */
    record End() implements Frame {
    }
}
