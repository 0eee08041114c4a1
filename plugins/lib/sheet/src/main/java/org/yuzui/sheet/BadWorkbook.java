package org.yuzui.sheet;

import org.yuzui.spi.RefusedException;

/** Why a file can't be read as a workbook at all. What is wrong in single cells is told by the cells. */
public final class BadWorkbook extends RefusedException {

    private static final long serialVersionUID = 1L;

    /**
     * @param place   a part of the file such as {@code xl/workbook.xml}; null for the whole file
     * @param message a sentence in both languages, with the cure; nothing of what stands in the file
     */
    BadWorkbook(String code, String place, String message) {
        super(code, place, message);
    }
}
