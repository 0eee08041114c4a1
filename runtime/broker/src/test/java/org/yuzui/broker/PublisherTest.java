package org.yuzui.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.broker.Patience.await;
import static org.yuzui.broker.Sample.COPY;
import static org.yuzui.broker.Sample.TRAIL;
import static org.yuzui.broker.Sample.browse;
import static org.yuzui.broker.Sample.bytes;
import static org.yuzui.broker.Sample.trail;
import static org.yuzui.broker.Sample.visit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.broker.Publisher.Outcome;

@Timeout(300)
class PublisherTest {

    @TempDir
    Path data;
    Broker broker;
    final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        broker = Sample.broker(data);
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        broker.close();
    }

    private static Outcome publish(Publisher publisher, String id) {
        return publisher.publish(List.of(visit(null, id, id)), bytes("hop " + id));
    }

    @Test
    void manyCallersAtOnceAreAllDurableAndDistinctAfterARestart() throws Exception {
        int threads = 32;
        int each = 50;
        try (Publisher publisher = broker.publisher()) {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int caller = t;
                done.add(callers.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        assertThat(publish(publisher, caller + "-" + i)).isEqualTo(Outcome.DURABLE);
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get(120, TimeUnit.SECONDS);
            }
        }
        long commits = broker.depth(TRAIL).orElseThrow();
        broker.close();
        broker = Sample.open(data);

        List<String> ids = IntStream.range(0, threads * each).mapToObj(i -> i / each + "-" + i % each).toList();
        assertThat(browse(broker, COPY)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(trail(broker)).containsExactlyInAnyOrderElementsOf(ids.stream().map(id -> "hop " + id).toList());
        assertThat(commits).as("callers shared commits").isLessThan(threads * each);
    }

    @Test
    void aDuplicateIsTold() {
        try (Publisher publisher = broker.publisher()) {
            assertThat(publish(publisher, "a")).isEqualTo(Outcome.DURABLE);
            assertThat(publish(publisher, "a")).isEqualTo(Outcome.DUPLICATE);
            assertThat(publish(publisher, "b")).isEqualTo(Outcome.DURABLE);
        }
        assertThat(browse(broker, COPY)).containsExactly("a", "b");
        assertThat(trail(broker)).containsExactly("hop a", "hop b");
    }

    @Test
    void aDuplicateIsToldAfterARestart() {
        try (Publisher publisher = broker.publisher()) {
            publish(publisher, "a");
        }
        broker.close();
        broker = Sample.open(data);
        try (Publisher publisher = broker.publisher()) {
            assertThat(publish(publisher, "a")).isEqualTo(Outcome.DUPLICATE);
        }
        assertThat(browse(broker, COPY)).containsExactly("a");
    }

    @Test
    void aDuplicateAmongTheMessagesOfACallUndoesThatCallAlone() {
        try (Publisher publisher = broker.publisher()) {
            publish(publisher, "a");
            assertThat(publisher.publish(List.of(visit(null, "b", "b"), visit(null, "a", "a")), bytes("hop")))
                    .isEqualTo(Outcome.DUPLICATE);
            assertThat(publish(publisher, "b")).as("b was not taken by the failed call").isEqualTo(Outcome.DURABLE);
        }
        assertThat(browse(broker, COPY)).containsExactly("a", "b");
    }

    @Test
    void sameIdsAtTheSameTimeAreOneDurableAndTheRestDuplicates() throws Exception {
        int ids = 40;
        try (Publisher publisher = broker.publisher()) {
            List<Future<Outcome>> results = new ArrayList<>();
            for (int i = 0; i < ids * 4; i++) {
                String id = "id-" + i / 4;
                results.add(callers.submit(() -> publish(publisher, id)));
            }
            int durable = 0;
            for (Future<Outcome> result : results) {
                durable += result.get(120, TimeUnit.SECONDS) == Outcome.DURABLE ? 1 : 0;
            }
            assertThat(durable).isEqualTo(ids);
        }
        assertThat(browse(broker, COPY)).doesNotHaveDuplicates().hasSize(ids);
        assertThat(trail(broker)).doesNotHaveDuplicates().hasSize(ids);
    }

    @Test
    void aCallThatCannotSucceedDoesNotTakeOthersOfItsCommitWithIt() throws Exception {
        try (Publisher publisher = broker.publisher()) {
            List<Future<Outcome>> good = new ArrayList<>();
            List<Future<Outcome>> bad = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String id = "id-" + i;
                good.add(callers.submit(() -> publish(publisher, id)));
                bad.add(callers.submit(() -> publisher.publish(
                        List.of(new Outbound("nowhere", null, id, Map.of(), bytes(id))), bytes("hop"))));
            }
            for (Future<Outcome> one : good) {
                assertThat(one.get(120, TimeUnit.SECONDS)).isEqualTo(Outcome.DURABLE);
            }
            for (Future<Outcome> one : bad) {
                assertThatThrownBy(() -> one.get(120, TimeUnit.SECONDS)).hasCauseInstanceOf(BrokerException.class)
                        .hasMessageContaining("nowhere");
            }
        }
        assertThat(browse(broker, COPY)).hasSize(20);
        assertThat(trail(broker)).hasSize(20);
    }

    @Test
    void aTrailAloneCanBePublished() {
        try (Publisher publisher = broker.publisher()) {
            assertThat(publisher.publish(List.of(), bytes("refused"))).isEqualTo(Outcome.DURABLE);
        }
        assertThat(trail(broker)).containsExactly("refused");
    }

    @Test
    void oneCallWithTheSameIdTwiceIsTheCallersMistake() {
        try (Publisher publisher = broker.publisher()) {
            assertThatThrownBy(() -> publisher.publish(List.of(visit(null, "a", "1"), visit(null, "a", "2")), new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aLargeCallAndManySmallOnesAreAllDurable() throws Exception {
        byte[] large = new byte[5 << 20];
        try (Publisher publisher = broker.publisher()) {
            List<Future<Outcome>> results = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String id = "id-" + i;
                results.add(callers.submit(() -> publish(publisher, id)));
                if (i % 10 == 0) {
                    results.add(callers.submit(() -> publisher.publish(
                            List.of(new Outbound(Sample.VISITS, null, "large " + id, Map.of(), large)), bytes("hop"))));
                }
            }
            for (Future<Outcome> result : results) {
                assertThat(result.get(120, TimeUnit.SECONDS)).isEqualTo(Outcome.DURABLE);
            }
        }
        assertThat(broker.depth(COPY)).hasValue(22L);
    }

    @Test
    void closingTheBrokerLeavesNobodyWaitingAndLosesNothingThatWasAcknowledged() throws Exception {
        Publisher publisher = broker.publisher();
        Queue<String> durable = new ConcurrentLinkedQueue<>();
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 16; t++) {
            int caller = t;
            done.add(callers.submit(() -> {
                try {
                    for (int i = 0; true; i++) {
                        publish(publisher, caller + "-" + i);
                        durable.add(caller + "-" + i);
                    }
                } catch (BrokerException e) {
                    failures.add(e);
                }
            }));
        }
        await().until(() -> durable.size() > 200);

        broker.close();

        for (Future<?> one : done) {
            one.get(120, TimeUnit.SECONDS);
        }
        assertThat(failures).hasSize(16);
        assertThatThrownBy(() -> publish(publisher, "late")).isInstanceOf(BrokerException.class).hasMessageContaining("closed");
        broker = Sample.open(data);
        assertThat(browse(broker, COPY)).doesNotHaveDuplicates().containsAll(durable);
    }

    @Test
    void anInterruptedCallerIsToldThatTheOutcomeIsUnknownAndStaysInterrupted() throws Exception {
        try (Publisher publisher = broker.publisher()) {
            Future<Boolean> interrupted = callers.submit(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> publish(publisher, "a")).isInstanceOf(BrokerException.class)
                        .hasMessageContaining("not known");
                return Thread.interrupted();
            });
            assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
            publish(publisher, "b");
        }
        assertThat(browse(broker, COPY)).contains("b");
    }
}
