package org.yuzui.reporting.internal.print;

import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.yuzui.reporting.Indicator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/** A sheet with a line for each unit, which prints on A4 across. */
final class TableXlsx {

    private static final int HEAD = 3;
    private static final int FIRST = 4;
    /** More digits than Excel can hold stay a text. */
    private static final int DIGITS = 15;

    private TableXlsx() {
    }

    static byte[] write(Printed printed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Words words = printed.words();
        List<Indicator> indicators = printed.parts().stream().flatMap(p -> p.indicators().stream()).toList();
        try (Workbook book = new Workbook(out, "Yuzui", "1.0")) {
            Worksheet sheet = book.newWorksheet(words.of("汇总", "Totals"));
            sheet.value(0, 0, printed.title());
            sheet.style(0, 0).bold().fontSize(14).set();
            for (int i = 0; i < printed.lines().size(); i++) {
                sheet.value(1 + i, 0, printed.lines().get(i));
            }
            head(sheet, words, indicators);
            int line = HEAD + 1;
            for (Printed.Row row : printed.rows()) {
                row(sheet, line, printed, row, indicators);
                line++;
            }
            sheet.width(0, 16);
            sheet.width(1, 26);
            sheet.freezePane(2, HEAD + 1);
            sheet.pageOrientation("landscape");
            sheet.paperSize(PaperSize.A4_PAPER);
            sheet.fitToWidth((short) 1);
            sheet.fitToHeight((short) 0);
            sheet.repeatRows(HEAD);
            sheet.repeatCols(0, 1);
            sheet.footer(words.of("第 &P 页，共 &N 页", "&P / &N"), Position.CENTER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void head(Worksheet sheet, Words words, List<Indicator> indicators) {
        List<String> fixed = List.of(words.of("代码", "Code"), words.of("单位", "Unit"), words.of("应报", "Expected"),
                words.of("已报", "Reported"));
        for (int i = 0; i < fixed.size() + indicators.size(); i++) {
            sheet.value(HEAD, i, i < FIRST ? fixed.get(i) : words.head(indicators.get(i - FIRST)));
            sheet.style(HEAD, i).bold().wrapText(true).horizontalAlignment("center").verticalAlignment("center").borderStyle("thin").set();
            if (i >= FIRST) {
                sheet.width(i, 15);
            }
        }
    }

    private static void row(Worksheet sheet, int line, Printed printed, Printed.Row row, List<Indicator> indicators) {
        sheet.value(line, 0, row.unit().code());
        sheet.value(line, 1, printed.name(row));
        sheet.value(line, 2, row.expected());
        sheet.value(line, 3, row.received());
        for (int i = 0; i < indicators.size(); i++) {
            Indicator indicator = indicators.get(i);
            BigDecimal value = row.values().get(indicator.code());
            BigDecimal rounded = value == null ? null : indicator.round(value);
            if (rounded == null) {
                sheet.value(line, FIRST + i, "–");
            } else if (rounded.precision() > DIGITS) {
                sheet.value(line, FIRST + i, rounded.toPlainString());
            } else {
                sheet.value(line, FIRST + i, rounded);
            }
            sheet.style(line, FIRST + i).horizontalAlignment("right")
                    .format("#,##0" + (indicator.precision() == 0 ? "" : "." + "0".repeat(indicator.precision()))).borderStyle("thin").set();
        }
        for (int i = 0; i < FIRST; i++) {
            sheet.style(line, i).borderStyle("thin").set();
        }
    }
}
