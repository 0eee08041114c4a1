package org.yuzui.reporting;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Review.Reason;
import org.yuzui.reporting.Standing.State;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.reporting.Site.json;

/** Answers are accepted and returned, from the county up. */
class ReviewTest extends InOctober {

    ReviewTest() {
        super("county, city, province");
    }

    @Test
    void anAnswerIsAcceptedFromTheCountyUp() {
        assertThat(standing(HOSPITAL).state()).isEqualTo(State.OPEN);
        handIn(HOSPITAL, 3);
        assertThat(standing(HOSPITAL)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.IN_REVIEW);
            assertThat(s.waitsFor()).isEqualTo(COUNTY);
            assertThat(s.due().at()).isEqualTo("2026-11-06T09:00:00Z");
            assertThat(s.late()).isFalse();
        });
        assertThat(reports.reviews().inbox(COUNTY)).singleElement().extracting(w -> w.submission().unit()).isEqualTo(HOSPITAL);
        assertThat(reports.reviews().inbox(CITY)).isEmpty();

        assertThat(problem(() -> accept(CITY, 1)).problem().cure()).isEqualTo("It is the turn of '510104'.");
        accept(COUNTY, 1);
        assertThat(standing(HOSPITAL).waitsFor()).isEqualTo(CITY);
        accept(CITY, 1);
        accept(PROVINCE, 1);

        assertThat(standing(HOSPITAL)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.ACCEPTED);
            assertThat(s.waitsFor()).isNull();
        });
        assertThat(problem(() -> accept(PROVINCE, 1)).problem().cure()).isEqualTo("Nobody's review is left.");
        assertThat(reports.reviews().of("monthly", OCTOBER, HOSPITAL)).extracting(r -> r.reviewer() + " " + r.who())
                .containsExactly("510104 li", "510100 li", "510000 li");
    }

    @Test
    void aReturnNamesItsCellsAndMakesEveryTotalAboveStaleUntilItIsAnswered() {
        handIn(HOSPITAL, 3);
        handIn(OTHER, 4);
        accept(COUNTY, 1);

        Review review = reports.reviews().giveBack("monthly", OCTOBER, HOSPITAL, 1, CITY,
                List.of(new Reason("visits", "偏低"), new Reason(null, "请核对")), 3, "wang");

        assertThat(review.due()).as("three working days, until five").isEqualTo("2026-11-05T09:00:00Z");
        assertThat(standing(HOSPITAL)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.RETURNED);
            assertThat(s.answerBy()).isEqualTo("2026-11-05T09:00:00Z");
        });
        assertThat(table(PROVINCE).total()).satisfies(row -> {
            assertThat(row.stale()).isTrue();
            assertThat(row.values().get("visits")).isEqualTo("7");
            assertThat(row.stands()).containsEntry(State.RETURNED, 1).containsEntry(State.IN_REVIEW, 1);
        });
        assertThat(table(CITY).rows()).filteredOn(Totals.Row::stale).extracting(r -> r.unit().code()).containsExactly(COUNTY);
        assertThat(problem(() -> accept(CITY, 1)).problem().code()).isEqualTo("not-waiting");

        assertThat(handIn(HOSPITAL, 3).version()).as("the same values again are the answer").isEqualTo(2);
        assertThat(standing(HOSPITAL)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.IN_REVIEW);
            assertThat(s.waitsFor()).as("each version is looked at from below").isEqualTo(COUNTY);
            assertThat(s.late()).isFalse();
        });
        assertThat(table(PROVINCE).total().stale()).isFalse();
        assertThat(handIn(HOSPITAL, 3).version()).as("and only once").isEqualTo(2);
    }

    @Test
    void aReturnThatIsAnsweredTooLateIsLate() {
        handIn(HOSPITAL, 3);
        reports.reviews().giveBack("monthly", OCTOBER, HOSPITAL, 1, COUNTY, List.of(new Reason("beds", "?")), 1, "wang");
        clock.set("2026-11-03T09:00:01Z");
        assertThat(standing(HOSPITAL).late()).isTrue();
        handIn(HOSPITAL, 5);
        assertThat(standing(HOSPITAL)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.IN_REVIEW);
            assertThat(s.late()).isTrue();
        });
        handIn(HOSPITAL, 6);
        assertThat(standing(HOSPITAL).late()).as("a correction doesn't make it punctual").isTrue();
    }

    @Test
    void whatARouteSaysAgainIsNoAnswer() {
        JsonNode computed = json("{'unit': '%s', 'period': '2026-10', 'values': {'visits': 3, 'beds': 1}}".formatted(HOSPITAL));
        assertThat(reports.submit("monthly", computed, null).version()).isOne();
        reports.reviews().giveBack("monthly", OCTOBER, HOSPITAL, 1, COUNTY, List.of(new Reason("visits", "?")), 2, "li");
        assertThat(reports.submit("monthly", computed, null).version()).as("the route runs every night").isOne();
        assertThat(standing(HOSPITAL).state()).isEqualTo(State.RETURNED);
        assertThat(handIn(HOSPITAL, 5).version()).isEqualTo(2);
        assertThat(reports.submit("monthly", computed, null)).as("and doesn't undo what somebody corrected").satisfies(s -> {
            assertThat(s.version()).isEqualTo(2);
            assertThat(s.values().get("visits")).isEqualTo("5");
        });
        reports.submit("monthly", json(computed.toString().replace("\"visits\":3", "\"visits\":4")), null);
        assertThat(standing(HOSPITAL)).as("but what is new is news").satisfies(s -> {
            assertThat(s.version()).isEqualTo(3);
            assertThat(s.state()).isEqualTo(State.IN_REVIEW);
        });
    }

    @Test
    void whatCannotBeReviewedSaysWhy() {
        assertThat(problem(() -> accept(COUNTY, 1)).problem().code()).isEqualTo("unknown-version");
        handIn(HOSPITAL, 3);
        handIn(HOSPITAL, 4);
        assertThat(problem(() -> accept(COUNTY, 1)).problem()).satisfies(p -> {
            assertThat(p.code()).isEqualTo("version-superseded");
            assertThat(p.message()).contains("Version 1 is not the newest: 2 is.");
        });
        assertThat(problem(() -> giveBack("510105", List.of(new Reason("visits", "x")), 2)).problem().code()).isEqualTo("not-waiting");
        assertThat(problem(() -> giveBack(COUNTY, List.of(), 2)).problem().code()).isEqualTo("bad-reasons");
        assertThat(problem(() -> giveBack(COUNTY, List.of(new Reason("visit", "x")), 2)).problem().cure()).contains("'visits'");
        assertThat(problem(() -> giveBack(COUNTY, List.of(new Reason("visits", "x")), 0)).problem().code()).isEqualTo("bad-deadline");
        clock.set("2026-12-30T01:00:00Z");
        assertThat(problem(() -> giveBack(COUNTY, List.of(new Reason("visits", "x")), 5)).problem().code()).isEqualTo("calendar-unknown");
    }

    @Test
    void timeMakesMissingAndLate() {
        reports.submissions().keep("monthly", OCTOBER, HOSPITAL, json("{'visits': 3}"), new Signature("zhang", "rest"));
        assertThat(standing(HOSPITAL).state()).isEqualTo(State.DRAFT);
        clock.set("2026-11-06T09:00:00Z");
        assertThat(standing(HOSPITAL).state()).as("the last moment").isEqualTo(State.DRAFT);
        clock.set("2026-11-06T09:00:01Z");
        assertThat(standing(HOSPITAL)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.MISSING);
            assertThat(s.late()).isTrue();
        });
        handIn(HOSPITAL, 3);
        assertThat(standing(HOSPITAL)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.IN_REVIEW);
            assertThat(s.late()).isTrue();
        });
        assertThat(table(PROVINCE).total()).satisfies(row -> {
            assertThat(row.expected()).isEqualTo(2);
            assertThat(row.received()).isOne();
            assertThat(row.late()).isEqualTo(2);
        });
    }

    @Test
    void exceptionsAreForOneUnitAndSaidWithAReason() {
        reports.reviews().except("monthly", OCTOBER, HOSPITAL, Exemption.Kind.EXTENDED, Instant.parse("2026-11-20T09:00:00Z"), true,
                "断网", "wang");
        reports.reviews().except("monthly", OCTOBER, OTHER, Exemption.Kind.EXCUSED, null, true, "停业", "wang");
        clock.set("2026-11-10T09:00:00Z");

        assertThat(standing(HOSPITAL).state()).isEqualTo(State.OPEN);
        assertThat(standing(OTHER).state()).isEqualTo(State.EXCUSED);
        assertThat(table(PROVINCE).total().expected()).isOne();
        assertThat(handIn(HOSPITAL, 3).version()).isOne();
        assertThat(standing(HOSPITAL).late()).isFalse();

        reports.reviews().except("monthly", OCTOBER, OTHER, Exemption.Kind.EXCUSED, null, false, "误记", "wang");
        assertThat(standing(OTHER).state()).isEqualTo(State.MISSING);
        assertThat(reports.reviews().exemptions("monthly", OCTOBER)).hasSize(3);
        assertThat(problem(() -> reports.reviews().except("monthly", OCTOBER, OTHER, Exemption.Kind.EXCUSED, null, true, " ", "wang"))
                .problem().code()).isEqualTo("bad-reasons");
    }

    @Test
    void aLockKeepsEverybodyBelowOutButForThoseItIsOpenedFor() {
        reports.reviews().lock("monthly", OCTOBER, CITY, true, "已上报", "wang");
        RefusedSubmission e = catchThrowableOfType(RefusedSubmission.class, () -> handIn(HOSPITAL, 3));
        assertThat(e).hasMessageContaining("/period 2026-10 is locked (已上报). Ask 510100 for an exception.");

        reports.reviews().except("monthly", OCTOBER, HOSPITAL, Exemption.Kind.OPENED, Instant.parse("2026-11-03T00:00:00Z"), true, "更正", "wang");
        assertThat(handIn(HOSPITAL, 3).version()).isOne();
        assertThatThrownBy(() -> handIn(OTHER, 3)).isInstanceOf(RefusedSubmission.class);
        clock.set("2026-11-03T00:00:01Z");
        assertThatThrownBy(() -> handIn(HOSPITAL, 4)).isInstanceOf(RefusedSubmission.class);

        reports.reviews().lock("monthly", OCTOBER, CITY, false, "重开", "wang");
        assertThat(handIn(HOSPITAL, 4).version()).isEqualTo(2);
    }

    @Test
    void factsNeverChange() {
        handIn(HOSPITAL, 3);
        accept(COUNTY, 1);
        for (String table : List.of("reviews", "form_versions", "periods")) {
            assertThatThrownBy(() -> store.jdbi().useHandle(h -> h.execute("update reporting." + table + " set at = now()")))
                    .as(table).hasMessageContaining("never changes");
        }
    }

    @Test
    void aDraftIsKeptAndSaysWhatIsWrong() {
        Draft draft = reports.submissions().keep("monthly", OCTOBER, HOSPITAL, json("{'visits': 'many'}"), new Signature("zhang", "rest"));
        assertThat(draft.failures()).extracting(Failure::place).containsExactly("/values/visits", "/values/beds");
        assertThatThrownBy(() -> reports.submissions().handIn("monthly", OCTOBER, HOSPITAL, null, null, new Signature("zhang", "rest")))
                .isInstanceOf(RefusedSubmission.class);
        reports.submissions().keep("monthly", OCTOBER, HOSPITAL, json("{'visits': 3, 'beds': 2}"), new Signature("zhao", "rest"));
        assertThat(reports.submissions().draft("monthly", OCTOBER, HOSPITAL).orElseThrow().who()).isEqualTo("zhao");

        Submission submission = reports.submissions().handIn("monthly", OCTOBER, HOSPITAL, null, "首次", new Signature("zhao", "rest"));
        assertThat(submission.by()).isEqualTo(new Signature("zhao", "rest"));
        assertThat(submission.note()).isEqualTo("首次");
        assertThat(reports.submissions().draft("monthly", OCTOBER, HOSPITAL)).isEmpty();
        handIn(HOSPITAL, 4);

        assertThat(reports.submissions().history("monthly", OCTOBER, HOSPITAL)).extracting(Submission::version).containsExactly(2, 1);
        assertThat(reports.submissions().diff("monthly", OCTOBER, HOSPITAL, 1, 2)).singleElement()
                .satisfies(c -> assertThat(c.cell() + " " + c.before() + " " + c.after()).isEqualTo("visits 3 4"));
        assertThatThrownBy(() -> reports.submissions().diff("monthly", OCTOBER, HOSPITAL, 1, 3)).hasMessageContaining("There are the versions 1 to 2.");
    }

    @Test
    void whoIsSilentIsRemindedAndThenThoseAboveAreTold() {
        clock.set("2026-10-31T01:00:00Z");
        assertThat(reports.duties().openPeriods()).isOne();
        clock.set("2026-11-02T01:00:00Z");
        assertThat(reports.duties().openPeriods()).isOne();
        List<String> expected = store.jdbi().withHandle(h -> h.createQuery("select unit from reporting.expected where day = '2026-11-01'")
                .mapTo(String.class).list());
        assertThat(expected).as("November has begun").containsExactlyInAnyOrder(HOSPITAL, OTHER);
        assertThat(reports.duties().reminders()).isEmpty();
        clock.set("2026-11-05T01:00:00Z");
        handIn(OTHER, 1);
        assertThat(reminded()).containsExactly("DUE_SOON 0 510104-H01");
        clock.set("2026-11-06T09:00:01Z");
        assertThat(reminded()).as("Friday at five").containsExactly("MISSING 0 510104-H01");
        clock.set("2026-11-09T01:00:00Z");
        assertThat(reminded()).as("Monday").containsExactly("MISSING 0 510104-H01", "MISSING 1 510104");
        assertThat(reports.duties().reminders()).isEqualTo(reports.duties().reminders());
        clock.set("2026-11-13T01:00:00Z");
        assertThat(reminded()).containsExactly("MISSING 0 510104-H01", "MISSING 1 510104", "MISSING 3 510100", "MISSING 5 510000");
        handIn(HOSPITAL, 1);
        assertThat(reminded()).isEmpty();
        reports.reviews().giveBack("monthly", OCTOBER, HOSPITAL, 1, COUNTY, List.of(new Reason("visits", "x")), 1, "li");
        assertThat(reminded()).containsExactly("RETURNED 0 510104-H01");
        clock.set("2026-11-17T01:00:00Z");
        assertThat(reminded()).containsExactly("RETURNED 0 510104-H01", "RETURNED 1 510104");
    }

    private List<String> reminded() {
        return reports.duties().reminders().stream().filter(r -> r.period().equals(OCTOBER))
                .map(r -> r.kind() + " " + r.step() + " " + r.to()).toList();
    }

    private Review accept(String reviewer, int version) {
        return reports.reviews().accept("monthly", OCTOBER, HOSPITAL, version, reviewer, null, "li");
    }

    private void giveBack(String reviewer, List<Reason> reasons, int workdays) {
        reports.reviews().giveBack("monthly", OCTOBER, HOSPITAL, 2, reviewer, reasons, workdays, "li");
    }

    private Standing standing(String unit) {
        return reports.reviews().standings("monthly", OCTOBER).get(unit);
    }

    private static ProblemException problem(ThrowingCallable call) {
        ProblemException e = catchThrowableOfType(ProblemException.class, call);
        assertThat(e).isNotNull();
        return e;
    }
}
