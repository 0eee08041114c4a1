package org.yuzui.reporting;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yuzui.kernel.SettableClock;
import org.yuzui.store.Store;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import static org.yuzui.reporting.Site.json;

/** Two hospitals of two counties answer a form for October 2026, which is reported in November, on working days: 2 to 6, 9 to 13, … */
@ExtendWith(TestStore.class)
abstract class InOctober {

    static final String HOSPITAL = "510104-H01";
    static final String OTHER = "510105-H01";
    static final String COUNTY = "510104";
    static final String CITY = "510100";
    static final String PROVINCE = "510000";
    static final Period OCTOBER = Period.parse("2026-10");

    final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T01:00:00Z"), ZoneOffset.UTC);
    Store store;
    Reports reports;
    private final String chain;

    /** @param chain who reviews the form, from below, with commas */
    InOctober(String chain) {
        this.chain = chain;
    }

    @BeforeEach
    void open(Store opened) {
        store = opened;
        reports = Reporting.open(Site.UNITS, store, FormRulesTest.calendar(), clock, ZoneId.of("Asia/Shanghai"));
        reports.deploy(new FixturePlugin("p").form("monthly", """
                period: month
                respondents: {units: [510104-H01, 510105-H01]}
                deadline: {workdays: 5, at: "17:00"}
                review: [%s]
                indicators: [{code: visits}, {code: beds, kind: last}]
                """.formatted(chain))).start();
    }

    final Submission handIn(String unit, int visits) {
        return reports.submissions().handIn("monthly", OCTOBER, unit, json("{'visits': %d, 'beds': 2}".formatted(visits)), null,
                new Signature("zhang", "rest"));
    }

    final Totals.Table table(String unit) {
        return reports.totals().table("monthly", OCTOBER, unit);
    }
}
