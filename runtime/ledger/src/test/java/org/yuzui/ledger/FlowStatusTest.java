package org.yuzui.ledger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.ledger.Patience.await;
import static org.yuzui.ledger.Rig.LONG;

/** A flow's line is the same in whatever order, and in however many batches, its hops come. */
class FlowStatusTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T23:59:58Z");

    @TempDir
    static Path folder;
    private static Rig rig;

    @BeforeAll
    static void open() {
        rig = new Rig(folder);
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    /** Hops in the order of their time, a second apart (over midnight): kind, and subscription after the colon. */
    @ParameterizedTest
    @CsvSource({
            "ACCEPTED,  RECEIVED",
            "ACCEPTED,  PUBLISHED",
            "ACCEPTED,  RECEIVED DUPLICATE",
            "DELIVERED, RECEIVED STORED:store",
            "DELIVERED, RECEIVED STORED:store DELIVERED:a DUPLICATE",
            "RETRYING,  RECEIVED RETRIED:a",
            "RETRYING,  RECEIVED STORED:store DELIVERED:b RETRIED:a",
            "DELIVERED, RECEIVED RETRIED:a RETRIED:a DELIVERED:a",
            "RETRYING,  RECEIVED RETRIED:a DELIVERED:a RETRIED:a",
            "DEAD,      RECEIVED RETRIED:a DEAD:a",
            "DEAD,      RECEIVED RETRIED:b DEAD:a DELIVERED:c",
            "DELIVERED, RECEIVED DEAD:a DELIVERED:a",
            "RETRYING,  RECEIVED DEAD:a RETRIED:a STORED:store",
            "REFUSED,   REFUSED",
            "REFUSED,   REFUSED REFUSED",
            "REFUSED,   IGNORED REFUSED",
            "ACCEPTED,  REFUSED RECEIVED",
            "DELIVERED, REFUSED RECEIVED STORED:store",
            "IGNORED,   IGNORED IGNORED",
            "SETTLED,   REFUSED REPLAYED",
            "SETTLED,   REFUSED MENDED",
            "SETTLED,   REFUSED DISMISSED",
            "REFUSED,   REFUSED DISMISSED REFUSED",
            "RETRYING,  RECEIVED DEAD:a REPLAYED:a",
            "DELIVERED, RECEIVED DEAD:a REPLAYED:a DELIVERED:a",
            "DEAD,      RECEIVED DEAD:a REPLAYED:a DEAD:a",
            "SETTLED,   RECEIVED STORED:store DEAD:a DISMISSED:a",
            "DEAD,      RECEIVED DEAD:a DEAD:b DISMISSED:a"})
    void is_the_same_in_every_order(FlowStatus expected, String story) {
        String[] steps = story.split(" ");
        List<List<Integer>> orders = permutations(steps.length);
        List<UUID> flows = new ArrayList<>();
        try (Ledger ledger = rig.ledger()) {
            ledger.start();
            // Each order is a flow of its own; they advance together, one hop of each flow in a batch.
            orders.forEach(order -> flows.add(UUID.randomUUID()));
            for (int step = 0; step < steps.length; step++) {
                Hop[] hops = new Hop[orders.size()];
                for (int i = 0; i < hops.length; i++) {
                    hops[i] = hop(flows.get(i), steps, orders.get(i).get(step));
                }
                rig.commit(ledger, hops);
                assertThat(ledger.awaitDrained(LONG)).isTrue();
            }
            // And once all hops in one batch.
            flows.add(UUID.randomUUID());
            Hop[] together = new Hop[steps.length];
            for (int i = 0; i < steps.length; i++) {
                together[steps.length - 1 - i] = hop(flows.get(flows.size() - 1), steps, i);
            }
            rig.commit(ledger, together);
            assertThat(ledger.awaitDrained(LONG)).isTrue();

            Flow model = ledger.flow(flows.get(flows.size() - 1)).orElseThrow();
            assertThat(model.status()).isEqualTo(expected);
            assertThat(model.hops()).isEqualTo(steps.length);
            assertThat(model.firstAt()).isEqualTo(BEGIN);
            assertThat(model.lastAt()).isEqualTo(BEGIN.plusSeconds(steps.length - 1));
            assertThat(flows).extracting(id -> ledger.flow(id).orElseThrow())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
                    .containsOnly(model);
        }
    }

    @Test
    void tells_the_first_arrival_and_the_last_cause() {
        UUID id = UUID.randomUUID();
        String[] steps = {"RECEIVED", "RETRIED:a", "DUPLICATE", "DEAD:a"};
        try (Ledger ledger = rig.ledger()) {
            ledger.start();
            for (int i : new int[] {3, 2, 1, 0}) {
                rig.commit(ledger, hop(id, steps, i));
                assertThat(ledger.awaitDrained(LONG)).isTrue();
            }

            Flow flow = ledger.flow(id).orElseThrow();
            assertThat(flow.sourceId()).isEqualTo("M0");
            assertThat(flow.arrivals()).isEqualTo(2);
            assertThat(flow.causeCode()).isEqualTo("code-3");
            assertThat(flow.cause()).isEqualTo("sentence 3");
        }
    }

    @Test
    void steps_of_the_same_time_keep_the_order_in_which_they_were_taken() {
        UUID id = UUID.randomUUID();
        try (Ledger ledger = rig.ledger()) {
            ledger.start();
            List<Hop> hops = new ArrayList<>();
            for (HopKind kind : new HopKind[] {HopKind.RECEIVED, HopKind.RETRIED, HopKind.DEAD, HopKind.RETRIED, HopKind.DELIVERED}) {
                hops.add(Hop.of(id, kind, BEGIN).subscription(kind == HopKind.RECEIVED ? null : "a").build());
            }
            rig.commit(ledger, hops.toArray(Hop[]::new));
            assertThat(ledger.awaitDrained(LONG)).isTrue();

            assertThat(ledger.flow(id).orElseThrow().status()).isEqualTo(FlowStatus.DELIVERED);
            assertThat(ledger.hops(id)).extracting(Hop::kind).containsExactly(HopKind.RECEIVED, HopKind.RETRIED, HopKind.DEAD,
                    HopKind.RETRIED, HopKind.DELIVERED);
        }
    }

    /** A sender that repeats the same for months. */
    @Test
    void of_a_flow_without_end_its_beginning_and_its_end_are_told() {
        UUID id = UUID.randomUUID();
        try (Ledger ledger = rig.ledger()) {
            ledger.start();
            rig.commit(ledger, Hop.of(id, HopKind.RECEIVED, BEGIN).build());
            for (int from = 0; from < 4_000; from += 1_000) {
                Hop[] hops = new Hop[1_000];
                for (int i = 0; i < hops.length; i++) {
                    hops[i] = Hop.of(id, HopKind.DUPLICATE, BEGIN.plusSeconds(from + i + 1)).from("copy " + (from + i), null, null).build();
                }
                rig.commit(ledger, hops);
            }
            assertThat(ledger.awaitDrained(LONG)).isTrue();

            List<Hop> hops = ledger.hops(id);

            assertThat(ledger.flow(id).orElseThrow().hops()).isEqualTo(4_001);
            assertThat(hops).hasSize(Ledger.FIRST_HOPS + Ledger.LAST_HOPS).isSortedAccordingTo(Comparator.comparing(Hop::at));
            assertThat(hops.get(0).kind()).isEqualTo(HopKind.RECEIVED);
            assertThat(hops.get(Ledger.FIRST_HOPS).source()).isEqualTo("copy 1500");
            assertThat(hops.get(hops.size() - 1).source()).isEqualTo("copy 3999");
            assertThat(ledger.passed(id, "copy 1000")).as("though it is not told").isTrue();
            assertThat(ledger.passed(id, "copy 4000")).isFalse();
        }
    }

    @Test
    void two_nodes_that_drain_the_hops_of_the_same_flows_add_up() throws Exception {
        int flows = 200;
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < flows; i++) {
            ids.add(UUID.randomUUID());
        }
        String[] steps = {"RECEIVED", "RETRIED:a", "RETRIED:b", "DELIVERED:a", "DEAD:b", "DELIVERED:b"};
        try (Ledger one = rig.ledger(); Ledger other = rig.ledger()) {
            CountDownLatch go = new CountDownLatch(1);
            ExecutorService senders = Executors.newFixedThreadPool(2);
            List<Future<?>> done = new ArrayList<>();
            for (int half = 0; half < 2; half++) {
                int first = half;
                done.add(senders.submit(() -> {
                    go.await();
                    for (int step = first; step < steps.length; step += 2) {
                        for (int i = 0; i < flows; i += 20) {
                            List<Hop> hops = new ArrayList<>();
                            for (UUID id : ids.subList(i, i + 20)) {
                                hops.add(hop(id, steps, step));
                            }
                            rig.commit(first == 0 ? one : other, hops.toArray(Hop[]::new));
                        }
                    }
                    return null;
                }));
            }
            one.start();
            other.start();
            go.countDown();
            for (Future<?> sender : done) {
                sender.get(60, TimeUnit.SECONDS);
            }
            senders.shutdown();
            assertThat(one.awaitDrained(LONG)).isTrue();
            assertThat(other.awaitDrained(LONG)).isTrue();
            await().atMost(LONG).until(() -> one.lag() == 0);

            assertThat(ids).allSatisfy(id -> {
                Flow flow = one.flow(id).orElseThrow();
                assertThat(flow.status()).isEqualTo(FlowStatus.DELIVERED);
                assertThat(flow.hops()).isEqualTo(6);
                assertThat(flow.cause()).isEqualTo("sentence 4");
            });
        }
    }

    private static Hop hop(UUID flow, String[] steps, int index) {
        String[] step = steps[index].split(":");
        HopKind kind = HopKind.valueOf(step[0]);
        Hop.Builder hop = Hop.of(flow, kind, BEGIN.plusSeconds(index)).in("plugin-" + index, "1.0.0", "route").record("c.v1", "key", "510000");
        switch (kind) {
            case STORED, DELIVERED -> hop.subscription(step[1]);
            case RETRIED, DEAD -> hop.subscription(step[1]).cause("code-" + index, "sentence " + index);
            case REPLAYED, MENDED, DISMISSED -> hop.subscription(step.length > 1 ? step[1] : null);
            case REFUSED -> hop.from("mllp", "ADT^A01", "M" + index).cause("code-" + index, "sentence " + index);
            default -> hop.from("mllp", "ADT^A01", "M" + index);
        }
        return hop.build();
    }

    private static List<List<Integer>> permutations(int length) {
        if (length == 0) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (List<Integer> shorter : permutations(length - 1)) {
            for (int at = 0; at <= shorter.size(); at++) {
                List<Integer> longer = new ArrayList<>(shorter);
                longer.add(at, length - 1);
                all.add(longer);
            }
        }
        return all;
    }
}
