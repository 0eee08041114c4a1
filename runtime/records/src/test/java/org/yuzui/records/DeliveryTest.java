package org.yuzui.records;

import org.junit.jupiter.api.Test;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.Publication.Outcome;
import org.yuzui.spi.RefusedException;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.records.Patience.await;

/** How records come to their readers: in the order of their key, each until it is taken or given up, in one transaction with what is made of it. */
class DeliveryTest extends PipelineTest {

    @Test
    void aFailingRecordIsTriedAloneInOrderAndTheOthersGoOn() {
        String name = "retry-" + meter;
        List<String> seen = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        SubscriptionSettings settings = SubscriptionSettings.of(name, "readers", "1.0.0", "route");
        settings = new SubscriptionSettings(settings.name(), settings.plugin(), settings.version(), settings.route(), 50, Duration.ZERO,
                false, 1, Collections.nCopies(10_000, Duration.ofMillis(10)));
        // Fails twice, and for as long as the other key has not come.
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, settings, (records, batch) -> {
            Delivered r = records.get(0);
            String at = r.key().substring(r.key().length() - 1) + r.body().get("value").asInt();
            if (at.equals("A1") && (failures.get() < 2 || !seen.contains("B1"))) {
                failures.incrementAndGet();
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
        await().untilAsserted(() -> {
            assertThat(hub.ledger.arrived(name).stream().filter(h -> h.kind() == HopKind.RETRIED)).hasSize(failures.get())
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
        // Whatever was being tried alone when it came back follows by the retries: there is no order between keys.
        await().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 40).boxed().toList()));
        await().untilAsserted(() -> assertThat(hub.ledger.arrived(name).stream()
                .filter(h -> h.kind() == HopKind.DELIVERED)).hasSize(40));
        assertThat(hub.ledger.arrived(name).stream().filter(h -> h.kind() == HopKind.RETRIED)).isNotEmpty()
                .allSatisfy(h -> assertThat(h.cause()).contains("the folder is not there"));
        assertThat(hub.ledger.arrived(name).stream().filter(h -> h.kind() == HopKind.DEAD)).isEmpty();
        // A commit shows what it sends first, then takes away what it took.
        await().untilAsserted(() -> assertThat(hub.records.subscriptions()).anySatisfy(st -> {
            assertThat(st.name()).isEqualTo(name);
            assertThat(st.dead() + st.retrying()).isZero();
        }));
        reading.close();
    }

    @Test
    void aRecordOfABatchNeverPassesAnEarlierOneOfItsKeyThatFailed() {
        String name = "order-" + meter;
        SubscriptionSettings s = Pipeline.subscription(name);
        SubscriptionSettings whole = new SubscriptionSettings(name, s.plugin(), s.version(), s.route(), 100,
                Duration.ofMillis(300), true, 1, s.backOff());
        AtomicInteger alone = new AtomicInteger();
        List<String> seen = new CopyOnWriteArrayList<>();
        hub.records.subscribe(Pipeline.CONTRACT, whole, (records, batch) -> { }).close();
        for (int i = 1; i <= 6; i++) {
            hub.publish(meter + "A", i, i);
            hub.publish(meter + "B", i, i);
        }
        // The sink comes back in the midst of the search for the bad ones: the first that was tried alone failed, the next is taken.
        Registration reading = hub.records.subscribe(Pipeline.CONTRACT, whole, (records, batch) -> {
            if (alone.get() == 0) {
                alone.addAndGet(records.size() == 1 ? 1 : 0);
                throw new IllegalStateException("the folder is not there");
            }
            records.forEach(r -> seen.add(r.key().substring(r.key().length() - 1) + r.body().get("value").asInt()));
        });
        await().untilAsserted(() -> assertThat(seen).hasSize(12));
        assertThat(seen.stream().filter(r -> r.startsWith("A"))).containsExactly("A1", "A2", "A3", "A4", "A5", "A6");
        assertThat(seen.stream().filter(r -> r.startsWith("B"))).containsExactly("B1", "B2", "B3", "B4", "B5", "B6");
        await().untilAsserted(() -> assertThat(hub.ledger.arrived(name).stream()
                .filter(h -> h.kind() == HopKind.DELIVERED)).hasSize(12));
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
