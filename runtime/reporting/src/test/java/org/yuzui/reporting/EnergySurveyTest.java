package org.yuzui.reporting;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yuzui.store.Store;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.reporting.Site.json;

/** The site's energy survey, as it is shipped. It is November 2026; see {@link Site}. */
@ExtendWith(TestStore.class)
class EnergySurveyTest {

    private static final String BUILDING = "510104-G01";
    /** 100,000 kWh, 5,000 m³ of gas, 2,000 L of petrol, 10,000 m², 200 people, 8,000 m³ of water. */
    private static final String EXAMPLE = "'nature': 1, 'area': 10000, 'people': 200, 'electricity': 100000, 'water': 8000, 'gas': 5000, "
            + "'gasoline': 2000";

    private Reports reports;

    @BeforeEach
    void open(Store store) throws IOException {
        reports = Reporting.open(UnitFiles.load(Path.of("../../config/org")), store, FormRulesTest.calendar(), Site.CLOCK,
                ZoneId.of("Asia/Shanghai"));
        FixturePlugin site = new FixturePlugin("site");
        for (String form : new String[] {"energy-survey-quarter", "energy-survey-year"}) {
            site.form(form, Files.readString(Path.of("../../config/forms/" + form + ".form.yaml")));
        }
        reports.deploy(site).start();
    }

    @Test
    void theWorkedExampleComesOut() {
        Submission submission = quarter("2026-Q3", EXAMPLE + ", 'energyPerCapita': 105.44122, 'energyPerArea': 1.894, 'waterPerCapita': 40");

        assertThat(submission.values().get("energy")).isEqualTo("21088.244");
        assertThat(submission.values().get("carbon")).isEqualTo("15640");
        Total total = reports.total("energy-survey-quarter", Period.parse("2026-Q3"), "510000");
        assertThat(total.values()).containsEntry("energyPerCapita", new BigDecimal("105.44122"))
                .containsEntry("energyPerArea", new BigDecimal("1.894")).containsEntry("waterPerCapita", new BigDecimal("40"));
    }

    @Test
    void aDeclineIsOfLastYearsValueAndAnotherIsRefusedWithTheReason() {
        quarter("2025-Q3", EXAMPLE.replace("100000", "51420.15"));
        RefusedSubmission e = catchThrowableOfType(RefusedSubmission.class,
                () -> quarter("2026-Q3", EXAMPLE.replace("100000", "38089.78") + ", 'electricityDecline': 34.99"));
        assertThat(e.failures()).singleElement().satisfies(f -> {
            assertThat(f.place()).isEqualTo("/values/electricityDecline");
            assertThat(f.message()).isEqualTo("is sent as 34.99, and electricitySaved (13330.37) ÷ electricityBefore (51420.15) × 100 gives 25.92.");
        });

        quarter("2026-Q3", EXAMPLE.replace("100000", "38089.78") + ", 'electricityDecline': 25.92");
        Total county = reports.total("energy-survey-quarter", Period.parse("2026-Q3"), "510104");
        assertThat(reports.form("energy-survey-quarter").orElseThrow().indicator("electricityDecline").orElseThrow()
                .show(county.values().get("electricityDecline"))).isEqualTo("25.92 %");
    }

    @Test
    void targetsAndQuartersAreWarnings() {
        year("2024", EXAMPLE);
        assertThat(year("2025", EXAMPLE).warnings()).extracting(Failure::rule).containsExactly("target-energy-per-capita",
                "target-energy-per-area", "target-water", "target-carbon");
        assertThat(year("2025", EXAMPLE.replace("100000", "80000").replace("8000,", "7880,")).warnings()).isEmpty();
        quarter("2025-Q1", EXAMPLE.replace("100000", "20000").replace("8000", "2000"));
        assertThat(year("2025", EXAMPLE.replace("100000", "80000").replace("8000,", "7870,")).warnings()).extracting(Failure::rule)
                .containsExactly("quarters-electricity", "quarters-water");
    }

    @Test
    void whatCannotBeIsRefused() {
        RefusedSubmission e = catchThrowableOfType(RefusedSubmission.class, () -> quarter("2026-Q3",
                EXAMPLE.replace("200,", "0,").replace("10000,", "0,") + ", 'serverRoom': 100001, 'heatedArea': 5"));
        assertThat(e.failures()).extracting(Failure::rule).contains("users", "area", "server-room", "heated-area");
        assertThat(reports.form("energy-survey-year").orElseThrow().deadline().due(Period.parse("2025"), FormRulesTest.calendar(),
                ZoneId.of("Asia/Shanghai")).at()).as("the end of March").isEqualTo("2026-03-31T15:59:59Z");
    }

    private Submission quarter(String period, String values) {
        return reports.submit("energy-survey-quarter", json("{'unit': '%s', 'period': '%s', 'values': {%s}}".formatted(BUILDING, period, values)), null);
    }

    private Submission year(String period, String values) {
        return reports.submit("energy-survey-year", json("{'unit': '%s', 'period': '%s', 'values': {%s}}".formatted(BUILDING, period, values)), null);
    }
}
