package org.yuzui.launcher.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns that stay aligned when some characters are two cells wide. */
final class Table {

    private static final String GAP = "  ";

    private final String[] heads;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    Table(String... heads) {
        this.heads = heads;
        this.right = new boolean[heads.length];
    }

    /** Numbers stand at the right of their column. */
    Table rightFrom(int column) {
        Arrays.fill(right, column, right.length, true);
        return this;
    }

    Table row(Object... cells) {
        String[] row = new String[heads.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = i < cells.length && cells[i] != null ? cells[i].toString() : "";
        }
        rows.add(row);
        return this;
    }

    void print(PrintWriter out) {
        int[] widths = new int[heads.length];
        for (int i = 0; i < heads.length; i++) {
            widths[i] = width(heads[i]);
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        line(out, heads, widths);
        rows.forEach(row -> line(out, row, widths));
    }

    private void line(PrintWriter out, String[] cells, int[] widths) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String pad = " ".repeat(widths[i] - width(cells[i]));
            s.append(i == 0 ? "" : GAP).append(right[i] ? pad + cells[i] : cells[i] + pad);
        }
        out.println(s.toString().stripTrailing());
    }

    /** Cells that a text takes on a terminal. */
    static int width(String text) {
        return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
    }

    /** The blocks that Unicode's East Asian Width calls W or F, as far as names and titles use them. */
    private static boolean isWide(int c) {
        return c >= 0x1100 && (c <= 0x115F || c >= 0x2E80 && c <= 0x303E || c >= 0x3041 && c <= 0xA4CF
                || c >= 0xAC00 && c <= 0xD7A3 || c >= 0xF900 && c <= 0xFAFF || c >= 0xFE30 && c <= 0xFE4F
                || c >= 0xFF00 && c <= 0xFF60 || c >= 0xFFE0 && c <= 0xFFE6 || c >= 0x1F300 && c <= 0x1FAFF
                || c >= 0x20000 && c <= 0x3FFFD);
    }
}
