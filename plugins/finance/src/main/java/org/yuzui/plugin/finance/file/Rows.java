package org.yuzui.plugin.finance.file;

import java.io.Closeable;
import java.io.IOException;

/** The rows of a document, one after the other; nothing that was read is kept. Not thread-safe. */
public interface Rows extends Closeable {

    /** A text that is longer than this is no field of an account. */
    int LONGEST_TEXT = 4_000;
    int MOST_FIELDS = 300;

    /** What the mapping calls the document; known after the first {@link #next()}. */
    String document();

    /**
     * @return null at the end
     * @throws BadFile when the file is not what it must be
     */
    Row next() throws IOException;
}
