package org.yuzui.reporting.internal.submission;

import org.dhatim.fastexcel.ProtectionOption;
import org.dhatim.fastexcel.SheetProtectionOption;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Section;
import org.yuzui.reporting.Unit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The workbook of a form: a cover that says what it is for, and a sheet for each section. Everything but the asked cells is
 * protected; a choice has a drop-down. Read back by the codes in the first column, so that a line that was moved is still the
 * same.
 */
final class Workbooks {

    static final String COVER = "说明";
    private static final String UNLOCKED = "FFF9E5";
    private static final String MADE = "EEEEEE";
    private static final Title NO_TITLE = new Title("", "");
    private static final int VALUE = 3;
    private static final int MOST_ROWS = 5000;
    private static final List<String> HEAD = List.of("form", "period", "unit");

    private Workbooks() {
    }

    static byte[] write(Form form, Period period, Unit unit, Map<String, String> filled) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "Yuzui", "1.0")) {
            cover(book.newWorksheet(COVER), form, period, unit);
            Set<String> names = new HashSet<>(Set.of(COVER));
            for (Section section : form.sections()) {
                section(book.newWorksheet(name(section, names)), form, section, filled);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What Excel allows: at most 31 characters, none of {@code []:*?/\}, each name once. */
    private static String name(Section section, Set<String> taken) {
        String name = section.title().zh().replaceAll("[\\[\\]:*?/\\\\']", " ").strip();
        name = name.isEmpty() ? section.id() : name.substring(0, Math.min(28, name.length()));
        String unique = name;
        for (int i = 2; !taken.add(unique); i++) {
            unique = name + " " + i;
        }
        return unique;
    }

    private static void cover(Worksheet sheet, Form form, Period period, Unit unit) {
        String[][] lines = {{"form", form.id(), form.title().zh()}, {"period", period.toString(), "报告期"},
                {"unit", unit.code(), unit.name()}, {"", "", ""},
                {"", "", "只填黄色单元格；灰色的由系统计算。填好后原样上传，不要改动其他内容。"}};
        for (int row = 0; row < lines.length; row++) {
            for (int column = 0; column < 3; column++) {
                sheet.value(row, column, lines[row][column]);
            }
        }
        sheet.style(0, 2).bold().set();
        sheet.width(1, 24);
        sheet.width(2, 60);
        sheet.protect("yuzui", SheetProtectionOption.DEFAULT_OPTIONS);
    }

    private static void section(Worksheet sheet, Form form, Section section, Map<String, String> filled) {
        String[] heads = {"代码", "指标", "计量单位", "数值", "填报说明"};
        for (int column = 0; column < heads.length; column++) {
            sheet.value(0, column, heads[column]);
            sheet.style(0, column).bold().set();
        }
        int row = 1;
        for (String code : section.indicators()) {
            Indicator indicator = form.indicator(code).orElseThrow();
            sheet.value(row, 0, code);
            sheet.value(row, 1, indicator.title().zh());
            sheet.value(row, 2, indicator.unit() == null ? "" : indicator.unit());
            cell(sheet, row, indicator, filled.get(code));
            sheet.value(row, 4, hint(indicator));
            row++;
        }
        sheet.width(1, 40);
        sheet.width(VALUE, 18);
        sheet.width(4, 40);
        sheet.freezePane(0, 1);
        sheet.protect("yuzui", SheetProtectionOption.DEFAULT_OPTIONS);
    }

    private static void cell(Worksheet sheet, int row, Indicator indicator, String filled) {
        if (!indicator.asked()) {
            sheet.value(row, VALUE, "");
            sheet.style(row, VALUE).fillColor(MADE).set();
            return;
        }
        if (indicator.kind() == Indicator.Kind.CHOICE) {
            String list = indicator.choices().entrySet().stream().map(c -> said(c.getKey(), c.getValue().zh()))
                    .collect(Collectors.joining(","));
            sheet.range(row, VALUE, row, VALUE).validateWithListByFormula("\"" + list.replace("\"", "") + "\"");
            sheet.value(row, VALUE, filled == null ? "" : said(filled, indicator.choices().getOrDefault(filled,
                    NO_TITLE).zh()));
        } else if (filled == null) {
            sheet.value(row, VALUE, "");
        } else {
            number(sheet, row, filled);
        }
        sheet.style(row, VALUE).fillColor(UNLOCKED).protectionOption(ProtectionOption.LOCKED, false).set();
    }

    /** A number that Excel can't hold in full stays a text. */
    private static void number(Worksheet sheet, int row, String filled) {
        try {
            BigDecimal number = new BigDecimal(filled);
            if (number.precision() <= 15) {
                sheet.value(row, VALUE, number);
                return;
            }
        } catch (NumberFormatException e) {
            // a draft may hold anything; it is shown as it was typed
        }
        sheet.value(row, VALUE, filled);
    }

    private static String said(String number, String word) {
        return number + " " + word.replace(',', '，');
    }

    private static String hint(Indicator i) {
        return (i.formula() != null ? "= " + i.formula() : i.kind() == Indicator.Kind.RATIO
                ? "= " + i.numerator() + " ÷ " + i.denominator() + (i.factor() == 1 ? "" : " × " + i.factor())
                : i.optional() ? "可不填" : "") + (i.signed() && i.asked() ? "可为负数" : "");
    }

    static FilledSheet read(byte[] bytes) {
        Map<String, String> head = new LinkedHashMap<>();
        Map<String, String> cells = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            for (Sheet sheet : book.getSheets().toList()) {
                boolean cover = sheet.getName().equals(COVER);
                try (Stream<Row> rows = sheet.openStream()) {
                    rows.limit(MOST_ROWS).skip(cover ? 0 : 1).forEach(row -> {
                        String code = text(row, 0);
                        if (cover && HEAD.contains(code)) {
                            head.put(code, text(row, 1));
                            places.put(code, place(sheet, row, 1));
                        } else if (!cover && !code.isEmpty()) {
                            if (cells.put(code, text(row, VALUE)) != null) {
                                throw FilledSheet.bad(place(sheet, row, 0), "'" + code + "' stands here twice.");
                            }
                            places.put(code, place(sheet, row, VALUE));
                        }
                    });
                }
            }
        } catch (IOException | UncheckedIOException | ExcelReaderException e) {
            throw FilledSheet.bad(null, "It is not a workbook (.xlsx) that can be read.");
        }
        return new FilledSheet(head.get("form"), head.get("period"), head.get("unit"), cells, places);
    }

    private static String place(Sheet sheet, Row row, int column) {
        return sheet.getName() + "!" + (char) ('A' + column) + row.getRowNum();
    }

    /** A number as Excel shows it, with 15 digits: 0.1 + 0.2 is kept as 0.30000000000000004. */
    private static String text(Row row, int column) {
        Cell cell = column < row.getCellCount() ? row.getCell(column) : null;
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getRawValue() == null) {
            return "";
        }
        if (cell.getType() == CellType.NUMBER || cell.getType() == CellType.FORMULA && isNumber(cell.getRawValue())) {
            return new BigDecimal(cell.getRawValue()).round(new MathContext(15)).stripTrailingZeros().toPlainString();
        }
        return cell.getType() == CellType.STRING || cell.getType() == CellType.FORMULA ? cell.getText().strip() : cell.getRawValue();
    }

    private static boolean isNumber(String raw) {
        return raw.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    }
}
