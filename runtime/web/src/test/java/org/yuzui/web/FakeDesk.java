package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.CellChange;
import org.yuzui.reporting.Draft;
import org.yuzui.reporting.Due;
import org.yuzui.reporting.Exemption;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Lock;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.RefusedSubmission;
import org.yuzui.reporting.Review;
import org.yuzui.reporting.Reviews;
import org.yuzui.reporting.Sheets;
import org.yuzui.reporting.Signature;
import org.yuzui.reporting.Standing;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Submissions;
import org.yuzui.reporting.Totals;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One answer of one hospital, which waits for its county; without values it is refused. */
final class FakeDesk implements Submissions, Sheets, Reviews, Totals {

    private static final Instant AT = Instant.parse("2026-11-22T18:31:00Z");
    private static final Failure WRONG = new Failure("admissions", "/values/admissions", "few", true, "breaks the check 'few'.",
            new Title("过少", "Too few"));
    private static final Due DUE = new Due(null, new Problem("calendar-unknown", null, "Not announced.", "Add it."));

    private final FakeReports reports;

    FakeDesk(FakeReports reports) {
        this.reports = reports;
    }

    private void require(String form) {
        if (reports.form(form).isEmpty()) {
            throw new ProblemException(new Problem("unknown-form", null, "There is no form '" + form + "'.", null));
        }
    }

    private static Submission submission(String form, Period period, String unit, Signature by) {
        return new Submission(form, unit, period, 2, AT, null, Map.of("admissions", BigDecimal.TEN), by, "checked", 1,
                List.of(WRONG.at("用能!D2")));
    }

    private static Standing standing(String unit) {
        return new Standing(unit, Standing.State.IN_REVIEW, DUE, true, 2, AT, AT, "510104", null, AT);
    }

    private static Review review(String form, Period period, String unit, boolean accepted) {
        return new Review(7, form, period, unit, 2, "510104", accepted, List.of(new Review.Reason("admissions", "偏低")),
                accepted ? null : AT, "li", AT);
    }

    @Override
    public Draft keep(String form, Period period, String unit, JsonNode values, Signature by) {
        require(form);
        return new Draft(form, unit, period, values.isObject() ? values : JsonNodeFactory.instance.objectNode(),
                by.who(), AT, List.of(WRONG));
    }

    @Override
    public Optional<Draft> draft(String form, Period period, String unit) {
        return Optional.of(keep(form, period, unit, NullNode.instance, Signature.ROUTE));
    }

    @Override
    public Submission handIn(String form, Period period, String unit, JsonNode values, String note, Signature by) {
        require(form);
        if (values == null) {
            throw new RefusedSubmission(form, List.of(WRONG));
        }
        return submission(form, period, unit, by);
    }

    @Override
    public List<Submission> history(String form, Period period, String unit) {
        require(form);
        return List.of(submission(form, period, unit, new Signature("zhang", "rest")));
    }

    @Override
    public List<CellChange> diff(String form, Period period, String unit, int before, int after) {
        return List.of(new CellChange("admissions", null, BigDecimal.TEN));
    }

    @Override
    public Form form(String form, Period period) {
        return FakeReports.FORM;
    }

    @Override
    public byte[] template(String form, Period period, String unit, Kind kind) {
        return "form,x".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Submission handIn(byte[] file, Kind kind, String note, Signature by, Consumer<String> mayActFor) {
        mayActFor.accept(FakeReports.HOSPITAL.code());
        return submission(FakeReports.FORM.id(), Period.parse("2026-11-22"), FakeReports.HOSPITAL.code(), by);
    }

    @Override
    public Review accept(String form, Period period, String unit, int version, String reviewer, String remark, String who) {
        return review(form, period, unit, true);
    }

    @Override
    public Review giveBack(String form, Period period, String unit, int version, String reviewer, List<Review.Reason> reasons,
                           int workdays, String who) {
        return review(form, period, unit, false);
    }

    @Override
    public List<Review> of(String form, Period period, String unit) {
        return List.of(review(form, period, unit, true), review(form, period, unit, false));
    }

    @Override
    public List<Waiting> inbox(String reviewer) {
        Period period = Period.parse("2026-11-22");
        return List.of(new Waiting(FakeReports.FORM.id(), period, submission(FakeReports.FORM.id(), period, FakeReports.HOSPITAL.code(),
                Signature.ROUTE)));
    }

    @Override
    public Lock lock(String form, Period period, String unit, boolean locked, String reason, String who) {
        return new Lock(1, form, period, unit, locked, reason, who, AT);
    }

    @Override
    public Exemption except(String form, Period period, String unit, Exemption.Kind kind, Instant until, boolean valid, String reason,
                            String who) {
        return new Exemption(1, form, period, unit, kind, until, valid, reason, who, AT);
    }

    @Override
    public List<Lock> locks(String form, Period period) {
        return List.of(lock(form, period, "510100", true, "已上报", "wang"));
    }

    @Override
    public List<Exemption> exemptions(String form, Period period) {
        return List.of(except(form, period, "510104-H01", Exemption.Kind.EXTENDED, AT, true, "断网", "wang"));
    }

    @Override
    public Map<String, Standing> standings(String form, Period period) {
        require(form);
        return Map.of(FakeReports.HOSPITAL.code(), standing(FakeReports.HOSPITAL.code()));
    }

    @Override
    public Table table(String form, Period period, String unit) {
        Row row = new Row(FakeReports.CITY, Map.of("admissions", BigDecimal.TEN), 2, 1, Map.of(Standing.State.IN_REVIEW, 1), 1, false,
                standing("510100"));
        return new Table(FakeReports.FORM, period, Due.NEVER, row, List.of(row), null);
    }

    @Override
    public Recount recount(String form, Period period) {
        return new Recount(form, period, 12, List.of(new Difference("510100", "admissions", BigDecimal.ONE, null)), 5, AT);
    }

    @Override
    public List<Recount> recountAll() {
        return List.of();
    }

    @Override
    public List<Recount> recounts(String form) {
        return List.of(recount(form, Period.parse("2026-11-22")));
    }

    @Override
    public byte[] export(String form, Period period, String unit) {
        return "{\"format\": \"yuzui-report-1\"}".getBytes(StandardCharsets.UTF_8);
    }
}
