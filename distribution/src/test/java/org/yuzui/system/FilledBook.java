package org.yuzui.system;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A workbook that somebody has opened, filled in and saved under another name, as a spreadsheet program does. */
final class FilledBook {

    private static final int CODE = 0;
    private static final int VALUE = 3;

    private FilledBook() {
    }

    /** @param cells what is typed into the column of values, by the codes in the first column; a number or a text */
    static void save(Path template, Path to, Map<String, Object> cells) throws IOException {
        Set<String> left = new HashSet<>(cells.keySet());
        try (InputStream in = Files.newInputStream(template); ReadableWorkbook book = new ReadableWorkbook(in);
             OutputStream out = Files.newOutputStream(to); Workbook saved = new Workbook(out, "WPS Office", "1.0")) {
            for (Sheet sheet : book.getSheets().toList()) {
                Worksheet copy = saved.newWorksheet(sheet.getName());
                for (Row row : sheet.read()) {
                    String code = row.getCellCount() > 0 && row.getCell(CODE) != null ? row.getCell(CODE).getText() : "";
                    copy(row, copy);
                    if (cells.containsKey(code)) {
                        type(copy, row.getRowNum() - 1, cells.get(code));
                        left.remove(code);
                    }
                }
            }
        }
        if (!left.isEmpty()) {
            throw new AssertionError("The workbook has no lines for " + left);
        }
    }

    private static void copy(Row row, Worksheet to) {
        for (Cell cell : row) {
            if (cell == null || cell.getType() == CellType.EMPTY) {
                continue;
            }
            if (cell.getType() == CellType.NUMBER) {
                to.value(row.getRowNum() - 1, cell.getColumnIndex(), new BigDecimal(cell.getRawValue()));
            } else {
                to.value(row.getRowNum() - 1, cell.getColumnIndex(), cell.getText());
            }
        }
    }

    private static void type(Worksheet sheet, int row, Object value) {
        if (value instanceof Number number) {
            sheet.value(row, VALUE, number);
        } else {
            sheet.value(row, VALUE, value.toString());
        }
    }
}
