package org.yuzui.sheet;

/**
 * How much of a file is read before it is refused.
 *
 * @param fileBytes     as it lies on the disk
 * @param inflatedBytes of all its parts that are read, together
 * @param rows          of all its sheets, together
 */
public record Limits(long fileBytes, long inflatedBytes, int rows) {

    /** What Excel lets a cell have. */
    static final int CELL_TEXT = 32_767;
    static final int COLUMNS = 16_384;
    /** Shared texts are kept in memory while the file is read. */
    static final int SHARED_TEXTS = 2_000_000;
    static final int SHARED_CHARACTERS = 32 << 20;
    static final int PARTS = 4_096;
    static final int SHEETS = 256;
    static final int MERGED = 100_000;
    static final int DEPTH = 32;
}
