package org.yuzui.plugin.hr.sheet;

import org.yuzui.sheet.Area;
import org.yuzui.sheet.Limits;
import org.yuzui.sheet.SheetRow;
import org.yuzui.sheet.SheetRows;
import org.yuzui.sheet.Workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One sheet of a workbook. */
final class XlsxSheet implements Sheet {

    /** More than a list of a hundred thousand people has. */
    private static final Limits LIMITS = new Limits(SheetFile.MOST_BYTES, 512L << 20, 1_048_576);

    private final Workbook workbook;
    private final SheetRows rows;

    private XlsxSheet(Workbook workbook, SheetRows rows) {
        this.workbook = workbook;
        this.rows = rows;
    }

    static XlsxSheet open(Path file, String sheet) throws IOException {
        Workbook workbook = Workbook.open(file, LIMITS);
        try {
            return new XlsxSheet(workbook, workbook.rows(index(workbook, sheet)));
        } catch (IOException | RuntimeException e) {
            workbook.close();
            throw e;
        }
    }

    private static int index(Workbook workbook, String name) {
        for (int i = 0; i < workbook.sheets().size(); i++) {
            if (name == null ? workbook.isVisible(i) : workbook.sheets().get(i).equals(name)) {
                return i;
            }
        }
        throw new BadSheet("no-sheet", null, name == null ? "工作簿没有可见的工作表。/ The workbook has no visible sheet."
                : "工作簿没有设置中指定的工作表。/ The workbook has no sheet of the name that the setting 'sheet' gives.");
    }

    @Override
    public Line next() throws IOException {
        for (SheetRow row = rows.next(); row != null; row = rows.next()) {
            Cell[] cells = cells(row);
            if (cells.length > 0) {
                return new Line(row.number(), cells, row.hidden());
            }
        }
        return null;
    }

    private static Cell[] cells(SheetRow row) {
        Cell[] cells = new Cell[0];
        for (Map.Entry<Integer, org.yuzui.sheet.Cell> entry : row.cells().entrySet()) {
            int column = entry.getKey();
            Cell cell = cell(entry.getValue());
            if (cell.isEmpty()) {
                continue;
            }
            if (column >= MOST_COLUMNS) {
                throw new BadSheet("too-wide", Sheet.name(column, row.number()), "名册超过 300 列。/ The sheet has more than 300 columns.");
            }
            if (column >= cells.length) {
                int filled = cells.length;
                cells = Arrays.copyOf(cells, column + 1);
                Arrays.fill(cells, filled, cells.length, Cell.EMPTY);
            }
            cells[column] = cell;
        }
        return cells;
    }

    private static Cell cell(org.yuzui.sheet.Cell cell) {
        String text = cell.text().strip();
        return switch (cell.kind()) {
            case TEXT -> text.isEmpty() ? Cell.EMPTY : new Cell(Cell.Kind.TEXT, checked(text, cell.place()));
            case BOOLEAN -> new Cell(Cell.Kind.TEXT, text.equals("TRUE") ? "是" : "否");
            case NUMBER -> new Cell(Cell.Kind.NUMBER, text);
            case DATE -> new Cell(Cell.Kind.DATE, cell.date().toString());
            case FORMULA -> new Cell(Cell.Kind.FORMULA, text);
            case ERROR -> new Cell(Cell.Kind.ERROR, text);
            case TOO_LONG -> throw tooLong(cell.place());
        };
    }

    private static String checked(String text, String place) {
        if (text.length() > LONGEST_TEXT) {
            throw tooLong(place);
        }
        return text;
    }

    private static BadSheet tooLong(String place) {
        return new BadSheet("too-long", place, "一个单元格超过 4000 字。/ A cell has more than 4,000 characters.");
    }

    @Override
    public boolean isHidden(int column) {
        return rows.isHidden(column);
    }

    @Override
    public List<Area> merged() {
        return rows.merged();
    }

    @Override
    public void close() throws IOException {
        try {
            rows.close();
        } finally {
            workbook.close();
        }
    }
}
