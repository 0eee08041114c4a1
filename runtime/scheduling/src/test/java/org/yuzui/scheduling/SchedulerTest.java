package org.yuzui.scheduling;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class SchedulerTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String NIGHTLY = "cron: '0 0 2 * * ?'\ncovers: previous-day\n";

    @TempDir
    static Path data;
    private static Store store;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final SettableClock clock = new SettableClock(at("2026-11-22T12:00:00"));
    /** A plugin of its own for each test: the database is shared. */
    private String plugin;

    @BeforeAll
    static void openStore() {
        store = Store.open(StoreSettings.embedded(data));
    }

    @AfterAll
    static void closeStore() {
        store.close();
    }

    @BeforeEach
    void namePlugin(TestInfo test) {
        plugin = "p" + Integer.toHexString((test.getDisplayName() + test.getTestMethod()).hashCode());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void anOccurrenceHasARowBeforeItFires() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);

        assertThat(rows(scheduler)).extracting(Occurrence::dueAt)
                .containsExactly(at("2026-11-24T02:00:00"), at("2026-11-23T02:00:00"));
        assertThat(rows(scheduler)).allSatisfy(o -> {
            assertThat(o.state()).isEqualTo(OccurrenceState.DUE);
            assertThat(o.kind()).isEqualTo(OccurrenceKind.PLANNED);
            assertThat(o.attempts()).isZero();
            assertThat(o.startedAt()).isNull();
        });
        assertThat(rows(scheduler).get(1).day()).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(scheduler.next(id(), clock.instant())).contains(at("2026-11-23T02:00:00"));
        assertThat(scheduler.find(id())).get().extracting(Schedule::timeout).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void firesByItselfAndOnlyOnceWithTwoNodesOnOneDatabase() {
        Clock real = Clock.systemUTC();
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        for (String node : List.of("n1", "n2")) {
            Scheduler scheduler = started(node, real);
            deploy(scheduler, "every: 1s\n");
            open.add(scheduler.handle(id(), seen::add));
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() >= 6);

        assertThat(seen.stream().collect(Collectors.groupingBy(Occurrence::id, Collectors.counting())).values())
                .containsOnly(1L);
        assertThat(seen).allSatisfy(o -> assertThat(o.attempts()).isEqualTo(1));
        assertThat(seen).extracting(Occurrence::dueAt).doesNotHaveDuplicates();
    }

    @Test
    void writesHowARunEnded() throws Exception {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        Registration good = scheduler.handle(id(), seen::add);

        Occurrence done = scheduler.run(id(), null);

        assertThat(done.state()).isEqualTo(OccurrenceState.DONE);
        assertThat(done.kind()).isEqualTo(OccurrenceKind.RUN_NOW);
        assertThat(done.day()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(done.node()).isEqualTo("n1");
        assertThat(done.startedAt()).isEqualTo(clock.instant());
        assertThat(done.endedAt()).isEqualTo(clock.instant());
        assertThat(seen).singleElement().satisfies(o -> assertThat(o.state()).isEqualTo(OccurrenceState.RUNNING));

        good.close();
        open.add(scheduler.handle(id(), o -> {
            throw new IllegalStateException("wrapped", new IllegalArgumentException("no beds known"));
        }));
        Occurrence failed = scheduler.run(id(), LocalDate.of(2026, 10, 1));

        assertThat(failed.state()).isEqualTo(OccurrenceState.FAILED);
        assertThat(failed.kind()).isEqualTo(OccurrenceKind.BACKFILL);
        assertThat(failed.day()).isEqualTo(LocalDate.of(2026, 10, 1));
        assertThat(failed.cause()).isEqualTo("IllegalArgumentException: no beds known");
        assertThat(scheduler.occurrences(id(), clock.instant(), clock.instant().plusSeconds(1))).hasSize(2);
    }

    @Test
    void refusesRunsThatCanNotBe() {
        Scheduler scheduler = open("n1", clock);
        deploy(scheduler, NIGHTLY);
        assertThatThrownBy(() -> scheduler.run(id(), null)).hasMessageContaining("not running");
        scheduler.start();

        assertThatThrownBy(() -> scheduler.run(id(), null)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().code()).isEqualTo("no-handler"));
        assertThatThrownBy(() -> scheduler.run(id() + "x", null)).hasMessageContaining("Did you mean '" + id() + "'?");
        assertThatThrownBy(() -> scheduler.handle(id() + "x", o -> { })).hasMessageContaining("Did you mean");
        assertThatThrownBy(() -> scheduler.next("none/at-all", clock.instant())).hasMessageContaining("no schedule");
        open.add(scheduler.handle(id(), o -> { }));
        assertThatThrownBy(() -> scheduler.run(id(), LocalDate.of(2026, 11, 23))).hasMessageContaining("not begun");
    }

    @Test
    void waitsForAHandler() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY.concat("misfire: skip\n"));
        clock.set(at("2026-11-23T05:00:00"));
        await().pollDelay(Duration.ofMillis(300)).until(() -> rows(scheduler).size() >= 2);
        assertThat(state(scheduler, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.DUE);

        open.add(scheduler.handle(id(), o -> { }));

        await().untilAsserted(() -> assertThat(state(scheduler, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.DONE));
    }

    @Test
    void oneRunAtATime() throws Exception {
        Scheduler scheduler = started("n1", clock);
        Scheduler other = started("n2", clock);
        deploy(scheduler, NIGHTLY);
        deploy(other, NIGHTLY);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> log = new CopyOnWriteArrayList<>();
        OccurrenceHandler handler = o -> {
            log.add("in");
            entered.countDown();
            assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
            log.add("out");
        };
        open.add(scheduler.handle(id(), handler));
        open.add(other.handle(id(), handler));

        CompletableFuture<Occurrence> first = CompletableFuture.supplyAsync(() -> scheduler.run(id(), null));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Occurrence> second = CompletableFuture.supplyAsync(() -> other.run(id(), null));
        await().until(() -> scheduler.occurrences(id(), clock.instant(), clock.instant().plusSeconds(1)).size() == 2);
        assertThat(log).containsExactly("in");
        release.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS).state()).isEqualTo(OccurrenceState.DONE);
        assertThat(second.get(20, TimeUnit.SECONDS).state()).isEqualTo(OccurrenceState.DONE);
        assertThat(log).containsExactly("in", "out", "in", "out");
    }

    @Test
    void cancelsARunThatTakesTooLong() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY.concat("timeout: 1s\n"));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        open.add(scheduler.handle(id(), o -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        }));

        Occurrence occurrence = scheduler.run(id(), null);

        assertThat(occurrence.state()).isEqualTo(OccurrenceState.FAILED);
        assertThat(occurrence.cause()).contains("timeout of 1s");
        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(10));
        Occurrence next = scheduler.run(id(), null);
        assertThat(next.state()).as("the thread is free again").isEqualTo(OccurrenceState.FAILED);
    }

    @Test
    void whatAKilledProcessLeftRunsAgain() {
        Scheduler before = started("n1", clock);
        deploy(before, NIGHTLY);
        before.close();
        store.jdbi().useHandle(h -> h.createUpdate("""
                UPDATE scheduling.occurrence SET state = 'RUNNING', node = 'n1', attempts = 1,
                    lease_until = now() + interval '60 seconds'
                WHERE schedule = :id AND due_at = :due""").bind("id", id()).bind("due", at("2026-11-23T02:00:00")).execute());
        clock.set(at("2026-11-23T02:05:00"));

        Scheduler after = open("n1", clock);
        deploy(after, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(after.handle(id(), seen::add));
        after.start();

        await().untilAsserted(() -> assertThat(seen).singleElement().satisfies(o -> {
            assertThat(o.dueAt()).isEqualTo(at("2026-11-23T02:00:00"));
            assertThat(o.attempts()).isEqualTo(2);
        }));
    }

    @Test
    void whatRanOnANodeThatDiedRunsOnAnotherWhenItsLeaseIsOver() {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        store.jdbi().useHandle(h -> h.createUpdate("""
                UPDATE scheduling.occurrence SET state = 'RUNNING', node = 'gone', attempts = 1,
                    lease_until = now() - interval '1 second'
                WHERE schedule = :id AND due_at = :due""").bind("id", id()).bind("due", at("2026-11-23T02:00:00")).execute());
        clock.set(at("2026-11-23T02:05:00"));
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(scheduler.handle(id(), seen::add));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(seen).singleElement()
                .satisfies(o -> assertThat(o.attempts()).isEqualTo(2)));
    }

    /** The hub is down from noon of the 22nd to noon of the 26th: two rows were planned, two times had none yet. */
    @ParameterizedTest
    @CsvSource({"run-once,26,23 24 25", "run-all,23 24 25 26,''", "skip,'',23 24 25 26"})
    void whatWasMissedGoesByThePolicy(String policy, String ran, String missed) {
        String yaml = NIGHTLY + "misfire: " + policy + "\n";
        Scheduler before = started("n1", clock);
        deploy(before, yaml);
        before.close();
        clock.set(at("2026-11-26T12:00:00"));

        Scheduler after = open("n1", clock);
        deploy(after, yaml);
        List<Integer> seen = new CopyOnWriteArrayList<>();
        open.add(after.handle(id(), o -> seen.add(o.dueAt().atZone(ZONE).getDayOfMonth())));
        after.start();

        await().untilAsserted(() -> assertThat(seen).isEqualTo(numbers(ran)));
        await().untilAsserted(() -> assertThat(rows(after).stream().filter(o -> o.state() == OccurrenceState.DUE))
                .extracting(Occurrence::dueAt).containsExactly(at("2026-11-28T02:00:00"), at("2026-11-27T02:00:00")));
        List<Occurrence> notRun = rows(after).stream().filter(o -> o.state() == OccurrenceState.MISSED).toList();
        assertThat(notRun).extracting(o -> o.dueAt().atZone(ZONE).getDayOfMonth())
                .containsExactlyInAnyOrderElementsOf(numbers(missed));
        assertThat(notRun).allSatisfy(o -> assertThat(o.cause()).contains(policy));
    }

    @Test
    void replacingAPluginMissesNothing() {
        Scheduler scheduler = started("n1", clock);
        String yaml = NIGHTLY + "misfire: skip\n";
        clock.set(at("2026-11-23T01:59:59"));
        Deployment old = scheduler.deploy(GivenPlugin.of(plugin, "s", yaml));
        old.close();
        assertThat(scheduler.find(id())).isEmpty();
        clock.set(at("2026-11-23T02:00:01"));

        deploy(scheduler, yaml);
        open.add(scheduler.handle(id(), o -> { }));

        await().untilAsserted(() -> assertThat(state(scheduler, "2026-11-23T02:00:00")).isEqualTo(OccurrenceState.DONE));
    }

    @Test
    void theNewerDeploymentCountsWhicheverIsClosedFirst() {
        Scheduler scheduler = started("n1", clock);
        Deployment old = scheduler.deploy(GivenPlugin.of(plugin, "s", NIGHTLY));
        deploy(scheduler, "every: 6h\n");

        old.close();
        old.close();

        assertThat(scheduler.find(id())).get().extracting(Schedule::every).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void anotherCronPlansAnew() {
        Scheduler scheduler = started("n1", clock);
        scheduler.deploy(GivenPlugin.of(plugin, "s", NIGHTLY)).close();

        deploy(scheduler, "cron: '0 30 3 * * ?'\n");

        assertThat(rows(scheduler)).extracting(Occurrence::dueAt)
                .containsExactly(at("2026-11-24T03:30:00"), at("2026-11-23T03:30:00"));
    }

    @Test
    void closingAHandlerWaitsForItsRun() throws Exception {
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, NIGHTLY);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> log = new CopyOnWriteArrayList<>();
        Registration handler = scheduler.handle(id(), o -> {
            entered.countDown();
            assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
            log.add("ended");
        });
        CompletableFuture.runAsync(() -> scheduler.run(id(), null));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            handler.close();
            log.add("closed");
        });
        release.countDown();

        closed.get(20, TimeUnit.SECONDS);
        assertThat(log).containsExactly("ended", "closed");
    }

    @Test
    void aStopCutsARunShortAndItRunsAgain() throws Exception {
        Scheduler before = started("n1", clock);
        deploy(before, NIGHTLY);
        CountDownLatch entered = new CountDownLatch(1);
        before.handle(id(), o -> {
            entered.countDown();
            new CountDownLatch(1).await();
        });
        CompletableFuture<Occurrence> asked = CompletableFuture.supplyAsync(() -> before.run(id(), null));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        before.close();
        assertThat(asked).failsWithin(Duration.ofSeconds(10)).withThrowableThat().withMessageContaining("stops");

        Scheduler after = started("n1", clock);
        deploy(after, NIGHTLY);
        List<Occurrence> seen = new CopyOnWriteArrayList<>();
        open.add(after.handle(id(), seen::add));
        await().untilAsserted(() -> assertThat(seen).singleElement()
                .satisfies(o -> assertThat(o.attempts()).isEqualTo(2)));
    }

    @Test
    void workdaysSkipHolidaysAndKeepMakeUpDays() {
        clock.set(at("2026-10-07T12:00:00"));
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, "cron: '0 0 8 * * ?'\ncalendar: workdays\n");
        assertThat(scheduler.next(id(), at("2026-09-30T12:00:00"))).contains(at("2026-10-08T08:00:00"));
        assertThat(scheduler.next(id(), at("2026-10-09T12:00:00"))).contains(at("2026-10-10T08:00:00"));

        assertThat(rows(scheduler)).extracting(Occurrence::dueAt)
                .containsExactly(at("2026-10-09T08:00:00"), at("2026-10-08T08:00:00"));
    }

    @Test
    void aYearWithoutANoticeIsNotGuessed() {
        clock.set(at("2026-12-31T12:00:00"));
        Scheduler scheduler = started("n1", clock);
        deploy(scheduler, "cron: '0 0 8 * * ?'\ncalendar: workdays\n");

        assertThat(rows(scheduler)).isEmpty();
        assertThat(scheduler.next(id(), clock.instant())).isEmpty();
        assertThat(scheduler.calendar().years()).noneMatch(y -> y.getValue() > 2026);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cron: '0 0 2 * *'                        | bad-cron       | 1 | six fields",
            "cron: '0 0 2 30 2 ?'                     | bad-cron       | 1 | never due",
            "cron: '0 0 2 * * *'                      | bad-cron       | 1 | ?",
            "every: 0s                                | bad-duration   | 1 | 30s",
            "every: 25h                               | bad-duration   | 1 | 24h",
            "every: often                             | bad-duration   | 1 | 30s",
            "every: 30                                | missing-key    | 1 | every",
            "'title: x'                               | missing-key    |   | neither",
            "'every: 1h\ncron: ''0 0 2 * * ?'''       | missing-key    | 1 | both",
            "'every: 1h\ntimout: 3m'                  | unknown-key    | 2 | 'timeout'",
            "'every: 1h\ntimeout: 30h'                | bad-duration   | 2 | 24h",
            "'every: 1h\ncalendar: work-days'         | unknown-value  | 2 | 'workdays'",
            "'every: 1h\nmisfire: run-onse'           | unknown-value  | 2 | 'run-once'",
            "'every: 1h\ncovers: yesterday'           | unknown-value  | 2 | previous-day",
            "'every: 1h\n  misfire: skip'             | bad-yaml       | 2 | YAML",
    })
    void saysWhatIsWrongWithAFileAndWhere(String yaml, String code, Integer line, String said) {
        Scheduler scheduler = open("n1", clock);

        assertThatThrownBy(() -> scheduler.deploy(new GivenPlugin(plugin, Map.of("a", NIGHTLY, "s", yaml))))
                .isInstanceOfSatisfying(PluginException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(code);
                    assertThat(e.problem().place()).startsWith("schedules/s.schedule.yaml" + (line == null ? "" : ":" + line));
                    assertThat(e.problem().sentence()).contains(said);
                });
        assertThat(scheduler.schedules()).as("nothing is left behind").isEmpty();
    }

    private Scheduler started(String node, Clock clock) {
        Scheduler scheduler = open(node, clock);
        scheduler.start();
        return scheduler;
    }

    private Scheduler open(String node, Clock clock) {
        Scheduler scheduler = Schedulers.open(store, WorkCalendars.load(WorkCalendarTest.SHIPPED),
                new SchedulerSettings(node, ZONE, 4), clock);
        open.add(scheduler);
        return scheduler;
    }

    private void deploy(Scheduler scheduler, String yaml) {
        open.add(scheduler.deploy(GivenPlugin.of(plugin, "s", yaml)));
    }

    private String id() {
        return plugin + "/s";
    }

    private List<Occurrence> rows(Scheduler scheduler) {
        return scheduler.occurrences(id(), at("2026-01-01T00:00:00"), at("2028-01-01T00:00:00"));
    }

    private OccurrenceState state(Scheduler scheduler, String dueAt) {
        return scheduler.occurrences(id(), at(dueAt), at(dueAt).plusSeconds(1)).get(0).state();
    }

    private static List<Integer> numbers(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ")).stream().map(Integer::valueOf).toList();
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }
}
