package org.yuzui.reporting.internal.print;

import org.yuzui.reporting.Due;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Prints;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Totals;
import org.yuzui.reporting.Unit;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** Puts a table of totals into a file. */
public final class PrintDesk implements Prints {

    private final Reports reports;
    private final Clock clock;

    /** @param clock in the hub's zone */
    public PrintDesk(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public byte[] table(String form, Period period, String unit, Kind kind, boolean english) {
        Printed printed = printed(form, period, unit, new Words(english));
        return switch (kind) {
            case XLSX -> TableXlsx.write(printed);
            case CSV -> TableCsv.write(printed);
            case PDF -> TablePdf.write(printed);
        };
    }

    private Printed printed(String formId, Period period, String code, Words words) {
        List<Printed.Row> rows = new ArrayList<>();
        Form form = reports.submissions().form(formId, period);
        Due due = Due.NEVER;
        if (form.period() == period.kind()) {
            Totals.Table table = reports.totals().table(formId, period, code);
            due = table.due();
            rows.add(row(table.total()));
            table.rows().forEach(r -> rows.add(row(r)));
        } else {
            Total total = reports.total(formId, period, code);
            rows.add(row(total));
            total.parts().forEach(p -> rows.add(row(p)));
        }
        Unit unit = rows.get(0).unit();
        List<String> lines = new ArrayList<>();
        lines.add(words.of("单位：", "Unit: ") + words.name(unit) + " (" + unit.code() + ")    " + words.of("报告期：", "Period: ")
                + words.period(period) + (due.at() == null ? "" : "    " + words.of("截止：", "Due: ")
                + words.time(due.at().atZone(clock.getZone()))));
        lines.add(words.of("已报 ", "Reported ") + rows.get(0).received() + " / " + words.of("应报 ", "expected ") + rows.get(0).expected()
                + (rows.stream().anyMatch(Printed.Row::stale) ? "    " + words.of("* 含被退回或有异议的数据，将会变化", "* will change: something was returned or disputed") : "")
                + "    " + words.of("制表：", "Made: ") + words.time(ZonedDateTime.now(clock)));
        return new Printed(form, words, words.title(form.title()), lines, rows);
    }

    private static Printed.Row row(Totals.Row row) {
        return new Printed.Row(row.unit(), row.values(), row.expected(), row.received(), row.stale());
    }

    private static Printed.Row row(Total total) {
        return new Printed.Row(total.unit(), total.values(), total.expected(), total.received(), false);
    }
}
