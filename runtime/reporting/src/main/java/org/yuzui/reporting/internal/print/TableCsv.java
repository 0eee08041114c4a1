package org.yuzui.reporting.internal.print;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.yuzui.reporting.Indicator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A line for each unit, numbers as they are. With a byte order mark, by which Excel and WPS know UTF-8. */
final class TableCsv {

    private TableCsv() {
    }

    static byte[] write(Printed printed) {
        StringWriter text = new StringWriter().append('\uFEFF');
        List<Indicator> indicators = printed.parts().stream().flatMap(p -> p.indicators().stream()).toList();
        Words words = printed.words();
        try (CSVPrinter out = new CSVPrinter(text, CSVFormat.EXCEL)) {
            List<Object> head = new ArrayList<>(List.of(words.of("代码", "Code"), words.of("单位", "Unit"), words.of("应报", "Expected"),
                    words.of("已报", "Reported")));
            indicators.forEach(i -> head.add(words.head(i)));
            out.printRecord(head);
            for (Printed.Row row : printed.rows()) {
                List<Object> line = new ArrayList<>(List.of(row.unit().code(), guarded(words.name(row.unit())), row.expected(), row.received()));
                indicators.forEach(i -> line.add(plain(row.values().get(i.code()))));
                out.printRecord(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A name that a spreadsheet would take for a formula stays a name. */
    private static String guarded(String name) {
        return !name.isEmpty() && "=+-@\t".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    }

    private static String plain(BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }
}
