package org.yuzui.plugin.assets.input;

import org.yuzui.sheet.Cell;
import org.yuzui.sheet.SheetRow;

import java.util.Map;

/** The cells of a row. */
public final class CellFields extends Fields {

    private final Header header;
    private final SheetRow row;

    public CellFields(Header header, SheetRow row, Findings findings) {
        super(findings);
        this.header = header;
        this.row = row;
    }

    /**
     * Where the fields of a sheet stand.
     *
     * @param columns by field, from 0
     * @param names   what the sheet calls them
     */
    public record Header(String sheet, Map<String, Integer> columns, Map<String, String> names) {
    }

    private Cell cell(String field) {
        Integer column = header.columns().get(field);
        return column == null ? null : row.cells().get(column);
    }

    @Override
    Given given(String field) {
        Cell cell = cell(field);
        if (cell == null) {
            return null;
        }
        return new Given(cell.text(), cell.number(), cell.date(), form(cell.kind()), switch (cell.kind()) {
            case FORMULA -> new Trouble("formula", "The cell is a formula, which is not calculated here. Copy the column and paste it as values.");
            case ERROR -> new Trouble("error-value", "The cell is an error or no usable number. Correct it.");
            case TOO_LONG -> new Trouble("too-long", "The cell has a text that is longer than a cell can be.");
            case BOOLEAN -> new Trouble("wrong-type", "The cell is TRUE or FALSE. Write what is meant.");
            default -> null;
        });
    }

    private static Form form(Cell.Kind kind) {
        return switch (kind) {
            case NUMBER -> Form.NUMBER;
            case DATE -> Form.DAY;
            default -> Form.TEXT;
        };
    }

    @Override
    String place(String field) {
        Integer column = header.columns().get(field);
        return header.sheet() + "!" + (column == null ? Integer.toString(row.number()) : SheetRow.letters(column) + row.number());
    }

    @Override
    String name(String field) {
        return header.names().getOrDefault(field, field);
    }
}
