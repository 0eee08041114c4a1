package org.yuzui.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.contracts.ContractViolationException;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Message;
import org.yuzui.records.Publication.Outcome;
import org.yuzui.records.RecordQuery.Among;
import org.yuzui.records.RecordQuery.Condition;
import org.yuzui.records.RecordQuery.Give;
import org.yuzui.records.RecordQuery.Op;
import org.yuzui.spi.RefusedException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.records.Patience.await;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordPipelineTest {

    private Pipeline hub;
    private String meter;

    @BeforeAll
    void open(@TempDir Path data) {
        hub = new Pipeline(data);
    }

    @AfterAll
    void close() {
        hub.close();
    }

    @BeforeEach
    void aMeterOfItsOwn() {
        meter = "M" + UUID.randomUUID();
    }

    private List<Integer> values(List<StoredRecord> records) {
        return records.stream().map(r -> r.body().get("value").asInt()).toList();
    }

    @Test
    void theSameContentIsOneRecordHoweverOftenItArrives() {
        Publication first = hub.publish(meter, 1, 10);
        Publication again = hub.publish(meter, 1, 10);
        assertThat(first.outcome()).isEqualTo(Outcome.NEW);
        assertThat(again.outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(again.record().id()).isEqualTo(first.record().id());
        assertThat(values(hub.records.store().versions(Pipeline.CONTRACT, first.record().key()))).containsExactly(10);
        await().untilAsserted(() -> assertThat(hub.ledger.hops(first.record().id()).stream().map(Hop::kind))
                .containsExactlyInAnyOrder(HopKind.RECEIVED, HopKind.DUPLICATE, HopKind.STORED));
    }

    @Test
    void aListIsPublishedAsItsItemsAreAndARefusedOneKeepsNoneBack() {
        List<Draft> drafts = List.of(draft("510104", 1), draft("510104", 2), draft("510104", 1));
        assertThat(hub.records.publishAll(drafts)).extracting(Publication::outcome)
                .containsExactly(Outcome.NEW, Outcome.NEW, Outcome.DUPLICATE);
        assertThat(hub.records.publishAll(List.of())).isEmpty();
        assertThatThrownBy(() -> hub.records.publishAll(List.of(draft("990000", 3), draft("510104", 4), draft("510104", 2))))
                .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo("unknown-unit"));
        String key = hub.publish(meter, 4, 4).record().key();
        assertThat(values(hub.records.store().versions(Pipeline.CONTRACT, key))).containsExactly(1, 2, 4);
    }

    private Draft draft(String unit, int value) {
        return new Draft(Pipeline.CONTRACT, Pipeline.reading(unit, meter, value, value), Pipeline.METER);
    }

    /** 18 digits and two decimals: a double would make 123456789012345680 of it. */
    @ParameterizedTest
    @ValueSource(strings = {"123456789012345678.91", "0.1000000000000000055", "99999999999999999999.99", "0.0000001", "100.10", "5"})
    void aDecimalKeepsItsDigitsOnItsWholeWay(BigDecimal money) {
        Publication published = hub.publish(meter, 1, money);
        List<JsonNode> delivered = new CopyOnWriteArrayList<>();
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription("money-" + meter), (records, batch) ->
                records.forEach(r -> delivered.add(r.body())));
        Publication later = hub.publish(meter, 2, money.setScale(30)); // the same number, and with its minute another record
        await().untilAsserted(() -> assertThat(delivered).isNotEmpty());
        reading.close();

        List<StoredRecord> stored = hub.records.store().versions(Pipeline.CONTRACT, published.record().key());
        assertThat(stored).hasSize(2).allSatisfy(r -> assertThat(r.body().get("value").decimalValue()).isEqualByComparingTo(money));
        assertThat(delivered).allSatisfy(body -> assertThat(body.get("value").decimalValue()).isEqualByComparingTo(money));
        assertThat(hub.records.publish(new Draft(Pipeline.CONTRACT, delivered.get(0), Pipeline.METER)))
                .as("what was read is the record that it was").satisfies(p -> {
                    assertThat(p.outcome()).isEqualTo(Outcome.DUPLICATE);
                    assertThat(p.record().id()).isEqualTo(later.record().id());
                });
    }

    @Test
    void aDuplicateIsKnownAfterARestart() {
        Publication first = hub.publish(meter, 1, 10);
        hub.stop();
        hub.start();
        assertThat(hub.publish(meter, 1, 10).outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(hub.records.store().versions(Pipeline.CONTRACT, first.record().key())).hasSize(1);
    }

    @Test
    void newContentIsTheNextVersionAndTheNewestByItsOwnTimeIsLatest() {
        String key = hub.publish(meter, 5, 50).record().key();
        hub.publish(meter, 9, 90);
        hub.publish(meter, 7, 70); // late
        List<StoredRecord> versions = hub.records.store().versions(Pipeline.CONTRACT, key);
        assertThat(versions).extracting(StoredRecord::version).containsExactly(1, 2, 3);
        assertThat(values(versions)).containsExactly(50, 90, 70);
        assertThat(versions).extracting(StoredRecord::latest).containsExactly(false, true, false);
        assertThat(values(hub.records.store().find(RecordQuery.byKey(Pipeline.CONTRACT, key)))).containsExactly(90);
    }

    @Test
    void queriesByDayFieldAndHistory() {
        String key = hub.publish(meter, 2, 20).record().key();
        hub.publish(meter, 3, 30);
        RecordQuery day = RecordQuery.byDay(Pipeline.CONTRACT, LocalDate.of(2026, 11, 22));
        assertThat(hub.records.store().find(day)).extracting(StoredRecord::key).contains(key);
        assertThat(hub.records.store().find(RecordQuery.byDay(Pipeline.CONTRACT, LocalDate.of(2026, 11, 21)))).isEmpty();
        List<Condition> even = List.of(new Condition("state", Op.EQ, "even"));
        RecordQuery mine = new RecordQuery(Pipeline.CONTRACT, key, null, null, null, even, Among.LATEST, Give.MATCHES);
        assertThat(hub.records.store().find(mine)).as("the latest is odd").isEmpty();
        assertThat(values(hub.records.store().find(mine.among(Among.ANY, Give.MATCHES)))).containsExactly(20);
        assertThat(values(hub.records.store().find(mine.among(Among.ANY, Give.HISTORY)))).containsExactly(20, 30);
    }

    @Test
    void everyRecordIsFoundByItsUnitAndAFieldWithoutAnIndexIsNamed() {
        String key = hub.publish(meter, 2, 20).record().key();
        RecordQuery day = RecordQuery.byDay(Pipeline.CONTRACT, LocalDate.of(2026, 11, 22));

        assertThat(hub.records.store().find(day.where(List.of(new Condition("unit", Op.EQ, "510104"))))).extracting(StoredRecord::key).contains(key);
        assertThat(hub.records.store().find(day.where(List.of(new Condition("unit", Op.EQ, "510105"))))).extracting(StoredRecord::key).doesNotContain(key);
        assertThat(hub.records.store().find(day.where(List.of(new Condition("key", Op.EQ, key), new Condition("day", Op.GE, "2026-11-22")))))
                .hasSize(1);
        assertThatThrownBy(() -> hub.records.store().find(day.where(List.of(new Condition("stat", Op.EQ, "even")))))
                .isInstanceOf(ProblemException.class).hasMessageContaining("Did you mean 'state'?");
    }

    @Test
    void whatIsRefusedIsKeptWithTheReasonAndTheMessage() {
        byte[] arrived = "raw bytes".getBytes(StandardCharsets.UTF_8);
        Origin origin = new Origin("meters", "1.0.0", "r", "mbus 9", "reading", "X1", null, null, Message.of(arrived));
        ObjectNode broken = (ObjectNode) Pipeline.reading("510104", meter, 1, 10);
        broken.remove("value");
        assertThatThrownBy(() -> hub.records.publish(new Draft(Pipeline.CONTRACT, broken, origin)))
                .isInstanceOf(ContractViolationException.class).hasMessageContaining("value");
        await().untilAsserted(() -> assertThat(hub.ledger.arrived()).anySatisfy(hop -> {
            assertThat(hop.kind()).isEqualTo(HopKind.REFUSED);
            assertThat(hop.sourceId()).isEqualTo("X1");
            assertThat(hop.causeCode()).isEqualTo("contract-violation");
            assertThat(hop.payload().bytes()).isEqualTo(arrived);
        }));
        assertThat(origin).as("as the log names it").hasToString("meters/r mbus 9 reading X1");
        assertThat(Pipeline.METER).hasToString("meters/read-meter mbus 7 reading");
    }

    @Test
    void aRuleOfTheContractRefusesAndIsNamed() {
        ObjectNode reading = (ObjectNode) Pipeline.reading("510104", meter, 1, -1);
        reading.put("reader", "王五");
        assertThatThrownBy(() -> hub.records.publish(new Draft(Pipeline.CONTRACT, reading, Pipeline.METER)))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.code()).isEqualTo("rule-violated");
                    assertThat(e.place()).isEqualTo("value-not-negative");
                    assertThat(e.getMessage()).isEqualTo("test.meter.v1: value-not-negative – 读数为负 / negative; "
                            + "reader-is-known – 没有这个抄表员");
                });
        await().untilAsserted(() -> assertThat(hub.ledger.arrived()).anySatisfy(hop -> {
            assertThat(hop.kind()).isEqualTo(HopKind.REFUSED);
            assertThat(hop.causeCode()).isEqualTo("rule-violated");
            assertThat(hop.cause()).contains("读数为负");
        }));
    }

    @Test
    void aRuleThatOnlyWarnsIsToldWithTheArrival() {
        Publication publication = hub.publish(meter, 1, 2_000_000);
        assertThat(publication.outcome()).isEqualTo(Outcome.NEW);
        await().untilAsserted(() -> assertThat(hub.ledger.hops(publication.record().id())).anySatisfy(
                hop -> assertThat(hop.cause()).isEqualTo("value-is-usual – 读数偏大 / unusually great")));
    }

    @Test
    void anUnknownUnitOrContractIsRefused() {
        assertThatThrownBy(() -> hub.records.publish(
                new Draft(Pipeline.CONTRACT, Pipeline.reading("999999", meter, 1, 1), Pipeline.METER)))
                .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo("unknown-unit"));
        assertThatThrownBy(() -> hub.records.publish(
                new Draft("test.metre.v1", Pipeline.reading("510104", meter, 1, 1), Pipeline.METER)))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.code()).isEqualTo("unknown-contract");
                    assertThat(e.getMessage()).contains("Did you mean 'test.meter.v1'?");
                });
    }

    @Test
    void personalDataIsMaskedBeforeItIsWritten() {
        ObjectNode reading = (ObjectNode) Pipeline.reading("510104", meter, 1, 10);
        reading.put("reader", "测试一号");
        CheckedBody stored = publishAndRead(reading);
        assertThat(stored.reader()).isEqualTo("测***");
    }

    private record CheckedBody(String reader) {
    }

    private CheckedBody publishAndRead(ObjectNode reading) {
        String key = hub.records.publish(new Draft(Pipeline.CONTRACT, reading, Pipeline.METER)).record().key();
        return new CheckedBody(hub.records.store().versions(Pipeline.CONTRACT, key).get(0).body().get("reader").asText());
    }

    @Test
    void manySourcesAtOnceLoseNothingAndCountNothingTwice() throws Exception {
        int sources = 16;
        int each = 50;
        List<Thread> threads = new ArrayList<>();
        Map<UUID, Outcome> outcomes = new ConcurrentHashMap<>();
        AtomicInteger news = new AtomicInteger();
        for (int s = 0; s < sources; s++) {
            int source = s / 2; // two threads send the same
            Thread thread = new Thread(() -> IntStream.range(0, each).forEach(i -> {
                Publication p = hub.publish(meter + "-" + source, i, i);
                outcomes.put(p.record().id(), p.outcome());
                if (p.outcome() == Outcome.NEW) {
                    news.incrementAndGet();
                }
            }));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(outcomes).hasSize(sources / 2 * each);
        assertThat(news).hasValue(sources / 2 * each);
        for (int s = 0; s < sources / 2; s++) {
            assertThat(hub.records.store().versions(Pipeline.CONTRACT, "510104|" + meter + "-" + s)).hasSize(each);
        }
    }

    @Test
    void aFailingRecordIsTriedAloneInOrderAndTheOthersGoOn() {
        String name = "retry-" + meter;
        List<String> seen = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger(2);
        AtomicBoolean mine = new AtomicBoolean();
        SubscriptionSettings settings = SubscriptionSettings.of(name, "readers", "1.0.0", "route");
        // The first wait is long enough for the other key to have come, however busy the machine is.
        settings = new SubscriptionSettings(settings.name(), settings.plugin(), settings.version(), settings.route(), 50, Duration.ZERO,
                false, 1, List.of(Duration.ofSeconds(2), Duration.ofMillis(20), Duration.ofMillis(20)));
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, settings, (records, batch) -> {
            Delivered r = records.get(0);
            String at = r.key().substring(r.key().length() - 1) + r.body().get("value").asInt();
            if (r.key().endsWith(meter + "A") && r.body().get("value").asInt() == 1 && failures.getAndDecrement() > 0) {
                mine.set(true);
                throw new IllegalStateException("the sink is down");
            }
            seen.add(at);
        });
        hub.publish(meter + "A", 1, 1);
        hub.publish(meter + "A", 2, 2);
        hub.publish(meter + "B", 1, 1);
        hub.publish(meter + "A", 3, 3);
        await().untilAsserted(() -> assertThat(seen).hasSize(4));
        assertThat(seen.stream().filter(s -> s.startsWith("A"))).containsExactly("A1", "A2", "A3");
        assertThat(seen.get(0)).as("another key does not wait").isEqualTo("B1");
        assertThat(mine).isTrue();
        await().untilAsserted(() -> {
            assertThat(hub.ledger.arrived(name).stream().filter(h -> h.kind() == HopKind.RETRIED)).hasSize(2)
                    .allSatisfy(h -> assertThat(h.cause()).contains("the sink is down"));
            assertThat(hub.ledger.arrived(name).stream().filter(h -> h.kind() == HopKind.DELIVERED)).hasSize(4);
        });
        reading.close();
    }

    @Test
    void whatNeverWorksEndsInTheDeadLettersAndTheNextOfItsKeyFollows() {
        String name = "dead-" + meter;
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (records, batch) -> {
            int value = records.get(0).body().get("value").asInt();
            if (value == 1) {
                throw new IllegalStateException("never");
            }
            if (value == 2) {
                throw new RefusedException("no-such-account", "account", "The account is closed.");
            }
            seen.add(value);
        });
        hub.publish(meter, 1, 1);
        hub.publish(meter, 2, 2);
        hub.publish(meter, 3, 3);
        await().untilAsserted(() -> assertThat(seen).containsExactly(3));
        await().untilAsserted(() -> assertThat(hub.records.subscriptions()).anySatisfy(s -> {
            assertThat(s.name()).isEqualTo(name);
            assertThat(s.dead()).isEqualTo(2);
            assertThat(s.waiting() + s.retrying()).isZero();
        }));
        await().untilAsserted(() -> assertThat(hub.ledger.arrived(name).stream().filter(h -> h.kind() == HopKind.DEAD)
                .map(Hop::causeCode)).containsExactlyInAnyOrder("tries-used-up", "no-such-account"));
        reading.close();
    }

    @Test
    void whatAReaderPublishesIsTrueOnlyWithItsDelivery() {
        String name = "derive-" + meter;
        AtomicInteger tries = new AtomicInteger();
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (records, batch) -> {
            Delivered r = records.get(0);
            if (!r.key().endsWith(meter)) {
                return;
            }
            batch.publish(new Draft(Pipeline.CONTRACT, Pipeline.reading("510105", meter + "-derived" + tries.get(), 1, 5),
                    Origin.of("readers", "1.0.0", "derive")));
            if (tries.getAndIncrement() == 0) {
                throw new IllegalStateException("after it published");
            }
        });
        hub.publish(meter, 1, 1);
        await().untilAsserted(() -> assertThat(hub.records.store()
                .versions(Pipeline.CONTRACT, "510105|" + meter + "-derived1")).hasSize(1));
        assertThat(hub.records.store().versions(Pipeline.CONTRACT, "510105|" + meter + "-derived0"))
                .as("what the failed try published").isEmpty();
        reading.close();
    }

    @Test
    void publishingWhatTheBrokerKnowsDoesNotStopADelivery() {
        String known = meter + "-known";
        hub.records.publish(new Draft(Pipeline.CONTRACT, Pipeline.reading("510105", known, 1, 5), Pipeline.METER));
        hub.stop(); // the pipeline forgets, the broker doesn't
        hub.start();
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription("known-" + meter),
                (records, batch) -> {
                    if (records.get(0).key().endsWith(meter)) {
                        outcomes.add(batch.publish(new Draft(Pipeline.CONTRACT, Pipeline.reading("510105", known, 1, 5),
                                Origin.of("readers", "1.0.0", "derive"))).outcome());
                    }
                });
        hub.publish(meter, 1, 1);
        await().untilAsserted(() -> assertThat(outcomes).last().isEqualTo(Outcome.DUPLICATE));
        await().untilAsserted(() -> assertThat(hub.ledger.arrived("known-" + meter).stream()
                .filter(h -> h.kind() == HopKind.DELIVERED)).hasSize(1));
        assertThat(hub.records.store().versions(Pipeline.CONTRACT, "510105|" + known)).hasSize(1);
        reading.close();
    }

    @Test
    void recordsWaitForAReaderThatIsAway() {
        String name = "away-" + meter;
        hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (records, batch) -> { }).close();
        hub.publish(meter, 1, 1);
        hub.publish(meter, 2, 2);
        hub.stop();
        hub.start();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (records, batch) -> {
            if (records.get(0).key().endsWith(meter)) {
                seen.add(records.get(0).body().get("value").asInt());
            }
        });
        await().untilAsserted(() -> assertThat(seen).containsExactly(1, 2));
        reading.close();
    }

    @Test
    void aRecordThatTheStopCutsShortKeepsItsPlaceBeforeThoseOfOtherKeys() throws Exception {
        String name = "cut-" + meter;
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        Registration first = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (records, batch) -> {
            if (records.get(0).key().contains(meter)) {
                begun.countDown();
                cut.await();
                throw new IllegalStateException("the line is down and the route stops");
            }
        });
        hub.publish(meter, 1, 1);
        begun.await();
        hub.publish(meter + "b", 2, 2);
        Thread closing = new Thread(first::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        cut.countDown();
        closing.join();

        List<Integer> seen = new CopyOnWriteArrayList<>();
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (records, batch) -> {
            if (records.get(0).key().contains(meter)) {
                seen.add(records.get(0).body().get("value").asInt());
            }
        });
        await().untilAsserted(() -> assertThat(seen).containsExactly(1, 2));
        reading.close();
    }

    @Test
    void aRecordInRetryIsNotForgottenByARestart() {
        String name = "restart-" + meter;
        SubscriptionSettings patient = new SubscriptionSettings(name, "readers", "1.0.0", "route", 10, Duration.ZERO, false, 1,
                List.of(Duration.ofHours(1)));
        AtomicInteger failed = new AtomicInteger();
        Registration first = hub.records.subscribe(Pipeline.CONTRACT, patient, (records, batch) -> {
            if (records.get(0).key().endsWith(meter)) {
                failed.incrementAndGet();
                throw new IllegalStateException("down");
            }
        });
        hub.publish(meter, 1, 1);
        await().untilAsserted(() -> assertThat(hub.ledger.arrived(name)).isNotEmpty());
        hub.publish(meter, 2, 2);
        first.close();
        hub.stop();
        hub.start();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (records, batch) -> {
            if (records.get(0).key().endsWith(meter)) {
                seen.add(records.get(0).body().get("value").asInt());
            }
        });
        await().untilAsserted(() -> assertThat(seen).containsExactly(1, 2));
        assertThat(failed).as("the second waited behind the first").hasValue(1);
        reading.close();
    }

    @Test
    void aWholeBatchThatFailsIsTriedOneByOne() {
        String name = "whole-" + meter;
        SubscriptionSettings s = Pipeline.subscription(name);
        SubscriptionSettings whole = new SubscriptionSettings(name, s.plugin(), s.version(), s.route(), 100,
                Duration.ofMillis(300), true, 1, s.backOff());
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, whole, (records, batch) -> {
            sizes.add(records.size());
            List<Integer> values = records.stream().filter(r -> r.key().contains(meter))
                    .map(r -> r.body().get("value").asInt()).toList();
            if (values.contains(2)) {
                throw new RefusedException("bad", null, "two is bad");
            }
            seen.addAll(values);
        });
        IntStream.rangeClosed(1, 4).forEach(i -> hub.publish(meter + i, i, i));
        await().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder(1, 3, 4));
        await().untilAsserted(() -> assertThat(hub.records.subscriptions()).anySatisfy(st -> {
            assertThat(st.name()).isEqualTo(name);
            assertThat(st.dead()).isEqualTo(1);
        }));
        assertThat(sizes).contains(1);
        reading.close();
    }

    @Test
    void aBatchWaitsAsAWholeForASinkThatIsDown() {
        String name = "down-" + meter;
        SubscriptionSettings s = Pipeline.subscription(name);
        SubscriptionSettings whole = new SubscriptionSettings(name, s.plugin(), s.version(), s.route(), 100,
                Duration.ofMillis(300), true, 1, s.backOff());
        AtomicBoolean down = new AtomicBoolean(true);
        AtomicInteger alone = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        // They lie there when the reader comes, so that they make one batch on a slow machine too.
        hub.records.subscribe(Pipeline.CONTRACT, whole, (records, batch) -> { }).close();
        IntStream.rangeClosed(1, 40).forEach(i -> hub.publish(meter + i, i, i));
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, whole, (records, batch) -> {
            calls.incrementAndGet();
            if (records.size() == 1) {
                alone.incrementAndGet();
            }
            if (down.get()) {
                throw new IllegalStateException("the folder is not there");
            }
            seen.addAll(records.stream().map(r -> r.body().get("value").asInt()).toList());
        });
        await().until(() -> calls.get() > 12); // every try was used up, and more
        down.set(false);
        await().untilAsserted(() -> assertThat(seen).containsExactlyElementsOf(IntStream.rangeClosed(1, 40).boxed().toList()));
        await().untilAsserted(() -> assertThat(hub.ledger.arrived(name).stream()
                .filter(h -> h.kind() == HopKind.DELIVERED)).hasSize(40));
        assertThat(hub.ledger.arrived(name).stream().filter(h -> h.kind() == HopKind.RETRIED)).isNotEmpty()
                .allSatisfy(h -> assertThat(h.cause()).contains("the folder is not there"));
        assertThat(hub.ledger.arrived(name).stream().filter(h -> h.kind() == HopKind.DEAD)).isEmpty();
        assertThat(hub.records.subscriptions()).anySatisfy(st -> {
            assertThat(st.name()).isEqualTo(name);
            assertThat(st.dead() + st.retrying()).isZero();
        });
        reading.close();
    }

    @Test
    void oneSubscriptionHasOneReader() {
        String name = "twice-" + meter;
        Registration first = hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (r, b) -> { });
        assertThatThrownBy(() -> hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (r, b) -> { }))
                .hasMessageContaining("being read already");
        first.close();
        hub.records.subscribe(Pipeline.CONTRACT, Pipeline.subscription(name), (r, b) -> { }).close();
    }
}
