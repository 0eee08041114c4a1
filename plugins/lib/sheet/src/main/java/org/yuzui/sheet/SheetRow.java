package org.yuzui.sheet;

import java.util.Map;

/**
 * A row that has at least one cell with something in it.
 *
 * @param number from 1, as a spreadsheet shows it
 * @param hidden whether the sheet hides it
 * @param cells  by column from 0
 */
public record SheetRow(int number, boolean hidden, Map<Integer, Cell> cells) {

    /** {@code C} of column 2. */
    public static String letters(int column) {
        StringBuilder letters = new StringBuilder();
        for (int c = column + 1; c > 0; c = (c - 1) / 26) {
            letters.insert(0, (char) ('A' + (c - 1) % 26));
        }
        return letters.toString();
    }
}
