package org.yuzui.plugin.vehicle.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.vehicle.Patience.await;

@Timeout(300)
class DeskTest {

    /** A route that waits for leave, and may refuse a record or be down. */
    private static final class Route implements Desk.Counter {
        private final Semaphore leave = new Semaphore(0);
        private final List<List<Integer>> lists = new CopyOnWriteArrayList<>();
        private final List<Integer> alone = new CopyOnWriteArrayList<>();
        private volatile int refused = -1;
        private volatile boolean down;

        @Override
        public void publish(List<JsonNode> records, List<byte[]> arrived) throws Exception {
            leave.acquire();
            List<Integer> values = records.stream().map(JsonNode::asInt).toList();
            lists.add(values);
            if (down) {
                throw new IOException("the journal is not reachable");
            }
            if (values.contains(refused)) {
                throw new RefusedException("unknown-unit", null, "no");
            }
        }

        @Override
        public void handOver(Arrival arrival) {
            int value = arrival.records().get().get(0).asInt();
            alone.add(value);
            if (value == refused) {
                throw new RefusedException("unknown-unit", null, "no");
            }
        }
    }

    private final Route route = new Route();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private Arrival arrival(int value) {
        return new Arrival(Arrival.Kind.POSITIONS, () -> List.of(IntNode.valueOf(value)), null, "test", "0x0200", null, null,
                new Arrival.Told() {
                    @Override
                    public void durable() {
                        told.add(value + " durable");
                    }

                    @Override
                    public void refused() {
                        told.add(value + " refused");
                    }

                    @Override
                    public void later() {
                        told.add(value + " later");
                    }
                });
    }

    private void awaitTold(int count) {
        await().until(() -> told.size() >= count);
    }

    @Test
    void whatLinesPutDownWhileACommitIsUnderWayGoesTogetherAndIsToldWhenItIsDurable() {
        try (Desk desk = new Desk("test", route, 1, 100, 50)) {
            desk.put("a", arrival(0));
            await().until(() -> route.leave.hasQueuedThreads());
            IntStream.rangeClosed(1, 40).forEach(i -> desk.put("line " + i, arrival(i)));
            assertThat(told).as("nothing is durable").isEmpty();
            route.leave.release(2);
            awaitTold(41);
            assertThat(route.lists).hasSize(2);
            assertThat(route.lists.get(1)).containsExactlyElementsOf(IntStream.rangeClosed(1, 40).boxed().toList());
            assertThat(told).allMatch(t -> t.endsWith("durable"));
        }
    }

    @Test
    void itIsBoundedAndTellsLinesToStopAndToGoOn() {
        AtomicInteger resumed = new AtomicInteger();
        try (Desk desk = new Desk("test", route, 1, 8, 2)) {
            int taken = 0;
            for (int i = 0; i < 100; i++) {
                taken += desk.put("a", arrival(i)) ? 1 : 0;
            }
            assertThat(taken).as("the queue, and what is under way").isBetween(8, 10);
            assertThat(desk.turnedAway()).isEqualTo(100 - taken);
            assertThat(desk.isFull()).isTrue();
            desk.whenRoom(resumed::incrementAndGet);
            assertThat(resumed).hasValue(0);
            route.leave.release(100);
            awaitTold(taken);
            await().until(() -> resumed.get() == 1);
            assertThat(desk.isFull()).isFalse();
        }
    }

    @Test
    void oneThatIsRefusedKeepsNoOtherBack() {
        route.refused = 2;
        try (Desk desk = new Desk("test", route, 1, 100, 50)) {
            desk.put("a", arrival(0));
            await().until(() -> route.leave.hasQueuedThreads());
            List.of(1, 2, 3).forEach(i -> desk.put("a", arrival(i)));
            route.leave.release(10);
            awaitTold(4);
            assertThat(told).containsExactly("0 durable", "1 durable", "2 refused", "3 durable");
            assertThat(route.alone).containsExactly(1, 2, 3);
        }
    }

    @Test
    void whenNothingCanBeKeptNobodyIsToldThatItWas() {
        route.down = true;
        route.leave.release(100);
        try (Desk desk = new Desk("test", route, 2, 100, 50)) {
            List<Arrival> all = new ArrayList<>();
            IntStream.range(0, 5).forEach(i -> all.add(arrival(i)));
            all.forEach(a -> desk.put("a", a));
            awaitTold(5);
            assertThat(told).allMatch(t -> t.endsWith("later"));
            route.down = false;
            desk.put("a", arrival(9));
            awaitTold(6);
            assertThat(told).last().isEqualTo("9 durable");
        }
    }

    @Test
    void whatLiesThereAtTheEndIsHandedOver() {
        Desk desk = new Desk("test", route, 1, 100, 2, Duration.ofSeconds(30), Duration.ofSeconds(30));
        IntStream.range(0, 7).forEach(i -> desk.put("a", arrival(i)));
        route.leave.release(100);
        desk.close();
        assertThat(told).hasSize(7).allMatch(t -> t.endsWith("durable"));
        assertThat(desk.put("a", arrival(8))).isFalse();
        assertThat(desk.isFull()).as("no line reads on").isTrue();
    }

    @Test
    void theEndWaitsForTheCommitThatIsUnderWayButNotForAllThatLiesThere() {
        Desk desk = new Desk("test", route, 1, 100, 2, Duration.ZERO, Duration.ofSeconds(30));
        desk.put("a", arrival(0));
        await().until(() -> route.leave.hasQueuedThreads());
        IntStream.range(1, 50).forEach(i -> desk.put("a", arrival(i)));
        Thread closing = new Thread(desk::close);
        closing.start();
        await().until(desk::isFull);
        route.leave.release(100);
        await().until(() -> !closing.isAlive());
        assertThat(told).as("what is not told is sent again").containsExactly("0 durable");
    }

    @Test
    void aCommitThatNeverComesBackHoldsNobodyUp() {
        Desk desk = new Desk("stuck", route, 2, 100, 2, Duration.ofMillis(10), Duration.ofMillis(100));
        desk.put("a", arrival(0));
        await().until(() -> route.leave.hasQueuedThreads());
        desk.close();
        assertThat(told).noneMatch(t -> t.endsWith("durable"));
        await().until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().startsWith("stuck-desk")));
    }

    @Test
    void aDeskWithNothingOnItEndsAtOnce() {
        Desk desk = new Desk("idle", route, 2, 100, 2);
        desk.close();
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().startsWith("idle-desk"));
    }
}
