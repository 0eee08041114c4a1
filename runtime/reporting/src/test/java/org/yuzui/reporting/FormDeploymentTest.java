package org.yuzui.reporting;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.store.Store;

import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.reporting.Site.answer;
import static org.yuzui.reporting.Site.json;

@ExtendWith(TestStore.class)
class FormDeploymentTest {

    private static final String GOOD = """
            title: {zh: 日报, en: Daily}
            period: day
            respondents: {level: institution}
            indicators:
              - {code: visits, unit: 人次}
              - {code: beds, precision: 2}
              - {code: share, kind: ratio, numerator: visits, denominator: beds, factor: 100}
            """;

    private Reports reports;

    @BeforeEach
    void open(Store store) {
        reports = Site.empty(store);
    }

    @Test
    void aFormComesAndGoesWithItsPluginAndItsSubmissionsStay() {
        Deployment his = deploy(FixturePlugin.his());

        Form form = reports.form("hospital-daily").orElseThrow();
        assertThat(form.plugin()).isEqualTo("his");
        assertThat(form.title().zh()).isEqualTo("医院运行日报");
        assertThat(form.respondents()).hasSize(24).contains("510104-H01").isSorted();
        assertThat(form.indicators()).extracting(Indicator::code).startsWith("outpatientVisits").endsWith("meanStay");
        reports.submit("hospital-daily", answer("510104-H01", "2026-11-22", 1, 2, 3, 4, 5, 6), null);

        his.close();
        his.close();

        assertThat(reports.forms()).isEmpty();
        assertThatThrownBy(() -> reports.submit("hospital-daily", answer("510104-H01", "2026-11-22"), null))
                .isInstanceOf(ProblemException.class).hasMessageContaining("The form 'hospital-daily' is not known");

        deploy(FixturePlugin.his());
        assertThat(reports.total("hospital-daily", Period.parse("2026-11-22"), "510104-H01").received()).isOne();
    }

    @Test
    void anUnknownFormIsAnsweredWithTheNearest() {
        deploy(FixturePlugin.his());

        assertThatThrownBy(() -> reports.total("hospital-dayly", Period.parse("2026-11-22"), "510000"))
                .hasMessageContaining("Did you mean 'hospital-daily'?");
        assertThatThrownBy(() -> reports.total("hospital-daily", Period.parse("2026-11-22"), "51000"))
                .hasMessageContaining("The unit '51000' is not known. Did you mean '510000' (四川省)?");
    }

    @Test
    void anotherPluginCannotBringTheSameForm() {
        deploy(FixturePlugin.his());
        FixturePlugin second = new FixturePlugin("his-two").form("another", GOOD).form("hospital-daily", GOOD);

        PluginException e = catchThrowableOfType(PluginException.class, () -> reports.deploy(second));

        assertThat(e.problem().place()).isEqualTo("his-two.jar!HUB-INF/reports/hospital-daily.form.yaml");
        assertThat(e).hasMessageContaining("by the plugin 'his' already");
        assertThat(reports.forms()).extracting(Form::id).containsExactly("hospital-daily");
        assertThat(reports.form("hospital-daily").orElseThrow().plugin()).isEqualTo("his");
    }

