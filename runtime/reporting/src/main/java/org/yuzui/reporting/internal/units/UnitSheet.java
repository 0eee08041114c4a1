package org.yuzui.reporting.internal.units;

import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A unit file as a workbook: its first sheet has the same columns, and each row becomes the line of its number. */
public final class UnitSheet {

    private static final int MOST_ROWS = 100_000;
    private static final LocalDate FIRST = LocalDate.of(1899, 12, 30); // Excel's day 0

    private UnitSheet() {
    }

    /** @throws ProblemException {@code bad-file} */
    public static byte[] csv(byte[] workbook) {
        StringBuilder csv = new StringBuilder();
        int[] lines = {0};
        List<String> header = new ArrayList<>();
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(workbook));
             Stream<Row> rows = book.getFirstSheet().openStream()) {
            rows.limit(MOST_ROWS).forEach(row -> {
                while (++lines[0] < row.getRowNum()) {
                    csv.append('\n');
                }
                List<String> cells = cells(row, header);
                if (header.isEmpty() && cells.stream().anyMatch(c -> !c.isEmpty())) {
                    header.addAll(cells);
                }
                csv.append(String.join(",", cells.stream().map(UnitSheet::quoted).toList())).append('\n');
            });
        } catch (IOException | UncheckedIOException | ExcelReaderException e) {
            throw new ProblemException(new Problem("bad-file", null, "It is not a workbook (.xlsx) that can be read.",
                    "Save it as .xlsx or as CSV in UTF-8."), e);
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Without empty ones at the end, which a spreadsheet leaves behind. */
    private static List<String> cells(Row row, List<String> header) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            boolean day = i < header.size() && (header.get(i).equals("from") || header.get(i).equals("to"));
            cells.add(text(row.getCell(i), day));
        }
        while (!cells.isEmpty() && cells.get(cells.size() - 1).isEmpty()) {
            cells.remove(cells.size() - 1);
        }
        return cells;
    }

    private static String text(Cell cell, boolean day) {
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getRawValue() == null) {
            return "";
        }
        if (cell.getType() == CellType.NUMBER) {
            BigDecimal number = new BigDecimal(cell.getRawValue()).stripTrailingZeros();
            return day && number.scale() <= 0 ? FIRST.plusDays(number.longValue()).toString() : number.toPlainString();
        }
        return cell.getText().replaceAll("\\s+", " ").strip();
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") || text.startsWith("#") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
