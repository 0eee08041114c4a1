package org.yuzui.sheet;

/** Cells that a sheet shows as one: rows from 1 and columns from 0, the last ones included. */
public record Area(int firstRow, int firstColumn, int lastRow, int lastColumn) {

    /** {@code C2:C3}. */
    @Override
    public String toString() {
        return SheetRow.letters(firstColumn) + firstRow + ":" + SheetRow.letters(lastColumn) + lastRow;
    }
}
