package org.yuzui.reporting;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Dispute.State;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is held above comes back down, and may be wrong. */
class DisputeTest extends InOctober {

    DisputeTest() {
        super("county");
    }

    @Test
    void whatIsUpheldIsStaleUntilItIsCorrected() {
        handIn(HOSPITAL, 30);
        handIn(OTHER, 4);
        Dispute dispute = reports.disputes().open("monthly", OCTOBER, HOSPITAL, "visits", BigDecimal.valueOf(3), "多打了一个零", "zhang");

        assertThat(dispute.held()).isEqualByComparingTo("30");
        assertThat(dispute.answerer()).isEqualTo(COUNTY);
        assertThat(dispute.answerBy().at()).as("the end of the fifth working day").isEqualTo("2026-11-09T15:59:59Z");
        assertThat(dispute.state()).isEqualTo(State.OPEN);
        assertThat(table(PROVINCE).total().stale()).as("nobody has said yet that it is wrong").isFalse();
        assertThat(problem(() -> reports.disputes().open("monthly", OCTOBER, HOSPITAL, "visits", null, "again", "zhang")).code())
                .isEqualTo("already-disputed");

        clock.advance(Duration.ofHours(1));
        assertThat(reports.disputes().answer(dispute.id(), true, "属实，请更正", "li").state()).isEqualTo(State.UPHELD);
        assertThat(problem(() -> reports.disputes().answer(dispute.id(), false, "no", "li")).code()).isEqualTo("already-answered");
        assertThat(table(PROVINCE).total().stale()).isTrue();
        assertThat(table(CITY).rows()).filteredOn(Totals.Row::stale).extracting(r -> r.unit().code()).containsExactly(COUNTY);
        assertThat(table(COUNTY).rows()).filteredOn(Totals.Row::stale).extracting(r -> r.unit().code()).containsExactly(HOSPITAL);
        assertThat(reports.comparisons().compare("monthly", OCTOBER, CITY, "visits").rows()).filteredOn(Comparisons.Place::stale)
                .extracting(p -> p.unit().code()).containsExactly(COUNTY);

        clock.advance(Duration.ofHours(1));
        handIn(HOSPITAL, 3);
        assertThat(reports.disputes().find(dispute.id())).satisfies(d -> {
            assertThat(d.state()).isEqualTo(State.SETTLED);
            assertThat(d.settledAt()).isEqualTo("2026-11-02T03:00:00Z");
        });
        assertThat(table(PROVINCE).total().stale()).isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(reports.disputes().open("monthly", OCTOBER, HOSPITAL, "visits", null, "又错了", "zhang").state())
                .as("what was settled may be disputed again").isEqualTo(State.OPEN);
    }

    @Test
    void aBureauDisputesItsTotalAndIsSettledByAnybodyBelow() {
        handIn(HOSPITAL, 30);
        Dispute dispute = reports.disputes().open("monthly", OCTOBER, CITY, "visits", null, "与卫健统计不符", "zhao");
        assertThat(dispute.answerer()).isEqualTo(PROVINCE);
        reports.disputes().answer(dispute.id(), true, "请核对", "wang");
        assertThat(table(PROVINCE).rows()).filteredOn(Totals.Row::stale).extracting(r -> r.unit().code()).containsExactly(CITY);
        clock.advance(Duration.ofHours(1));
        handIn(OTHER, 5);
        assertThat(reports.disputes().find(dispute.id()).state()).isEqualTo(State.SETTLED);
        assertThat(problem(() -> reports.disputes().open("monthly", OCTOBER, PROVINCE, "visits", null, "x", "wang")).code())
                .isEqualTo("nobody-above");
    }

    @Test
    void theClockRunsInWorkingDaysAndThoseAboveAreTold() {
        handIn(HOSPITAL, 30);
        handIn(OTHER, 4);
        Dispute dispute = reports.disputes().open("monthly", OCTOBER, HOSPITAL, "visits", null, "不符", "zhang");
        assertThat(reminded()).containsExactly("DISPUTED 0 510104");
        clock.set("2026-11-09T16:00:00Z");
        assertThat(reports.disputes().find(dispute.id()).state()).isEqualTo(State.OVERDUE);
        assertThat(reports.disputes().find(new Disputes.Filter(PROVINCE, null, null, Set.of(State.OVERDUE), COUNTY)))
                .extracting(Dispute::id).containsExactly(dispute.id());
        assertThat(reminded()).containsExactly("DISPUTED 0 510104", "DISPUTED 1 510100");
        clock.set("2026-11-12T02:00:00Z");
        assertThat(reminded()).containsExactly("DISPUTED 0 510104", "DISPUTED 1 510100", "DISPUTED 3 510000");
        reports.disputes().withdraw(dispute.id(), null, "zhang");
        assertThat(reports.disputes().find(dispute.id()).state()).isEqualTo(State.WITHDRAWN);
        assertThat(reminded()).isEmpty();
        clock.set("2026-12-28T01:00:00Z");
        assertThat(reports.disputes().open("monthly", OCTOBER, HOSPITAL, "beds", null, "不符", "zhang").answerBy().unknown().code())
                .as("of a year that nobody knows the working days of").isEqualTo("calendar-unknown");
    }

