package org.yuzui.plugin.hr.sheet;

import org.yuzui.sheet.Area;
import org.yuzui.sheet.SheetRow;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A table, row by row; of what was read nothing is kept. Not thread-safe. */
public interface Sheet extends Closeable {

    /** Longer is no cell of a list of people. */
    int LONGEST_TEXT = 4_000;
    int MOST_COLUMNS = 300;

    /**
     * The next row that has a cell which isn't empty.
     *
     * @return null at the end
     * @throws BadSheet when the file is not what it must be
     */
    Line next() throws IOException;

    /** Whether the sheet hides a column, from 0. */
    default boolean isHidden(int column) {
        return false;
    }

    /** Cells that the sheet shows as one; known when the last row was read. */
    default List<Area> merged() {
        return List.of();
    }

    /** What a cell is called: column from 0 and row from 1 give {@code C7}. */
    static String name(int column, int row) {
        return row > 0 ? SheetRow.letters(column) + row : SheetRow.letters(column);
    }

    /**
     * A row.
     *
     * @param number from 1; of CSV the line in which it begins
     * @param cells  by column; none is null
     * @param hidden whether the sheet hides it
     */
    record Line(int number, Cell[] cells, boolean hidden) {

        public Cell cell(int column) {
            return column < cells.length ? cells[column] : Cell.EMPTY;
        }
    }
}
