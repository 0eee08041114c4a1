package org.yuzui.launcher.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns that stay aligned when some characters are two cells wide. */
final class Table {

    private static final String GAP = "  ";
    /** A table that is no wider keeps its heads in one line. */
    private static final int FITS = 120;
    private static final int NARROWEST = 9;

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
            for (String[] row : rows) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        for (String[] line : headLines(widths)) {
            line(out, line, widths);
        }
        rows.forEach(row -> line(out, row, widths));
    }

    /** The heads, in several lines when their figures are narrower and the table would not fit a terminal; widens the columns to them. */
    private List<String[]> headLines(int[] widths) {
        int all = GAP.length() * (heads.length - 1);
        for (int i = 0; i < heads.length; i++) {
            all += Math.max(widths[i], width(heads[i]));
        }
        List<List<String>> columns = new ArrayList<>();
        int most = 0;
        for (int i = 0; i < heads.length; i++) {
            boolean folds = all > FITS && right[i];
            List<String> parts = folds ? folded(heads[i], Math.max(widths[i], NARROWEST)) : List.of(heads[i]);
            columns.add(parts);
            most = Math.max(most, parts.size());
            widths[i] = Math.max(widths[i], parts.stream().mapToInt(Table::width).max().orElse(0));
        }
        List<String[]> lines = new ArrayList<>();
        for (int n = 0; n < most; n++) {
            String[] line = new String[heads.length];
            for (int i = 0; i < heads.length; i++) {
                int part = n - (most - columns.get(i).size());   // the last line of each stands above its figures
                line[i] = part < 0 ? "" : columns.get(i).get(part);
            }
            lines.add(line);
        }
        return lines;
    }

    /** Folded at spaces, and between characters of two cells. */
    private static List<String> folded(String text, int limit) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String piece : text.split("(?<= )|(?<=[\\u2E80-\\u9FFF])(?=[\\u2E80-\\u9FFF])")) {
            if (!part.isEmpty() && width(part + piece.stripTrailing()) > limit) {
                parts.add(part.toString().stripTrailing());
                part.setLength(0);
            }
            part.append(piece);
        }
        parts.add(part.toString().stripTrailing());
        return parts;
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
