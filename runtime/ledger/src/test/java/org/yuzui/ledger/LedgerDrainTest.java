package org.yuzui.ledger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Outbound;
import org.yuzui.kernel.Registration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.ledger.Patience.await;
import static org.yuzui.ledger.Rig.LONG;
import static org.yuzui.ledger.Rig.hop;

/** From the broker's trail to the database, with what can go wrong between them. */
class LedgerDrainTest {

    private static final String T0 = "2026-11-22T08:00:00Z";
    private static final String T1 = "2026-11-22T08:00:01Z";
    private static final String T2 = "2026-11-22T08:00:02Z";

    @TempDir
    static Path folder;
    private static Rig rig;

    private final UUID flow = UUID.randomUUID();
    private Ledger ledger;

    @BeforeAll
    static void open() {
        rig = new Rig(folder);
    }

    @AfterAll
    static void shut() {
        rig.close();
    }

    @BeforeEach
    void openLedger() {
        ledger = rig.ledger();
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
        rig.empty();
    }

    @Test
    void hops_are_found_after_their_commit() {
        ledger.start();
        rig.commit(ledger, hop(flow, HopKind.RECEIVED, T0).from("mllp 10.1.2.3 SCSY", "ADT^A01", "M1").size(900).took(850)
                .cause(null, "read as GB18030").build());
        rig.commit(ledger, hop(flow, HopKind.STORED, T1).subscription("store").size(900).build(),
                hop(flow, HopKind.DELIVERED, T2).subscription("site/csv").in("site", "1.0.0", "visits-to-csv").size(900).build());

        assertThat(ledger.awaitDrained(LONG)).isTrue();

        Flow found = ledger.flow(flow).orElseThrow();
        assertThat(found.status()).isEqualTo(FlowStatus.DELIVERED);
        assertThat(found.contract()).isEqualTo("his.visit.v1");
        assertThat(found.key()).isEqualTo("K-" + flow);
        assertThat(found.unit()).isEqualTo("510104-H01");
        assertThat(found.plugin()).isEqualTo("his");
        assertThat(found.source()).isEqualTo("mllp 10.1.2.3 SCSY");
        assertThat(found.sourceType()).isEqualTo("ADT^A01");
        assertThat(found.sourceId()).isEqualTo("M1");
        assertThat(found.firstAt()).isEqualTo(T0);
        assertThat(found.lastAt()).isEqualTo(T2);
        assertThat(found.arrivals()).isEqualTo(1);
        assertThat(found.hops()).isEqualTo(3);
        assertThat(found.size()).isEqualTo(900);
        assertThat(found.cause()).as("a remark is no failure").isNull();
        List<Hop> hops = ledger.hops(flow);
        assertThat(hops).extracting(Hop::kind).containsExactly(HopKind.RECEIVED, HopKind.STORED, HopKind.DELIVERED);
        assertThat(hops).extracting(Hop::node).containsOnly("node-1");
        assertThat(hops.get(0).cause()).isEqualTo("read as GB18030");
        assertThat(hops.get(0).durationMicros()).isEqualTo(850);
        assertThat(hops.get(2).subscription()).isEqualTo("site/csv");
        assertThat(hops.get(2).plugin()).isEqualTo("site");
        assertThat(hops.get(2).key()).isEqualTo("K-" + flow);
        assertThat(ledger.lag()).isZero();
    }

    @Test
    void a_commit_of_the_database_that_the_broker_does_not_follow_counts_once() {
        AtomicInteger failures = new AtomicInteger(2);
        ledger.close();
        ledger = rig.ledger(failingCommits(failures));
        rig.commit(ledger, hop(flow, HopKind.RECEIVED, T0).build(), hop(flow, HopKind.DUPLICATE, T1).build());
        rig.commit(ledger, hop(flow, HopKind.STORED, T2).subscription("store").build());

        ledger.start();

        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(failures).as("the failures happened").hasNonPositiveValue();
        Flow found = ledger.flow(flow).orElseThrow();
        assertThat(found.hops()).isEqualTo(3);
        assertThat(found.arrivals()).isEqualTo(2);
        assertThat(ledger.hops(flow)).hasSize(3);
    }

    @Test
    void a_trail_message_that_comes_twice_counts_once_and_its_new_neighbour_too() {
        byte[] received = ledger.encode(hop(flow, HopKind.RECEIVED, T0).build());
        byte[] duplicate = ledger.encode(hop(flow, HopKind.DUPLICATE, T1).build());
        commitRaw(received);
        commitRaw(received, duplicate);
        ledger.start();
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        commitRaw(duplicate);
        assertThat(ledger.awaitDrained(LONG)).isTrue();

        assertThat(ledger.flow(flow).orElseThrow().hops()).isEqualTo(2);
        assertThat(ledger.flow(flow).orElseThrow().arrivals()).isEqualTo(2);
    }