    @Test
    void respondentsAreDescribedOrListed() {
        deploy(new FixturePlugin("p")
                .form("cities", GOOD.replace("{level: institution}", "{level: city}"))
                .form("chengdu", GOOD.replace("{level: institution}", "{level: institution, code: \"5101*-H*\"}"))
                .form("kindergartens", GOOD.replace("{level: institution}", "{level: institution, code: \"*-K*\"}"))
                .form("several", GOOD.replace("{level: institution}",
                        "{level: institution, code: [\"*0104-H*\", 510302-H01, \"5134*\"]}"))
                .form("two", GOOD.replace("{level: institution}", "{units: [510302-H01, 510100]}")));

        assertThat(respondents("cities")).hasSize(21);
        assertThat(respondents("chengdu")).containsExactly("510104-H01", "510105-H01", "510106-H01", "510107-H01");
        assertThat(respondents("kindergartens")).isEmpty();
        assertThat(respondents("several")).containsExactly("510104-H01", "510302-H01", "513401-H01");
        assertThat(respondents("two")).containsExactly("510100", "510302-H01");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            period: day                  | periods: day                  | unknown-key           | :2 periods                     | Did you mean 'period'?
            period: day                  | period: weak                  | unknown-period        | :2 period                      | Did you mean 'week'?
            period: day                  | # none                        | missing-key           | :1 period                      | Write 'period: …'.
            respondents: {level: institution} | # none                   | missing-key           | :1 respondents                 | respondents: {level: institution}
            {level: institution}         | {level: hospital}             | unknown-level         | :3 respondents.level           | Known are: city, county, institution, province.
            {level: institution}         | {lvl: institution}            | unknown-key           | :3 respondents.lvl             | Did you mean 'level'?
            {level: institution}         | {level: county, code: []}     | wrong-type            | :3 respondents.code            | Write ["*-F*", "*-H*"].
            {level: institution}         | {level: county, code: ["5*", 3]} | missing-key        | :3 respondents.code.1          | Write
            {level: institution}         | {units: [510140-H01]}         | unknown-unit          | :3 respondents.units.0         | Did you mean '510104-H01'
            {level: institution}         | {units: [510100], level: city} | ambiguous-respondents | :3 respondents.units           | Keep either
            unit: 人次                    | units: 人次                    | unknown-key           | :5 indicators.0.units          | Did you mean 'unit'?
            code: visits                 | code: unit                    | bad-indicator-code    | :5 indicators.0.code           | none of unit, day, period, values
            code: beds                   | code: visits                  | duplicate-indicator   | :6 indicators.1.code           | Remove or rename
            code: beds                   | title: beds                   | missing-key           | :6 indicators.1.code           | Write 'code: …'.
            precision: 2                 | precision: 12                 | bad-number            | :6 indicators.1.precision      | precision: 1
            precision: 2                 | factor: 2                     | not-a-ratio           | :6 indicators.1.factor         | kind: ratio
            kind: ratio                  | kind: average                  | unknown-kind          | :7 indicators.2.kind           | sum
            denominator: beds            | denominator: bed              | unknown-indicator     | :7 indicators.2.denominator    | Did you mean 'beds'?
            numerator: visits            | numerator: share              | unknown-indicator     | :7 indicators.2.numerator      | beds, visits
            denominator: beds,           | #                             | bad-yaml              | :                              | indentation
            factor: 100                  | factor: 0                     | bad-number            | :7 indicators.2.factor         | factor: 1
            """)
    void aBadFormIsRefusedWithItsPlace(String good, String bad, String code, String place, String cure) {
        FixturePlugin plugin = new FixturePlugin("p").form("ok", GOOD).form("bad", GOOD.replace(good, bad));

        PluginException e = catchThrowableOfType(PluginException.class, () -> reports.deploy(plugin));

        assertThat(e).isNotNull();
        assertThat(e.problem().code()).isEqualTo(code);
        assertThat(e.problem().place()).startsWith("p.jar!HUB-INF/reports/bad.form.yaml" + place);
        assertThat(e.problem().cure()).contains(cure);
        assertThat(reports.forms()).isEmpty();
    }

    @Test
    void aNumberIsRoundedOnlyForTheEye() {
        deploy(FixturePlugin.his());
        List<Indicator> indicators = reports.form("hospital-daily").orElseThrow().indicators();

        assertThat(indicators.get(6).show(new BigDecimal("74.555"))).isEqualTo("74.56 %");
        assertThat(indicators.get(6).show(new BigDecimal("100"))).isEqualTo("100.00 %");
        assertThat(indicators.get(7).show(new BigDecimal("9.25"))).isEqualTo("9.3 天");
        assertThat(indicators.get(0).show(new BigDecimal("2000"))).isEqualTo("2000 人次");
        assertThat(indicators.get(0).show(null)).isEqualTo("–");
    }

    @Test
    void aFormCountsFromItsStartOnAndTheOneBeforeCountsAgainAfterAFailedSwitch() {
        Deployment old = deploy(new FixturePlugin("p").form("daily", GOOD));
        Form older = reports.form("daily").orElseThrow();

        Deployment next = reports.deploy(new FixturePlugin("p").form("daily", GOOD.replace("visits", "calls")).form("new", GOOD));
        assertThat(reports.form("daily")).containsSame(older);
        assertThat(reports.form("new")).as("a route of the same version names it").isPresent();
        old.quiesce();
        next.start();
        assertThat(reports.form("daily").orElseThrow().indicators().get(0).code()).isEqualTo("calls");

        next.quiesce();
        old.start();
        next.close();
        assertThat(reports.forms()).containsExactly(older);
    }

    @Test
    void aPlanSaysWhichIndicatorsComeAndGo() {
        deploy(new FixturePlugin("other").form("taken", GOOD));
        FixturePlugin running = new FixturePlugin("p").form("daily", GOOD).form("gone", GOOD).form("same", GOOD);
        FixturePlugin coming = new FixturePlugin("p").form("same", GOOD).form("taken", GOOD)
                .form("daily", GOOD.replace("- {code: visits, unit: 人次}", "- {code: visits}\n  - {code: calls}"));

        List<PlannedChange> changes = reports.plan(coming, running);

        assertThat(changes).extracting(c -> c.id() + " " + c.action() + " " + c.details()).containsExactly(
                "daily CHANGE [indicator visits changed, new indicator calls]", "gone REMOVE []", "same KEEP []", "taken ADD []");
        assertThat(changes.get(3).problems()).extracting(Problem::code).containsExactly("duplicate-form");
        assertThat(reports.forms()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"day, month, 2026-11-01", "month, quarter, 2026-10", "week, day, 2026-W47"})
    void aFormThatWasAnsweredKeepsItsKindOfPeriod(String before, String after, String period) {
        FixturePlugin old = new FixturePlugin("p").form("sums", GOOD.replace("period: day", "period: " + before));
        FixturePlugin next = new FixturePlugin("p").form("sums", GOOD.replace("period: day", "period: " + after));
        Deployment running = deploy(old);
        assertThat(reports.plan(next, old)).singleElement().satisfies(change -> {
            assertThat(change.details()).containsExactly("period " + before + " → " + after);
            assertThat(change.problems()).as("nobody has answered").isEmpty();
        });
        reports.submit("sums", json("{'unit': '510104-H01', 'period': '%s', 'visits': 3, 'beds': 1}".formatted(period)), null);

        assertThat(reports.plan(next, old)).singleElement().extracting(c -> c.problems().get(0).code())
                .isEqualTo("period-changed");
        running.close();
        PluginException e = catchThrowableOfType(PluginException.class, () -> reports.deploy(next));
        assertThat(e).as("also when the old one isn't there any more").isNotNull();
        assertThat(e.problem().message()).contains("answered by " + before + "; answers by " + after);
        assertThat(e.problem().cure()).contains("Write 'period: " + before + "'");
        deploy(old);
    }

    private Deployment deploy(FixturePlugin plugin) {
        Deployment deployment = reports.deploy(plugin);
        deployment.start();
        return deployment;
    }

    private List<String> respondents(String form) {
        return reports.form(form).orElseThrow().respondents();
    }
}
