package org.yuzui.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.broker.Patience.await;
import static org.yuzui.broker.Sample.COPY;
import static org.yuzui.broker.Sample.TRAIL;
import static org.yuzui.broker.Sample.VISITS;
import static org.yuzui.broker.Sample.browse;
import static org.yuzui.broker.Sample.bytes;
import static org.yuzui.broker.Sample.consumer;
import static org.yuzui.broker.Sample.put;
import static org.yuzui.broker.Sample.take;
import static org.yuzui.broker.Sample.texts;
import static org.yuzui.broker.Sample.trail;
import static org.yuzui.broker.Sample.visit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class BrokerSessionTest {

    @TempDir
    Path data;
    Broker broker;

    @BeforeEach
    void open() {
        broker = Sample.broker(data);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void aMessageArrivesAsItWasSent() {
        put(broker, new Outbound(VISITS, "510104-H01", "id-1", Map.of("YuzuiKey", "键", "YuzuiUnit", "510104"), bytes("体温")));

        try (BrokerSession session = consumer(broker)) {
            Inbound message = take(session, 1).get(0);

            assertThat(message.address()).isEqualTo(VISITS);
            assertThat(message.group()).isEqualTo("510104-H01");
            assertThat(message.headers()).containsExactlyInAnyOrderEntriesOf(Map.of("YuzuiKey", "键", "YuzuiUnit", "510104"));
            assertThat(message.header("YuzuiKey")).isEqualTo("键");
            assertThat(message.header("absent")).isNull();
            assertThat(message.body()).isEqualTo(bytes("体温"));
            assertThat(message.sentAt()).isEqualTo(Sample.NOW);
            assertThat(message.deliveryCount()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsThereBeforeTheCommitAndAllOfItAfter() {
        try (BrokerSession session = broker.session()) {
            session.send(visit("a"));
            session.send(visit("b"));
            session.trail(bytes("hop a"));
            session.trail(bytes("hop b"));
            assertThat(browse(broker, COPY)).isEmpty();
            assertThat(browse(broker, TRAIL)).isEmpty();

            session.commit();

            assertThat(browse(broker, COPY)).containsExactly("a", "b");
            assertThat(trail(broker)).containsExactly("hop a", "hop b");
            assertThat(broker.depth(TRAIL)).as("one message for all entries of a commit").hasValue(1L);
        }
    }

    @Test
    void aRollbackUndoesMessagesTrailAndAcknowledgements() {
        put(broker, visit("in"));
        try (BrokerSession session = consumer(broker)) {
            session.acknowledge(take(session, 1).get(0));
            session.send(visit("out"));
            session.trail(bytes("hop"));

            session.rollback();
            session.commit();
        }
        assertThat(browse(broker, COPY)).containsExactly("in");
        assertThat(trail(broker)).isEmpty();
    }

    @Test
    void whatWasRolledBackComesAgainInOrderAndCounted() {
        put(broker, visit("k", null, "1"), visit("k", null, "2"), visit("k", null, "3"), visit("k", null, "4"));
        try (BrokerSession session = consumer(broker)) {
            List<Inbound> first = take(session, 3);
            session.acknowledge(first.get(0));

            session.rollback();
            List<Inbound> again = take(session, 4);

            assertThat(texts(again)).containsExactly("1", "2", "3", "4");
            assertThat(again).extracting(Inbound::deliveryCount).containsExactly(2, 2, 2, 1);
        }
    }

    @Test
    void whatIsNotAcknowledgedStaysWithTheSessionAfterACommit() {
        put(broker, visit("1"), visit("2"));
        try (BrokerSession session = consumer(broker)) {
            List<Inbound> taken = take(session, 2);
            session.acknowledge(taken.get(1));
            session.commit();
            assertThat(broker.depth(COPY)).hasValue(1L);

            session.acknowledge(taken.get(0));
            session.commit();
            assertThat(broker.depth(COPY)).hasValue(0L);
            assertThatThrownBy(() -> session.acknowledge(taken.get(0))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closingGivesBackWhatWasNotCommitted() {
        put(broker, visit("1"), visit("2"));
        try (BrokerSession session = consumer(broker)) {
            session.acknowledge(take(session, 2).get(0));
        }
        try (BrokerSession session = consumer(broker)) {
            assertThat(texts(take(session, 2))).containsExactly("1", "2");
        }
    }

    @Test
    void aKnownDuplicateIsToldAndLeavesTheTransactionWhole() {
        put(broker, visit(null, "id-1", "first"));
        try (BrokerSession session = broker.session()) {
            assertThat(session.send(visit(null, "id-1", "again"))).isFalse();
            assertThat(session.send(visit(null, "id-2", "other"))).isTrue();
            assertThat(session.send(visit(null, "id-2", "twice in one transaction"))).isFalse();
            session.commit();

            assertThat(browse(broker, COPY)).containsExactly("first", "other");
        }
    }

    /** Only the id's last keeper can tell: between send and commit another session made it durable. */
    @Test
    void idsOfUncommittedTransactionsDoNotMeetEachOther() {
        try (BrokerSession slow = broker.session(); BrokerSession fast = broker.session()) {
            assertThat(slow.send(visit(null, "id-1", "slow"))).isTrue();
            assertThat(fast.send(visit(null, "id-1", "fast"))).isTrue();
            fast.commit();
            slow.rollback();
            assertThat(slow.send(visit(null, "id-1", "slow"))).isFalse();
        }
        assertThat(browse(broker, COPY)).containsExactly("fast");
    }

    @Test
    void anIdThatWasRolledBackIsFree() {
        try (BrokerSession session = broker.session()) {
            session.send(visit(null, "id-1", "undone"));
            session.rollback();
            assertThat(session.send(visit(null, "id-1", "done"))).isTrue();
            session.commit();
        }
        assertThat(browse(broker, COPY)).containsExactly("done");
    }

    @Test
    void anAddressThatDoesNotExistFailsTheCommitAndTheSessionGoesOn() {
        try (BrokerSession session = broker.session()) {
            session.send(visit("companion"));
            session.send(new Outbound("nowhere", null, null, Map.of(), bytes("lost")));
            assertThatThrownBy(session::commit).isInstanceOf(BrokerException.class).hasMessageContaining("nowhere");

            session.send(visit("next"));
            session.commit();
        }
        assertThat(browse(broker, COPY)).containsExactly("next");
    }

    @Test
    void groupsKeepTheirOrderAcrossTwoConsumers() throws Exception {
        int groups = 20;
        int each = 50;
        // So that the first consumer can't prefetch everything before the second one is there.
        String padding = " ".repeat(2000);
        try (BrokerSession session = broker.session()) {
            for (int i = 0; i < each; i++) {
                for (int g = 0; g < groups; g++) {
                    session.send(visit("g" + g, null, "g" + g + ":" + i + padding));
                }
            }
            session.commit();
        }
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (BrokerSession one = broker.session(); BrokerSession two = broker.session()) {
            one.consume(COPY, 10);
            two.consume(COPY, 10);
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> drain(one, seen, new Random(1)));
            CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> drain(two, seen, new Random(2)));
            await().until(() -> seen.size() == groups * each);
            one.wakeUp();
            two.wakeUp();
            assertThat(first.get(60, TimeUnit.SECONDS)).as("both had a share").isPositive();
            assertThat(second.get(60, TimeUnit.SECONDS)).isPositive();
        }
        for (int g = 0; g < groups; g++) {
            String group = "g" + g + ":";
            assertThat(seen.stream().filter(text -> text.startsWith(group)).map(text -> text.substring(group.length()).trim()))
                    .as(group).containsExactlyElementsOf(IntStream.range(0, each).mapToObj(String::valueOf)
                            .toList());
        }
    }

    @Test
    void aConsumerThatComesLaterGetsItsShareOfTheGroups() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        int sent = 0;
        try (BrokerSession one = consumer(broker); BrokerSession two = broker.session(); BrokerSession sender = broker.session()) {
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> drain(one, seen, new Random(1)));
            sent = round(sender, sent);
            await().until(() -> seen.size() == 10);

            two.consume(COPY, 100);
            CompletableFuture<List<Inbound>> second = CompletableFuture.supplyAsync(() -> two.receive(1, Duration.ZERO));
            while (!second.isDone()) {
                sent = round(sender, sent);
                int all = sent;
                await().until(() -> second.isDone() || seen.size() == all);
            }
            assertThat(second.get()).hasSize(1);
            one.wakeUp();
            first.get(60, TimeUnit.SECONDS);
        }
    }

    /** One message for each of ten groups. */
    private static int round(BrokerSession sender, int sent) {
        for (int i = 0; i < 10; i++) {
            sender.send(visit("g" + i, null, "g" + i));
        }
        sender.commit();
        return sent + 10;
    }

    /** Takes batches until woken, and rolls some of them back on the way. */
    private static int drain(BrokerSession session, List<String> seen, Random random) {
        int taken = 0;
        while (true) {
            List<Inbound> batch = session.receive(1 + random.nextInt(30), Duration.ZERO);
            if (batch.isEmpty()) {
                return taken;
            }
            if (random.nextInt(4) == 0) {
                session.rollback();
                continue;
            }
            batch.forEach(session::acknowledge);
            session.commit();
            seen.addAll(texts(batch));
            taken += batch.size();
        }
    }

    @Test
    void wakeUpEndsAWaitingReceiveAndTheNextOneWaitsAgain() throws Exception {
        try (BrokerSession session = consumer(broker)) {
            CompletableFuture<Thread> waiting = new CompletableFuture<>();
            CompletableFuture<List<String>> received = CompletableFuture.supplyAsync(() -> {
                waiting.complete(Thread.currentThread());
                List<String> woken = texts(session.receive(10, Duration.ZERO));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                return woken;
            });
            Thread thread = waiting.get(60, TimeUnit.SECONDS);
            await().until(() -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
            session.wakeUp();
            assertThat(received.get(60, TimeUnit.SECONDS)).isEmpty();

            put(broker, visit("later"));
            assertThat(texts(session.receive(10, Duration.ZERO))).containsExactly("later");
        }
    }

    @Test
    void aWakeUpBeforeTheWaitIsNotLost() {
        try (BrokerSession session = consumer(broker)) {
            session.wakeUp();
            assertThat(session.receive(10, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void closeEndsAWaitingReceive() throws Exception {
        BrokerSession session = consumer(broker);
        CompletableFuture<List<Inbound>> received = CompletableFuture.supplyAsync(() -> session.receive(10, Duration.ZERO));

        session.close();

        assertThat(received.get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(session.receive(1, Duration.ZERO)).isEmpty();
        assertThatThrownBy(session::commit).isInstanceOf(BrokerException.class).hasMessageContaining("closed");
    }

    @Test
    void closingTheBrokerEndsAWaitingReceive() throws Exception {
        BrokerSession session = consumer(broker);
        CompletableFuture<List<Inbound>> received = CompletableFuture.supplyAsync(() -> session.receive(10, Duration.ZERO));

        broker.close();

        assertThat(received.get(60, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void lingerWaitsForMore() {
        put(broker, visit("1"));
        try (BrokerSession session = consumer(broker)) {
            CompletableFuture<Void> later = CompletableFuture.runAsync(() -> put(broker, visit("2")));
            assertThat(texts(session.receive(2, Duration.ofSeconds(30)))).containsExactly("1", "2");
            later.join();
        }
    }

    @Test
    void largeBodiesTravelInATransactionBesideSmallOnes() {
        byte[] large = new byte[20 << 20];
        new Random(7).nextBytes(large);
        try (BrokerSession session = broker.session()) {
            session.send(visit("small"));
            session.send(new Outbound(VISITS, null, "large", Map.of("YuzuiKey", "scan"), large));
            session.commit();
            session.send(new Outbound(VISITS, null, null, Map.of(), large));
            session.rollback();
            session.send(visit("last"));
            session.commit();
        }
        try (BrokerSession session = consumer(broker)) {
            List<Inbound> first = take(session, 3);
            session.rollback();
            List<Inbound> again = take(session, 3);

            assertThat(first.get(1).body()).isEqualTo(large);
            assertThat(again.get(1).body()).isEqualTo(large);
            assertThat(again.get(1).header("YuzuiKey")).isEqualTo("scan");
            assertThat(again.get(2).body()).isEqualTo(bytes("last"));
            again.forEach(session::acknowledge);
            session.commit();
        }
        assertThat(broker.depth(COPY)).hasValue(0L);
    }

    @Test
    void oneReceiveHoldsABoundedAmountOfLargeBodies() {
        byte[] large = new byte[3 << 20];
        for (int i = 0; i < 6; i++) {
            put(broker, new Outbound(VISITS, null, null, Map.of(), large));
        }
        try (BrokerSession session = consumer(broker)) {
            assertThat(session.receive(200, Duration.ofSeconds(30))).hasSize(3);
        }
    }
}
