package org.yuzui.web;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.Comparisons;
import org.yuzui.reporting.Disputes;
import org.yuzui.reporting.Duties;
import org.yuzui.reporting.Feedbacks;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.FormPeriods;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Outlook;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Prints;
import org.yuzui.reporting.Reports;
import org.yuzui.reporting.Reviews;
import org.yuzui.reporting.Sheets;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Submissions;
import org.yuzui.reporting.Total;
import org.yuzui.reporting.Totals;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.UnitFolder;
import org.yuzui.reporting.Units;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Four units, one form, one total. */
final class FakeReports implements Reports, Units {

    static final Unit PROVINCE = new Unit("510000", "四川省", "Sichuan", Unit.Level.PROVINCE, null);
    static final Unit CITY = new Unit("510100", "成都市", "Chengdu", Unit.Level.CITY, "510000");
    static final Unit COUNTY = new Unit("510104", "锦江区", "Jinjiang", Unit.Level.COUNTY, "510100");
    static final Unit HOSPITAL = new Unit("510104-H01", "成都市锦江区示范医院", "Jinjiang Demonstration Hospital",
            Unit.Level.INSTITUTION, "510104");
    static final Form FORM = new Form("hospital-daily", new Title("医院日报", "Hospital daily report"), "his",
            Period.Kind.DAY, List.of(
            new Indicator("admissions", new Title("入院人次", "Admissions"), "人次", 0, Indicator.Kind.SUM, null, null, 1),
            new Indicator("occupancy", new Title("床位使用率", "Bed occupancy"), "%", 1, Indicator.Kind.RATIO, "bedsOccupied",
                    "bedsOpen", 100)), List.of(HOSPITAL.code()));
    private static final Map<String, BigDecimal> VALUES =
            Map.of("admissions", new BigDecimal("31"), "occupancy", new BigDecimal("87.1428571428"));

    final FakeDesk desk = new FakeDesk(this);
    final FakeOutlook outlook = new FakeOutlook(this);

    @Override
    public String kind() {
        return "reports";
    }

    @Override
    public Deployment deploy(PluginContent plugin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Units units() {
        return this;
    }

    @Override
    public List<Form> forms() {
        return List.of(FORM);
    }

    @Override
    public Optional<Form> form(String id) {
        return id.equals(FORM.id()) ? Optional.of(FORM) : Optional.empty();
    }

    @Override
    public Submission submit(String form, JsonNode answer, UUID record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Total total(String form, Period period, String unit) {
        Unit at = find(unit).orElseThrow();
        List<Submission> own = at.equals(HOSPITAL) ? List.of(new Submission(form, unit, Period.parse("2026-11-22"), 1,
                Instant.parse("2026-11-22T18:31:00Z"), UUID.fromString("00000000-0000-0000-0000-000000000007"), VALUES))
                : List.of();
        return new Total(at, VALUES, 2, 1, Map.of(HOSPITAL.code(), 1),
                children(unit).stream().map(u -> total(form, period, u.code())).toList(), own);
    }

    @Override
    public Submissions submissions() {
        return desk;
    }

    @Override
    public Sheets sheets() {
        return desk;
    }

    @Override
    public Reviews reviews() {
        return desk;
    }

    @Override
    public Totals totals() {
        return desk;
    }

    @Override
    public Duties duties() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outlook outlook() {
        return outlook;
    }

    @Override
    public Comparisons comparisons() {
        return outlook;
    }

    @Override
    public Disputes disputes() {
        return outlook;
    }

    @Override
    public Feedbacks feedback() {
        return outlook;
    }

    @Override
    public FormPeriods periods() {
        return outlook;
    }

    @Override
    public Prints prints() {
        return (form, period, unit, kind, english) -> (kind + " " + english).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public UnitFolder unitFolder() {
        return outlook;
    }

    @Override
    public Optional<Unit> find(String code) {
        return all().stream().filter(u -> u.code().equals(code)).findFirst();
    }

    @Override
    public Unit root() {
        return PROVINCE;
    }

    @Override
    public List<Unit> children(String code) {
        return all().stream().filter(u -> code.equals(u.parent())).toList();
    }

    @Override
    public Set<String> subtree(String code) {
        Set<String> codes = new HashSet<>(Set.of(code));
        children(code).forEach(u -> codes.addAll(subtree(u.code())));
        return codes;
    }

    @Override
    public List<Unit> all() {
        return List.of(PROVINCE, CITY, COUNTY, HOSPITAL);
    }

    @Override
    public String cure(String unknownCode) {
        return KnownKeys.cure(unknownCode, all().stream().map(Unit::code).toList());
    }
}
