package org.yuzui.reporting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.spi.RefusedException;
import org.yuzui.store.Store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.reporting.Site.answer;
import static org.yuzui.reporting.Site.json;

@ExtendWith(TestStore.class)
class SubmissionTest {

    private static final String HOSPITAL = "510104-H01";
    private static final String DAY = "2026-11-22";

    private Store store;
    private Reports reports;

    @BeforeEach
    void open(Store opened) {
        store = opened;
        reports = Site.open(opened);
    }

    @Test
    void anAnswerIsKeptWithAllThatBelongsToIt() {
        UUID record = UUID.randomUUID();

        Submission submission = submit(answer(HOSPITAL, DAY, 120, 8, 7, 50, 43, 61), record);

        assertThat(submission).isEqualTo(new Submission("hospital-daily", HOSPITAL, Period.parse(DAY), 1,
                Instant.parse("2026-11-22T17:00:00.123456Z"), record, Map.of(
                "outpatientVisits", new BigDecimal(120), "admissions", new BigDecimal(8), "discharges", new BigDecimal(7),
                "bedsOpen", new BigDecimal(50), "bedsOccupied", new BigDecimal(43), "dischargedBedDays", new BigDecimal(61))));
        assertThat(latest()).isEqualTo(submission);
    }

    @Test
    void theSameValuesAreNoNewVersionAndOthersAre() {
        Submission first = submit(answer(HOSPITAL, DAY, 120, 8, 7, 50, 43, 61), UUID.randomUUID());

        Submission again = submit(json("""
                {'unit': '510104-H01', 'day': '2026-11-22', 'outpatientVisits': '120', 'admissions': 8.00, 'discharges': 7,
                 'bedsOpen': 5E1, 'bedsOccupied': 43, 'dischargedBedDays': ' 61.0 ', 'occupancy': 99, 'remark': 'x'}"""), null);
        assertThat(again).isEqualTo(first);

        Submission corrected = submit(answer(HOSPITAL, DAY, 121, 8, 7, 50, 43, 61), null);
        assertThat(corrected.version()).isEqualTo(2);
        assertThat(corrected.record()).isNull();

        Submission back = submit(answer(HOSPITAL, DAY, 120, 8, 7, 50, 43, 61), null);
        assertThat(back.version()).isEqualTo(3);
        assertThat(latest()).isEqualTo(back);
        assertThat(versions()).containsExactly(1, 2, 3);
    }

    @Test
    void otherDaysAndUnitsHaveVersionsOfTheirOwn() {
        submit(answer(HOSPITAL, DAY, 1, 1, 1, 1, 1, 1), null);

        assertThat(submit(answer(HOSPITAL, "2026-11-21", 2, 1, 1, 1, 1, 1), null).version()).isOne();
        assertThat(submit(answer("510105-H01", DAY, 3, 1, 1, 1, 1, 1), null).version()).isOne();
    }

    @Test
    void everyFailingCellIsNamedAtOnce() {
        RefusedException e = refused(json("""
                {'unit': '510104-H02', 'day': '2026-13-01', 'values': {'outpatientVisits': 'many', 'admissions': -1,
                 'discharges': null, 'bedsOpen': true, 'bedsOccupied': 43}}"""));

        assertThat(e.code()).isEqualTo("bad-submission");
        assertThat(e.place()).isEqualTo("/unit, /day, /values/outpatientVisits, /values/admissions, /values/discharges, "
                + "/values/bedsOpen, /values/dischargedBedDays");
        assertThat(e.getMessage())
                .contains("/unit '510104-H02' is not known. Did you mean '510104-H01'")
                .contains("/day is not a day; write it as 2026-11-22.")
                .contains("/values/outpatientVisits is not a number")
                .contains("/values/admissions is negative (-1).")
                .contains("/values/discharges is missing")
                .contains("/values/bedsOpen is not a number")
                .contains("/values/dischargedBedDays is missing")
                .doesNotContain("many");
        assertThat(versions()).isEmpty();
    }

    @Test
    void valuesBesideUnitAndDayHaveTheirOwnPointers() {
        assertThat(refused(json("{'unit': '510104-H01', 'day': '2026-11-22', 'admissions': 'x'}")).place())
                .startsWith("/outpatientVisits, /admissions, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'text'", "{}", "{'unit': '510104-H01', 'day': '2026-11-22', 'values': []}",
            "{'unit': {}, 'day': []}", "{'unit': '张三的手机', 'day': 20261122}"})
    void whatIsNoAnswerIsRefused(String text) {
        RefusedException e = refused(json(text));

        assertThat(e.code()).isEqualTo("bad-submission");
        assertThat(e.getMessage()).doesNotContain("张三");
    }

