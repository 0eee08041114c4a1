package org.yuzui.reporting.internal;

import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.internal.submission.SubmissionTable;
import org.yuzui.reporting.internal.submission.Surroundings;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Other answers of a unit, as they are kept. */
final class Neighbours implements Surroundings {

    private final Reports reports;
    private final SubmissionTable table;

    Neighbours(Reports reports, SubmissionTable table) {
        this.reports = reports;
        this.table = table;
    }

    @Override
    public Optional<Map<String, BigDecimal>> answer(Form form, Period period, String unit) {
        return table.newest(form, period, unit).map(Submission::values);
    }

    @Override
    public Optional<Map<String, BigDecimal>> other(String form, Period period, String unit) {
        return reports.form(form).filter(f -> period.kind().consistsOf(f.period()))
                .map(f -> reports.total(form, period, unit)).filter(t -> t.received() > 0).map(Total::values);
    }
}
