package org.yuzui.plugin.hr.sheet;

/**
 * What stands in a cell.
 *
 * @param text never null, without blanks around it; of a date {@code 2026-11-30}, of a number its digits without an exponent,
 *             with the zeros before it that its format shows
 */
public record Cell(Kind kind, String text) {

    /** What the file says that it is. CSV has only texts. */
    public enum Kind { TEXT, NUMBER, DATE, FORMULA, ERROR }

    public static final Cell EMPTY = new Cell(Kind.TEXT, "");

    public boolean isEmpty() {
        return text.isEmpty() && kind == Kind.TEXT;
    }
}