    @Test
    void onlyWhoIsAskedMayAnswer() {
        assertThat(refused(answer("510104", DAY, 1, 1, 1, 1, 1, 1)))
                .hasMessageContaining("/unit '510104' does not answer this form.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-25", "2206-11-22", "1926-11-22", "+12026-11-22", "2026-02-29", "2026-11-22T08:00"})
    void aDayThatCannotBeMeantIsRefused(String day) {
        assertThat(refused(answer(HOSPITAL, day, 1, 1, 1, 1, 1, 1)).place()).isEqualTo("/day");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-23", "2026-11-24", "2020-02-29"})
    void todayTheDayOfGraceAndThePastAreTaken(String day) {
        assertThat(submit(answer(HOSPITAL, day, 1, 1, 1, 1, 1, 1), null).version()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "100000000000000000000", "0.000000000000000000001", "NaN",
            "Infinity", "0x10", "1,000", "", " ", "１２床"})
    void aNumberThatIsNoneOrHasNoEndIsRefused(String number) {
        ObjectNode answer = answer(HOSPITAL, DAY, 1, 1, 1, 1, 1, 1);
        ((ObjectNode) answer.get("values")).put("bedsOpen", number);

        assertThat(refused(answer).place()).isEqualTo("/values/bedsOpen");
    }

    @Test
    void aJavaNumberThatIsNoneIsRefused() {
        ObjectNode answer = answer(HOSPITAL, DAY, 1, 1, 1, 1, 1, 1);
        ((ObjectNode) answer.get("values")).put("bedsOpen", Double.NaN).put("admissions", Float.POSITIVE_INFINITY);

        assertThat(refused(answer).place()).isEqualTo("/values/admissions, /values/bedsOpen");
    }

    @Test
    void numbersStayExact() {
        ObjectNode answer = answer(HOSPITAL, DAY, 1, 1, 1, 1, 1, 1);
        ((ObjectNode) answer.get("values")).put("bedsOpen", "99999999999999999999.12345678901234567891")
                .put("admissions", 0.1);
        submit(answer, null);

        assertThat(latest().values()).containsEntry("bedsOpen", new BigDecimal("99999999999999999999.12345678901234567891"))
                .containsEntry("admissions", new BigDecimal("0.1"));
    }

    @Test
    void concurrentAnswersGetVersionsOneAfterTheOther() throws Exception {
        List<Submission> submissions = atOnce(i -> answer(HOSPITAL, DAY, i, 1, 1, 1, 1, 1));

        assertThat(submissions).extracting(Submission::version).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        Submission last = submissions.stream().filter(s -> s.version() == 8).findFirst().orElseThrow();
        assertThat(latest()).isEqualTo(last);
    }

    @Test
    void theSameAnswerAtOnceIsOneVersion() throws Exception {
        List<Submission> submissions = atOnce(i -> answer(HOSPITAL, DAY, 5, 1, 1, 1, 1, 1));

        assertThat(submissions).extracting(Submission::version).containsOnly(1);
        assertThat(versions()).containsExactly(1);
    }

    @Test
    void aSubmissionNeverChanges() {
        submit(answer(HOSPITAL, DAY, 1, 1, 1, 1, 1, 1), null);

        assertThatThrownBy(() -> store.jdbi().useHandle(h -> h.execute("update reporting.submissions set unit = 'x'")))
                .hasMessageContaining("a submission never changes");
    }

    private List<Submission> atOnce(IntFunction<JsonNode> answers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Submission>> futures = IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> {
                go.await();
                return submit(answers.apply(i), null);
            })).toList();
            go.countDown();
            List<Submission> submissions = new ArrayList<>();
            for (Future<Submission> future : futures) {
                submissions.add(future.get());
            }
            return submissions;
        } finally {
            threads.shutdownNow();
        }
    }

    private Submission submit(JsonNode answer, UUID record) {
        return reports.submit("hospital-daily", answer, record);
    }

    private RefusedException refused(JsonNode answer) {
        RefusedException e = catchThrowableOfType(RefusedException.class, () -> submit(answer, null));
        assertThat(e).isNotNull();
        return e;
    }

    private Submission latest() {
        return reports.total("hospital-daily", Period.parse(DAY), HOSPITAL).submissions().get(0);
    }

    private List<Integer> versions() {
        return store.jdbi().withHandle(h -> h.createQuery("select version from reporting.submissions order by version")
                .mapTo(Integer.class).list());
    }
}