    @Test
    void whatCannotBeDisputedSaysWhy() {
        handIn(HOSPITAL, 30);
        assertThat(problem(() -> reports.disputes().open("monthly", OCTOBER, HOSPITAL, "visit", null, "x", "z")).cure()).contains("'visits'");
        assertThat(problem(() -> reports.disputes().open("monthly", OCTOBER, HOSPITAL, "visits", null, " ", "z")).code()).isEqualTo("bad-reasons");
        assertThat(problem(() -> reports.disputes().open("monthly", OCTOBER, "510104-H02", "visits", null, "x", "z")).code()).isEqualTo("unknown-unit");
        assertThat(problem(() -> reports.disputes().open("monthly", Period.parse("2026-Q3"), HOSPITAL, "visits", null, "x", "z")).code())
                .isEqualTo("bad-period");
        assertThat(problem(() -> reports.disputes().answer(77, true, "x", "z")).code()).isEqualTo("unknown-dispute");
        Dispute dispute = reports.disputes().open("monthly", OCTOBER, HOSPITAL, "visits", null, "x", "z");
        assertThat(problem(() -> reports.disputes().answer(dispute.id(), true, null, "z")).code()).isEqualTo("bad-reasons");
        assertThatThrownBy(() -> store.jdbi().useHandle(h -> h.execute("update reporting.disputes set held = 1"))).hasMessageContaining("never changes");
    }

    @Test
    void whatIsHeldComesBackDownAndOnlyWhatIsNew() {
        handIn(HOSPITAL, 30);
        handIn(OTHER, 4);
        reports.reviews().accept("monthly", OCTOBER, HOSPITAL, 1, COUNTY, null, "li");

        assertThat(round()).containsExactly("510100", "510104", "510105");
        Feedback county = reports.feedback().of("monthly", OCTOBER, COUNTY);
        assertThat(county.above()).isEqualTo(CITY);
        assertThat(county.accepted()).isOne();
        assertThat(county.sentAt()).isEqualTo("2026-11-02T01:00:00Z");
        assertThat(county.values().get(0)).satisfies(v -> {
            assertThat(v.indicator()).isEqualTo("visits");
            assertThat(v.value()).isEqualByComparingTo("30");
            assertThat(v.accepted()).isEqualByComparingTo("30");
            assertThat(v.rank()).isOne();
            assertThat(v.of()).isEqualTo(2);
        });
        assertThat(county.parts()).singleElement().satisfies(p -> {
            assertThat(p.version()).isOne();
            assertThat(p.state()).isEqualTo(Standing.State.ACCEPTED);
        });
        assertThat(reports.feedback().of("monthly", OCTOBER, "510105").values().get(0)).satisfies(v -> {
            assertThat(v.accepted()).as("nobody has looked at it").isNull();
            assertThat(v.rank()).isEqualTo(2);
        });
        assertThat(reports.feedback().of("monthly", OCTOBER, CITY).values().get(0)).satisfies(v -> {
            assertThat(v.value()).isEqualByComparingTo("34");
            assertThat(v.accepted()).isEqualByComparingTo("30");
        });

        assertThat(round()).as("nothing is new").isEmpty();
        clock.advance(Duration.ofMinutes(1));
        handIn(OTHER, 40);
        assertThat(round()).as("the first's rank is another").containsExactly("510100", "510104", "510105");
        clock.advance(Duration.ofMinutes(1));
        reports.disputes().open("monthly", OCTOBER, HOSPITAL, "beds", null, "不符", "zhang");
        assertThat(round()).containsExactly("510100", "510104");
    }

    @Test
    void whatWasNotPublishedComesAgain() {
        handIn(HOSPITAL, 30);
        assertThatThrownBy(() -> reports.feedback().round(all -> {
            throw new IllegalStateException("the broker is away");
        })).hasMessage("the broker is away");
        assertThat(reports.feedback().of("monthly", OCTOBER, COUNTY).sentAt()).isNull();
        assertThat(round()).containsExactly("510100", "510104");
    }

    private List<String> round() {
        List<String> units = new ArrayList<>();
        int published = reports.feedback().round(all -> all.forEach(f -> units.add(f.unit().code())));
        assertThat(published).isEqualTo(units.size());
        return units.stream().sorted().toList();
    }

    private List<String> reminded() {
        return reports.duties().reminders().stream().filter(r -> r.kind() == Reminder.Kind.DISPUTED)
                .map(r -> r.kind() + " " + r.step() + " " + r.to()).toList();
    }

    private static Problem problem(ThrowingCallable call) {
        ProblemException e = catchThrowableOfType(ProblemException.class, call);
        assertThat(e).isNotNull();
        return e.problem();
    }
}
