package org.yuzui.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code x-capture}: what is kept of a contract's records on their way, so that somebody can look at it. Each one keeps what the ones
 * before it keep. The order is part of what it says.
 */
public enum Capture {

    /** Nothing, not even what is refused: that can then be neither mended nor replayed. */
    NONE,
    /** The record under its contract, masked as the contract says; and what is refused. */
    PUBLISHED,
    /** The message too, as the source sent it; what counts when a contract says nothing. */
    ARRIVAL,
    /** And what each subscription's route gave to its sink last. */
    DELIVERED;

    /** As a contract writes it: {@code arrival}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Capture::word).toList();
    }

    public static Optional<Capture> of(String word) {
        return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst();
    }

    public boolean keeps(Capture what) {
        return compareTo(what) >= 0;
    }
}