    /** A flow whose table is remembered and gone is placed anew. */
    @Test
    void a_flow_whose_table_was_dropped_meanwhile_is_placed_again() {
        ledger.start();
        rig.commit(ledger, hop(flow, HopKind.RECEIVED, "2018-05-03T00:00:00Z").build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        rig.store.jdbi().useHandle(h -> h.execute("DROP TABLE ledger.flow_k183_20180501"));

        rig.commit(ledger, hop(flow, HopKind.STORED, "2018-06-03T00:00:00Z").subscription("store").build());

        assertThat(ledger.awaitDrained(LONG)).isTrue();
        Flow found = ledger.flow(flow).orElseThrow();
        assertThat(found.hops()).isEqualTo(1);
        assertThat(found.status()).isEqualTo(FlowStatus.DELIVERED);
    }

    @Test
    void what_stays_accepted_is_found_until_it_goes_on() {
        ledger.start();
        rig.commit(ledger, hop(flow, HopKind.RECEIVED, T0).build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(accepted()).containsExactly(flow);

        rig.commit(ledger, hop(flow, HopKind.STORED, T1).subscription("store").build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(accepted()).isEmpty();
        assertThat(count("ledger.flow WHERE hangs")).isZero();
    }

    private List<UUID> accepted() {
        return ledger.find(new FlowQuery(FlowFilter.of(FlowStatus.ACCEPTED), null, 50)).flows().stream().map(Flow::id).toList();
    }

    @Test
    void the_trail_waits_in_the_broker_while_the_database_is_away() {
        ledger.start();
        rig.commit(ledger, hop(UUID.randomUUID(), HopKind.RECEIVED, T0).build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        rig.store.jdbi().useHandle(h -> h.execute("ALTER TABLE ledger.hop RENAME TO hop_away"));
        try {
            rig.commit(ledger, hop(flow, HopKind.RECEIVED, T1).build());

            assertThat(ledger.awaitDrained(Duration.ofMillis(300))).isFalse();
            assertThat(ledger.lag()).isPositive();
            assertThat(ledger.flow(flow)).isEmpty();
        } finally {
            rig.store.jdbi().useHandle(h -> h.execute("ALTER TABLE ledger.hop_away RENAME TO hop"));
        }

        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(ledger.flow(flow)).isPresent();
    }

    @Test
    void connections_that_break_cost_nothing() {
        ledger.start();
        rig.commit(ledger, hop(flow, HopKind.RECEIVED, T0).build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        rig.store.jdbi().useHandle(h -> h.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'yuzui'"));
        rig.commit(ledger, hop(flow, HopKind.DUPLICATE, T1).build());

        assertThat(ledger.awaitDrained(LONG)).isTrue();
        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> assertThat(ledger.flow(flow).orElseThrow().hops()).isEqualTo(2));
    }

    @Test
    void what_was_not_drained_is_drained_by_the_next_start() {
        rig.commit(ledger, hop(flow, HopKind.RECEIVED, T0).build());
        assertThat(ledger.awaitDrained(Duration.ofMillis(50))).as("not started").isFalse();
        ledger.close();

        ledger = rig.ledger();
        ledger.start();

        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(ledger.flow(flow)).isPresent();
    }

    @Test
    void a_trail_message_that_can_not_be_read_is_set_aside() {
        commitRaw(ledger.encode(hop(flow, HopKind.RECEIVED, T0).build()), new byte[] {9, 9, 9});
        try (BrokerSession session = rig.broker.session()) {
            session.send(new Outbound(Ledger.TRAIL, null, null, Map.of(), "not a trail".getBytes(StandardCharsets.UTF_8)));
            session.commit();
        }
        UUID after = UUID.randomUUID();
        rig.commit(ledger, hop(after, HopKind.RECEIVED, T1).build());

        ledger.start();

        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(ledger.flow(after)).isPresent();
        assertThat(bodies(Ledger.DEAD)).hasSize(2).map(LedgerDrainTest::clear).last().isEqualTo("not a trail");
        emptyDead();
    }

    @Test
    void what_the_database_refuses_is_set_aside_alone() {
        rig.store.jdbi().useHandle(h -> h.execute("ALTER TABLE ledger.flow ADD CONSTRAINT odd CHECK (unit <> 'impossible')"));
        try {
            List<UUID> good = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                UUID id = UUID.randomUUID();
                good.add(id);
                rig.commit(ledger, hop(id, HopKind.RECEIVED, T0).build());
                if (i == 2) {
                    rig.commit(ledger, hop(flow, HopKind.RECEIVED, T0).record("c", "k", "impossible").build());
                }
            }

            ledger.start();

            assertThat(ledger.awaitDrained(LONG)).isTrue();
            assertThat(good).allSatisfy(id -> assertThat(ledger.flow(id)).isPresent());
            assertThat(ledger.flow(flow)).isEmpty();
            assertThat(bodies(Ledger.DEAD)).hasSize(1);
        } finally {
            rig.store.jdbi().useHandle(h -> h.execute("ALTER TABLE ledger.flow DROP CONSTRAINT odd"));
        }
        ledger.close();
        ledger = rig.ledger();
        ledger.start();
        await().atMost(LONG).untilAsserted(() -> assertThat(ledger.flow(flow)).as("the next start tries it again").isPresent());
        assertThat(bodies(Ledger.DEAD)).isEmpty();
    }

    @Test
    void texts_that_the_database_does_not_take_are_shown_as_far_as_they_go() {
        String endless = "x".repeat(20_000);
        ledger.start();
        rig.commit(ledger, hop(flow, HopKind.DEAD, T0).record("c\0d", endless, "u").subscription("s").cause("code", endless).build());

        assertThat(ledger.awaitDrained(LONG)).isTrue();
        Flow found = ledger.flow(flow).orElseThrow();
        assertThat(found.contract()).isEqualTo("c\uFFFDd");
        assertThat(found.key()).startsWith("xxx").endsWith("…").hasSize(500);
        assertThat(found.cause()).hasSize(4_000);
    }

    @Test
    void days_have_partitions_of_their_own_however_old_or_far() {
        ledger.start();
        rig.commit(ledger, hop(flow, HopKind.RECEIVED, "2019-12-31T23:59:59.999999Z").build(),
                hop(flow, HopKind.STORED, "2020-01-01T00:00:00Z").subscription("store").build(),
                hop(flow, HopKind.DELIVERED, "2031-07-01T12:00:00Z").subscription("late").build());

        assertThat(ledger.awaitDrained(LONG)).isTrue();

        assertThat(count("ledger.hop_k183_20191231")).isEqualTo(1);
        assertThat(count("ledger.hop_k183_20200101")).isEqualTo(1);
        assertThat(count("ledger.hop_k183_20310701")).isEqualTo(1);
        assertThat(ledger.hops(flow)).hasSize(3);
        // An admin removes an old day; a late hop of it makes it again.
        rig.store.jdbi().useHandle(h -> h.execute("DROP TABLE ledger.hop_k183_20191231"));
        UUID late = UUID.randomUUID();
        rig.commit(ledger, hop(late, HopKind.RECEIVED, "2019-12-31T12:00:00Z").build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(ledger.hops(late)).hasSize(1);
    }

    @Test
    void listeners_hear_of_flows_that_can_be_found() {
        List<UUID> heard = new CopyOnWriteArrayList<>();
        List<Boolean> found = new CopyOnWriteArrayList<>();
        ledger.listen(flows -> {
            throw new IllegalStateException("a listener that fails");
        });
        Registration registration = ledger.listen(flows -> {
            flows.forEach(id -> found.add(ledger.flow(id).isPresent()));
            heard.addAll(flows); // last: it is what the test waits for
        });
        ledger.start();
        rig.commit(ledger, hop(flow, HopKind.RECEIVED, T0).build());

        await().atMost(LONG).untilAsserted(() -> assertThat(heard).containsExactly(flow));
        assertThat(found).containsOnly(true);

        registration.close();
        rig.commit(ledger, hop(UUID.randomUUID(), HopKind.RECEIVED, T0).build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(heard).containsExactly(flow);
    }

    @Test
    void waiting_ends_at_once_when_nothing_is_under_way() {
        assertThat(ledger.awaitDrained(Duration.ZERO)).isTrue();
        assertThat(ledger.lag()).isZero();
    }

    private static void commitRaw(byte[]... entries) {
        try (BrokerSession session = rig.broker.session()) {
            for (byte[] entry : entries) {
                session.trail(entry);
            }
            session.commit();
        }
    }

    private static List<byte[]> bodies(String queue) {
        List<byte[]> bodies = new ArrayList<>();
        rig.broker.browse(queue, message -> bodies.add(message.body()));
        return bodies;
    }

    private static void emptyDead() {
        rig.broker.removeQueue(Ledger.DEAD);
        rig.broker.queue(Ledger.DEAD, Ledger.DEAD);
    }

    private static String clear(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int count(String table) {
        return rig.store.jdbi().withHandle(h -> h.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
    }

    /** The real broker, whose sessions roll back instead of committing as often as told: the hub was killed in between. */
    private static Broker failingCommits(AtomicInteger failures) {
        return decorated(Broker.class, rig.broker, (name, result) -> name.equals("session")
                ? decorated(BrokerSession.class, (BrokerSession) result, (call, same) -> same, call -> {
                    if (call.equals("commit") && failures.getAndDecrement() > 0) {
                        ((BrokerSession) result).rollback();
                        throw new BrokerException("killed between the two commits", null);
                    }
                })
                : result, call -> { });
    }

    private interface Result {
        Object of(String method, Object result);
    }

    private interface Before {
        void call(String method);
    }

    private static <T> T decorated(Class<T> type, T target, Result result, Before before) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            before.call(method.getName());
            try {
                return result.of(method.getName(), method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
