package org.yuzui.plugin.hr.sheet;

import org.yuzui.spi.RefusedException;

/** A file that can't be read as a table. */
public final class BadSheet extends RefusedException {

    private static final long serialVersionUID = 1L;

    /**
     * @param place   a cell, a row or a part of the file; may be null
     * @param message a sentence in both languages, with the cure; nothing of what stands in the file
     */
    public BadSheet(String code, String place, String message) {
        super(code, place, message);
    }
}
