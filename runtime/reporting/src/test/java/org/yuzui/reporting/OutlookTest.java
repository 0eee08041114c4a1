package org.yuzui.reporting;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.SettableClock;
import org.yuzui.reporting.Outlook.Expectation;
import org.yuzui.reporting.Outlook.Risk;
import org.yuzui.reporting.Review.Reason;
import org.yuzui.reporting.Standing.State;
import org.yuzui.store.Store;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.reporting.Site.json;

/** Two hospitals over some months: one on time, one not. */
@ExtendWith(TestStore.class)
class OutlookTest {

    private static final String GOOD = "510104-H01";
    private static final String LAZY = "510105-H01";
    private static final String FAR = "510302-H01";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-07-01T01:00:00Z"), ZoneOffset.UTC);
    private Reports reports;

    @BeforeEach
    void open(Store store) {
        reports = Reporting.open(Site.UNITS, store, FormRulesTest.calendar(), clock, ZoneId.of("Asia/Shanghai"));
        reports.deploy(new FixturePlugin("p").form("monthly", """
                period: month
                respondents: {units: [510104-H01, 510105-H01]}
                deadline: {workdays: 5, at: "17:00"}
                review: [county]
                indicators: [{code: visits}, {code: beds, kind: last}, {code: note, optional: true}]
                """)).start();
    }

    @Test
    void anOverviewHasEveryBureauAndPeriodAtOnce() {
        month("2026-08", "2026-09-03T01:00:00Z", GOOD, LAZY);
        month("2026-09", "2026-10-20T01:00:00Z", GOOD);
        clock.set("2026-11-02T01:00:00Z");
        reports.duties().openPeriods();
        handIn(GOOD, "2026-10");
        reports.reviews().giveBack("monthly", Period.parse("2026-10"), GOOD, 1, "510104", List.of(new Reason("visits", "x")), 3, "li");

        Outlook.Overview overview = reports.outlook().overview("monthly", "510000", Period.parse("2026-08"), null, false);

        assertThat(overview.periods()).extracting(c -> c.period().toString()).containsExactly("2026-08", "2026-09", "2026-10", "2026-11");
        assertThat(overview.periods()).extracting(Outlook.Column::opened).containsOnly(true);
        assertThat(overview.rows()).as("those of which nobody has to answer have no row").extracting(r -> r.unit().code())
                .containsExactly("510000", "510100", "510104", "510105");
        assertThat(states(overview, 0)).containsExactly(State.IN_REVIEW, State.MISSING, State.RETURNED, State.OPEN);
        assertThat(states(overview, 2)).containsExactly(State.IN_REVIEW, State.IN_REVIEW, State.RETURNED, State.OPEN);
        assertThat(overview.rows().get(0).cells().get(1)).satisfies(c -> {
            assertThat(c.expected()).isEqualTo(2);
            assertThat(c.received()).isOne();
            assertThat(c.missing()).isOne();
            assertThat(c.late()).as("one is missing, and one came after October's holidays and too late").isEqualTo(2);
        });
        assertThat(reports.outlook().overview("monthly", "510104", Period.parse("2026-08"), null, true).rows())
                .extracting(r -> r.unit().code()).containsExactly("510104", GOOD);
        assertThat(reports.outlook().overview("monthly", "510000", null, null, false).rows().get(0).cells().subList(0, 8))
                .as("what was never open was asked of nobody").containsOnlyNulls();
        assertThat(reports.outlook().overview("monthly", "510300", null, null, true).rows()).singleElement()
                .satisfies(r -> assertThat(r.cells()).hasSize(12).containsOnlyNulls());
    }

    @Test
    void aRangeThatCannotBeMeantIsRefused() {
        assertThat(problem(() -> reports.outlook().overview("monthly", "510000", Period.parse("2026-10"), Period.parse("2026-09"), false)))
                .isEqualTo("bad-range");
        assertThat(problem(() -> reports.outlook().overview("monthly", "510000", Period.parse("1900-01"), null, false))).isEqualTo("bad-range");
        assertThat(problem(() -> reports.outlook().overview("monthly", "510000", Period.parse("2026-Q1"), null, false))).isEqualTo("bad-period");
        assertThat(problem(() -> reports.outlook().overview("monthly", "51", null, null, false))).isEqualTo("unknown-unit");
    }

