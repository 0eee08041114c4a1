package org.yuzui.web;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.Comparisons;
import org.yuzui.reporting.Dispute;
import org.yuzui.reporting.Disputes;
import org.yuzui.reporting.Due;
import org.yuzui.reporting.Feedback;
import org.yuzui.reporting.Feedbacks;
import org.yuzui.reporting.FormPeriods;
import org.yuzui.reporting.Outlook;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Sheets;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.UnitFilesException;
import org.yuzui.reporting.UnitFolder;
import org.yuzui.reporting.UnitImport;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One of everything, with nulls where there may be some; a unit file that says {@code bad} is. */
final class FakeOutlook implements Outlook, Comparisons, Disputes, Feedbacks, FormPeriods, UnitFolder {

    private static final Instant AT = Instant.parse("2026-11-22T18:31:00Z");
    private static final Period DAY = Period.parse("2026-11-22");
    private static final Due DUE = new Due(AT, null);

    private final FakeReports reports;

    FakeOutlook(FakeReports reports) {
        this.reports = reports;
    }

    private Unit require(String form, String unit) {
        if (reports.form(form).isEmpty()) {
            throw new ProblemException(new Problem("unknown-form", null, "There is no form '" + form + "'.", null));
        }
        return reports.find(unit).orElseThrow(() -> new ProblemException(new Problem("unknown-unit", null, "No '" + unit + "'.", null)));
    }

    @Override
    public Overview overview(String form, String unit, Period from, Period to, boolean institutions) {
        Cell cell = new Cell(Standing.State.MISSING, 2, 1, 0, 0, 1, 1);
        return new Overview(form, unit, List.of(new Column(DAY, DUE, true), new Column(DAY.next(), Due.NEVER, false)),
                List.of(new Row(require(form, unit), Arrays.asList(cell, null))));
    }

    @Override
    public Forecast forecast(String form, Period period, String unit) {
        return new Forecast(form, period, DUE, List.of(new Expectation(require(form, unit), Risk.HIGH, 60,
                List.of(new Reason("no-draft", new Title("尚未开始填写", "Nothing is typed in yet"))), DUE, 3, 12, null, null)));
    }

    @Override
    public Trend trend(String form, String unit, List<String> indicators, Period.Kind by, Period from, Period to) {
        return new Trend(form, require(form, unit), List.of(DAY, DAY.next()), List.of(1, 0), List.of(2, 2), List.of(
                new Series(FakeReports.FORM.indicators().get(0), Arrays.asList(BigDecimal.TEN, null))));
    }

    @Override
    public Comparison compare(String form, Period period, String unit, String indicator) {
        Place place = new Place(require(form, unit), BigDecimal.TEN, 1, new BigDecimal("100"), null, BigDecimal.ONE, new BigDecimal("900"), null, false);
        return new Comparison(form, period, period.previous(), period.lastYear(), place.unit(), FakeReports.FORM.indicators().get(0), place,
                List.of(place, new Place(place.unit(), null, null, null, null, null, null, null, true)));
    }

    @Override
    public Groups groups(String form, Period period, String unit, String by) {
        Group group = new Group(null, new Title("合计", "Total"), Map.of("admissions", BigDecimal.TEN), 2, 2, 1);
        return new Groups(FakeReports.FORM, period, require(form, unit), by, group, List.of(group));
    }

    private static Dispute dispute(long id, String unit, Dispute.Decision.Kind kind) {
        return new Dispute(id, "hospital-daily", DAY, unit, "admissions", BigDecimal.TEN, null, "不符", "zhang", AT, "510100",
                DUE, kind == null ? Dispute.State.OPEN : Dispute.State.valueOf(kind.name()),
                kind == null ? null : new Dispute.Decision(kind, null, "wang", AT), null);
    }

    @Override
    public Dispute open(String form, Period period, String unit, String indicator, BigDecimal value, String reason, String who) {
        require(form, unit);
        return dispute(3, unit, null);
    }

    @Override
    public Dispute answer(long id, boolean upheld, String reason, String who) {
        return dispute(id, "510104", upheld ? Dispute.Decision.Kind.UPHELD : Dispute.Decision.Kind.REJECTED);
    }

    @Override
    public Dispute withdraw(long id, String reason, String who) {
        find(id);
        return dispute(id, "510104", Dispute.Decision.Kind.WITHDRAWN);
    }

    @Override
    public Dispute find(long id) {
        if (id != 3) {
            throw new ProblemException(new Problem("unknown-dispute", null, "There is no dispute " + id + ".", null));
        }
        return dispute(id, "510104", null);
    }

    @Override
    public List<Dispute> find(Filter filter) {
        return List.of(dispute(3, "510104", null), dispute(2, "510104", Dispute.Decision.Kind.UPHELD));
    }

    @Override
    public Feedback of(String form, Period period, String unit) {
        return new Feedback(form, period, require(form, unit), "510100", 2, 1, 0, true, List.of(new Feedback.Value("admissions", BigDecimal.TEN,
                null, 1, 3)), List.of(new Feedback.Part(FakeReports.HOSPITAL, 2, Standing.State.IN_REVIEW, Map.of("admissions", BigDecimal.TEN)),
                new Feedback.Part(FakeReports.CITY, 0, null, Map.of())), List.of(dispute(3, unit, null)), null);
    }

    @Override
    public int round(Consumer<List<Feedback>> publish) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Version> versions(String form, Period period) {
        return List.of(new Version(form, period, 1, null, null, AT), new Version(form, period, 2, "新指标", "wang", AT));
    }

    @Override
    public Version move(String form, Period period, Integer version, String reason, String who) {
        require(form, "510000");
        if (reason == null) {
            throw new ProblemException(new Problem("bad-reasons", "/reason", "Say why.", null));
        }
        return new Version(form, period, version == null ? 2 : version, reason, who, AT);
    }

    @Override
    public UnitImport check(String file, byte[] bytes, Sheets.Kind kind) {
        if (new String(bytes, StandardCharsets.UTF_8).contains("bad")) {
            throw new UnitFilesException(List.of(new Problem("unknown-level", "config/org/" + file + ":12 level", "'town' is no level.", "Use county."),
                    new Problem("unreadable-file", "config/org/" + file, "It can't be read.", null)));
        }
        return new UnitImport(file, 4, false, List.of("510104-H02"), List.of(), List.of());
    }

    @Override
    public UnitImport take(String file, byte[] bytes, Sheets.Kind kind) {
        UnitImport checked = check(file, bytes, kind);
        return new UnitImport(file, checked.units(), true, checked.added(), checked.changed(), checked.removed());
    }

}
