package org.yuzui.reporting;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.PluginException;
import org.yuzui.reporting.internal.form.FormFile;
import org.yuzui.reporting.internal.units.UnitTree;
import org.yuzui.scheduling.WorkCalendar;
import org.yuzui.scheduling.WorkCalendars;
import org.yuzui.store.Store;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.yuzui.reporting.Site.json;

/** What a form says about its numbers. It is the 23rd of November 2026; see {@link Site}. */
@ExtendWith(TestStore.class)
class FormRulesTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String FUEL = """
            title: {zh: 用能月报, en: Energy}
            period: month
            respondents: {units: [510104-H01, 510105-H01]}
            deadline: {workdays: 5, at: "17:00"}
            review: [city, county]
            factors: {electricity: 0.1229, gas: 1.33}
            with: {staff: headcount}
            sections:
              - id: basics
                title: {zh: 基本信息, en: Basics}
                indicators:
                  - {code: kind, kind: choice, choices: {1: {zh: 国家机关, en: Authority}, 21: {zh: 教育, en: Education}}}
                  - {code: people, kind: last}
              - id: use
                indicators:
                  - {code: electricity, unit: kWh}
                  - {code: gas, optional: true}
                  - {code: price, kind: weighted, weight: electricity, precision: 4}
                  - {code: kgce, precision: 3, formula: electricity * factors.electricity + gas * factors.gas}
                  - {code: perPerson, kind: ratio, numerator: kgce, denominator: people, precision: 5, verified: true}
                  - {code: saved, signed: true, formula: lastYear.electricity - electricity}
            checks:
              - {id: somebody-uses-it, check: electricity = 0 or people > 0, message: {zh: 有电无人, en: Energy without people}}
              - {id: no-jump, check: electricity <= previous.electricity * 2, severity: soft, message: {zh: 环比超一倍, en: More than twice the month before}}
              - {id: staff-agrees, equal: people, to: staff.total, tolerance: "10 %", message: {zh: 与人事月报不符, en: Not as in the headcount}}
            """;

    private Reports reports;

    @BeforeEach
    void open(Store store) {
        reports = Reporting.open(Site.UNITS, store, calendar(), Site.CLOCK, ZONE);
        reports.deploy(new FixturePlugin("e").form("fuel", FUEL)).start();
    }

    @Test
    void aFormHasSectionsAReviewAndADeadline() {
        Form form = reports.form("fuel").orElseThrow();

        assertThat(form.version()).isOne();
        assertThat(form.sections()).extracting(Section::id).containsExactly("basics", "use");
        assertThat(form.sections().get(1).indicators()).startsWith("electricity", "gas");
        assertThat(form.review()).as("from below").containsExactly(Unit.Level.COUNTY, Unit.Level.CITY);
        assertThat(form.checks().get(1).cells()).containsExactly("electricity");
        assertThat(form.checks().get(2).equality().percent()).isTrue();
    }

    @Test
    void formulasMakeNumbersThatAddUpAsOthersDo() {
        Submission one = submit("510104-H01", "2026-10", "'kind': 1, 'people': 200, 'electricity': 100000, 'gas': 5000, 'price': 0.5");
        submit("510105-H01", "2026-10", "'kind': 21, 'people': 100, 'electricity': 300000, 'gas': null, 'price': '0.7'");

        assertThat(one.values().get("kgce")).isEqualTo("18940");
        assertThat(one.values()).as("there is nothing of last year").doesNotContainKey("saved");
        Total total = reports.total("fuel", Period.parse("2026-10"), "510000");
        assertThat(total.values().get("kgce")).isEqualTo("55810");
        assertThat(total.values().get("price")).as("(100000 × 0.5 + 300000 × 0.7) ÷ 400000").isEqualTo("0.65");
        assertThat(total.values().get("perPerson")).isCloseTo(new BigDecimal("186.03333"), within(new BigDecimal("0.00001")));
        assertThat(total.values()).doesNotContainKey("kind");
        assertThat(reports.total("fuel", Period.parse("2026-Q4"), "510104-H01").values().get("kind")).isEqualTo("1");
    }

    @Test
    void whatIsMadeFromOthersMayBeSentAndHasToAgree() {
        Submission taken = submit("510104-H01", "2026-10", "'kind': 1, 'people': 200, 'electricity': 100000, 'gas': 5000, 'price': 1, "
                + "'kgce': 18940.0004, 'perPerson': 94.7");
        assertThat(taken.values().get("kgce")).as("its own, exact").isEqualTo("18940");

        RefusedSubmission e = refused("510104-H01", "2026-10", "'kind': 1, 'people': 200, 'electricity': 100000, 'gas': 5000, 'price': 1, "
                + "'kgce': 18941, 'perPerson': 90, 'saved': 3");
        assertThat(e.failures()).extracting(f -> f.cell() + " " + f.message()).containsExactly(
                "kgce is sent as 18941, and electricity * factors.electricity + gas * factors.gas gives 18940.000.",
                "perPerson is sent as 90, and kgce (18940) ÷ people (200) gives 94.70000.",
                "saved can't be made from lastYear.electricity - electricity, for which something is missing; leave it out.");
    }

    @Test
    void everyBrokenCheckIsSaidAtOnceWithItsCells() {
        submit("510104-H01", "2026-09", "'kind': 1, 'people': 1, 'electricity': 10, 'price': 1");
        RefusedSubmission e = refused("510104-H01", "2026-10", "'kind': 3, 'people': 0, 'electricity': 100, 'price': -1");

        assertThat(e.failures()).extracting(f -> f.place() + " " + f.rule() + " " + f.hard()).containsExactly(
                "/values/kind null true", "/values/price null true", "/values/people somebody-uses-it true",
                "/values/electricity somebody-uses-it true", "/values/electricity no-jump false");
        assertThat(e.place()).isEqualTo("/values/kind, /values/price, /values/people, /values/electricity");
        assertThat(e).hasMessageContaining("breaks the check 'somebody-uses-it': Energy without people");
        assertThat(e.failures().get(2).says().zh()).isEqualTo("有电无人");
        assertThat(e.failures().get(0).message()).isEqualTo("is none of the choices 1, 21.");
    }

    @Test
    void aSoftCheckIsAWarningOfTheVersion() {
        submit("510104-H01", "2026-09", "'kind': 1, 'people': 1, 'electricity': 10, 'price': 1");

        assertThat(submit("510104-H01", "2026-10", "'kind': 1, 'people': 1, 'electricity': 21, 'price': 1").warnings())
                .extracting(Failure::rule).containsExactly("no-jump");
        assertThat(reports.submissions().history("fuel", Period.parse("2026-10"), "510104-H01").get(0).warnings())
                .singleElement().satisfies(w -> assertThat(w.says().en()).isEqualTo("More than twice the month before"));
    }

    @Test
    void anotherFormIsLookedAtWhereItHasNumbers() {
        String people = "'kind': 1, 'people': %d, 'electricity': 1, 'price': 1";
        assertThat(submit("510104-H01", "2026-10", people.formatted(7)).version()).as("there is no such form").isOne();
        reports.deploy(new FixturePlugin("hr").form("headcount", """
                period: month
                respondents: {level: institution}
                indicators: [{code: total, kind: last}]
                """)).start();
        assertThat(submit("510104-H01", "2026-10", people.formatted(8)).version()).as("it has no answer").isEqualTo(2);
        reports.submit("headcount", json("{'unit': '510104-H01', 'period': '2026-10', 'total': 100}"), null);

        assertThat(submit("510104-H01", "2026-10", people.formatted(110)).version()).isEqualTo(3);
        assertThat(refused("510104-H01", "2026-10", people.formatted(111))).hasMessageContaining("Not as in the headcount 111 ≠ 100");
    }

    @Test
    void aPeriodKeepsTheVersionThatItWasOpenedWith() {
        submit("510104-H01", "2026-10", "'kind': 1, 'people': 1, 'electricity': 10, 'price': 1");
        reports.deploy(new FixturePlugin("e").form("fuel", FUEL.replace("- {code: gas, optional: true}", "- {code: gas}"))).start();

        assertThat(reports.form("fuel").orElseThrow().version()).isEqualTo(2);
        assertThat(submit("510105-H01", "2026-10", "'kind': 1, 'people': 1, 'electricity': 10, 'price': 1").formVersion()).isOne();
        assertThat(refused("510105-H01", "2026-11", "'kind': 1, 'people': 1, 'electricity': 10, 'price': 1").place())
                .isEqualTo("/values/gas");
        assertThat(reports.submissions().form("fuel", Period.parse("2026-10")).version()).isOne();
        assertThat(reports.submissions().form("fuel", Period.parse("2026-11")).version()).isEqualTo(2);

        reports.deploy(new FixturePlugin("e").form("fuel", FUEL)).start();
        assertThat(reports.form("fuel").orElseThrow().version()).as("it says what the first said").isOne();
    }

    @Test
    void versionsOutliveTheHub(Store store) {
        submit("510104-H01", "2026-10", "'kind': 1, 'people': 1, 'electricity': 10, 'price': 1");
        Reports next = Reporting.open(Site.UNITS, store, calendar(), Site.CLOCK, ZONE);
        next.deploy(new FixturePlugin("e").form("fuel", FUEL.replace("optional: true", "optional: false"))).start();

        assertThat(next.submissions().form("fuel", Period.parse("2026-10")).indicator("gas").orElseThrow().optional()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"workdays: 5, 2026-09, 2026-10-13T09:00:00Z", "workdays: 5, 2026-10, 2026-11-06T09:00:00Z",
            "days: 20, 2026-10, 2026-11-20T09:00:00Z", "workdays: 1, 2025, 2026-01-04T09:00:00Z"})
    void aDeadlineIsCountedByTheWorkCalendar(String counted, String period, String due) {
        int n = Integer.parseInt(counted.replaceAll("\\D", ""));
        Deadline deadline = new Deadline(counted.startsWith("w") ? n : 0, counted.startsWith("d") ? n : 0, LocalTime.of(17, 0));

        assertThat(deadline.due(Period.parse(period), calendar(), ZONE).at()).isEqualTo(due);
    }

    @Test
    void aYearWithoutANoticeSaysSo() {
        Due due = reports.form("fuel").orElseThrow().deadline().due(Period.parse("2026-12"), calendar(), ZONE);

        assertThat(due.at()).isNull();
        assertThat(due.unknown().code()).isEqualTo("calendar-unknown");
        assertThat(due.unknown().message()).contains("The working days of 2027 are not known");
    }

    @Test
    void respondentsAreChosenByTag() {
        List<Unit> units = Site.UNITS.all().stream().map(u -> u.code().equals("510104-H01")
                ? new Unit(u.code(), u.name(), u.nameEn(), u.level(), u.parent(), List.of("heated", "large")) : u).toList();
        Units tagged = new UnitTree(units, "config/org");
        FixturePlugin plugin = new FixturePlugin("p");
        Form form = FormFile.read(plugin.form("t", """
                period: month
                respondents: {tag: [heated, cooled]}
                indicators: [{code: a}]
                """).files("reports", ".form.yaml").get(0), "p", tagged).form();

        assertThat(form.respondents()).containsExactly("510104-H01");
    }

    @ParameterizedTest(name = "{1} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
            workdays: 5              | workdays: 0                | bad-deadline      | :4 deadline                      | workdays: 5
            at: "17:00"              | at: "5 pm"                 | bad-time          | :4 deadline.at                   | 17:00
            review: [city, county]   | review: [institution]      | unknown-level     | :5 review.0                      | county, city, province
            gas: 1.33                | gas: much                  | bad-number        | :6 factors.gas                   | 0.1229
            with: {staff: headcount} | with: {people: headcount}  | bad-name          | :7 with.people                   | another name
            - id: basics             | - id: Basics               | bad-section-id    | :9 sections.0.id                 | small letters
            21: {zh                  | x: {zh                     | bad-choice        | :12 sections.0.indicators.0.choices.x | 21
            kind: weighted, weight: electricity | kind: weighted, weight: power | unknown-indicator | :18 sections.1.indicators.2.weight | electricity
            kind: weighted, weight   | weight                     | wrong-kind        | :18 sections.1.indicators.2.weight | kind: weighted
            gas * factors.gas}       | gass * factors.gas}        | unknown-field     | :19 sections.1.indicators.3.formula | Did you mean 'gas'?
            gas * factors.gas}       | gas * factors.coal}        | unknown-field     | :19 sections.1.indicators.3.formula | Known are
            gas * factors.gas}       | gas > 3}                   | wrong-type        | :19 sections.1.indicators.3.formula | number
            gas * factors.gas}       | saved}                     | formula-cycle     | :19 sections.1.indicators.3.formula | only what units answer
            check: electricity = 0   | check: electricity = "x"   | wrong-type        | :23 checks.0.check               | Convert
            people > 0, message      | people + 0, message        | wrong-type        | :23 checks.0.check               | true or false
            severity: soft           | severity: mild             | bad-severity      | :24 checks.1.severity            | hard
            tolerance: "10 %"        | tolerance: "10 parts"      | bad-number        | :25 checks.2.tolerance           | 1 %
            to: staff.total          | check: people > 1          | ambiguous-check   | :25 checks.2                     | either
            id: no-jump              | id: somebody-uses-it       | duplicate-check   | :24 checks.1.id                  | another id
            """)
    void aMistakeInAFormIsNamedWithItsPlaceAndCure(String good, String bad, String code, String place, String cure) {
        String text = FUEL.replace(good, bad);
        if (code.equals("formula-cycle")) {
            text = text.replace("lastYear.electricity - electricity", "kgce + 1");
        }
        FixturePlugin plugin = new FixturePlugin("p").form("bad", text);

        PluginException e = catchThrowableOfType(PluginException.class, () -> reports.deploy(plugin));

        assertThat(e).isNotNull();
        assertThat(e.problem().code()).as(e.getMessage()).isEqualTo(code);
        assertThat(e.problem().place()).isEqualTo("p.jar!HUB-INF/reports/bad.form.yaml" + place);
        assertThat(e.problem().sentence()).contains(cure);
    }

    static WorkCalendar calendar() {
        return WorkCalendars.load(Path.of("../../config/calendar"));
    }

    private Submission submit(String unit, String period, String values) {
        return reports.submit("fuel", json("{'unit': '%s', 'period': '%s', 'values': {%s}}".formatted(unit, period, values)), null);
    }

    private RefusedSubmission refused(String unit, String period, String values) {
        RefusedSubmission e = catchThrowableOfType(RefusedSubmission.class, () -> submit(unit, period, values));
        assertThat(e).isNotNull();
        return e;
    }
}