    @Test
    void whoWasLateAndHasNothingYetWillProbablyMiss() {
        month("2026-07", "2026-08-03T01:00:00Z", GOOD);
        month("2026-08", "2026-09-03T01:00:00Z", GOOD);
        month("2026-09", "2026-10-09T01:00:00Z", GOOD);
        clock.set("2026-11-02T01:00:00Z");
        reports.submissions().keep("monthly", Period.parse("2026-10"), GOOD, json("{'visits': 3, 'beds': 2}"), new Signature("z", "rest"));

        List<Expectation> early = forecast().units();
        assertThat(early).extracting(e -> e.unit().code()).containsExactly(LAZY, GOOD);
        assertThat(early.get(0)).satisfies(e -> {
            assertThat(e.risk()).isEqualTo(Risk.HIGH);
            assertThat(e.why()).extracting(Outlook.Reason::code).containsExactly("often-late", "late-last-time", "no-draft", "silent");
            assertThat(e.lateBefore()).isEqualTo(3);
            assertThat(e.of()).isEqualTo(3);
            assertThat(e.draftFilled()).isNull();
            assertThat(e.lastSeen()).isNull();
        });
        assertThat(early.get(1)).satisfies(e -> {
            assertThat(e.risk()).isEqualTo(Risk.LOW);
            assertThat(e.points()).isZero();
            assertThat(e.why()).extracting(Outlook.Reason::code).containsExactly("draft-complete");
            assertThat(e.draftFilled()).as("what is optional doesn't count").isEqualByComparingTo("1");
            assertThat(e.lastSeen()).isEqualTo("2026-11-02T01:00:00Z");
        });

        reports.submissions().keep("monthly", Period.parse("2026-10"), GOOD, json("{'visits': 3, 'beds': ''}"), new Signature("z", "rest"));
        clock.set("2026-11-06T01:00:00Z");
        assertThat(forecast().units()).filteredOn(e -> e.unit().code().equals(GOOD)).singleElement().satisfies(e -> {
            assertThat(e.why()).extracting(Outlook.Reason::code).containsExactly("draft-incomplete", "deadline-near");
            assertThat(e.why()).extracting(r -> r.text().zh()).containsExactly("草稿填写了 50 %", "今天截止");
            assertThat(e.risk()).isEqualTo(Risk.MEDIUM);
        });
        assertThat(forecast()).as("the same facts give the same").isEqualTo(forecast());
        handIn(GOOD, "2026-10");
        assertThat(forecast().units()).extracting(e -> e.unit().code()).containsExactly(LAZY);
        clock.set("2026-11-06T10:00:00Z");
        assertThat(forecast().units()).as("that is no forecast any more").isEmpty();
    }

    @Test
    void aPeriodIsMovedToAnotherVersionForAReason(Store store) {
        clock.set("2026-11-02T01:00:00Z");
        Period october = Period.parse("2026-10");
        assertThat(problem(() -> reports.periods().move("monthly", october, null, "x", "wang"))).isEqualTo("period-not-open");
        handIn(GOOD, "2026-10");
        reports.deploy(new FixturePlugin("p").form("monthly", """
                period: month
                respondents: {units: [510104-H01, 510105-H01, 510302-H01]}
                deadline: {workdays: 8}
                indicators: [{code: visits}, {code: beds, kind: last}, {code: nurses, optional: true}]
                """)).start();
        assertThat(reports.submissions().form("monthly", october).version()).isOne();
        assertThat(problem(() -> reports.periods().move("monthly", october, 1, "x", "wang"))).isEqualTo("same-version");
        assertThat(problem(() -> reports.periods().move("monthly", october, 3, "x", "wang"))).isEqualTo("unknown-version");
        assertThat(problem(() -> reports.periods().move("monthly", october, null, " ", "wang"))).isEqualTo("bad-reasons");

        FormPeriods.Version moved = reports.periods().move("monthly", october, null, "省里要求增报护士数", "wang");

        assertThat(moved.version()).isEqualTo(2);
        assertThat(reports.periods().versions("monthly", october)).extracting(FormPeriods.Version::version).containsExactly(1, 2);
        assertThat(reports.submissions().form("monthly", october).indicator("nurses")).isPresent();
        assertThat(reports.reviews().standings("monthly", october)).containsKey(FAR);
        assertThat(reports.totals().table("monthly", october, "510000").total().values().get("visits")).isEqualByComparingTo("3");
        reports.submissions().handIn("monthly", october, FAR, json("{'visits': 2, 'beds': 1, 'nurses': 7}"), null, new Signature("z", "rest"));
        assertThat(reports.totals().table("monthly", october, "510000").total().values().get("nurses")).isEqualByComparingTo("7");
        assertThat(reports.totals().recount("monthly", october).differences()).isEmpty();
    }

    @Test
    void whoReadTheVersionOfAPeriodBeforeItWasMovedDoesNotBringItBack(Store store) throws InterruptedException {
        clock.set("2026-11-02T01:00:00Z");
        Period october = Period.parse("2026-10");
        handIn(GOOD, "2026-10");
        Reports later = Reporting.open(Site.UNITS, store, FormRulesTest.calendar(), clock, ZoneId.of("Asia/Shanghai")); // knows nothing of it yet
        later.deploy(new FixturePlugin("p").form("monthly", """
                period: month
                respondents: {units: [510104-H01, 510105-H01]}
                indicators: [{code: visits}, {code: nurses, optional: true}]
                """)).start();
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                if (Thread.currentThread().getName().equals("reader") && context.getRawSql().contains("reporting.periods")) {
                    read.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        });
        try {
            Thread reader = new Thread(() -> later.submissions().form("monthly", october), "reader");
            reader.start();
            read.await();
            later.periods().move("monthly", october, null, "省里要求增报护士数", "wang");
            goOn.countDown();
            reader.join();

            assertThat(later.submissions().form("monthly", october).version()).isEqualTo(2);
        } finally {
            store.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        }
    }

    private Outlook.Forecast forecast() {
        return reports.outlook().forecast("monthly", Period.parse("2026-10"), "510000");
    }

    private static List<State> states(Outlook.Overview overview, int row) {
        return overview.rows().get(row).cells().stream().map(Outlook.Cell::state).toList();
    }

    private void month(String period, String at, String... units) {
        clock.set(at);
        for (String unit : units) {
            handIn(unit, period);
        }
    }

    private void handIn(String unit, String period) {
        reports.submissions().handIn("monthly", Period.parse(period), unit, json("{'visits': 3, 'beds': 2}"), null, new Signature("z", "rest"));
    }

    private static String problem(ThrowingCallable call) {
        ProblemException e = catchThrowableOfType(ProblemException.class, call);
        assertThat(e).isNotNull();
        return e.problem().code();
    }
}
