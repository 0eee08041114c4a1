package org.yuzui.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.broker.Patience.await;
import static org.yuzui.broker.Sample.COPY;
import static org.yuzui.broker.Sample.TRAIL;
import static org.yuzui.broker.Sample.VISITS;
import static org.yuzui.broker.Sample.browse;
import static org.yuzui.broker.Sample.consumer;
import static org.yuzui.broker.Sample.put;
import static org.yuzui.broker.Sample.take;
import static org.yuzui.broker.Sample.visit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;

@Timeout(300)
class BrokerTest {

    @TempDir
    Path data;

    @Test
    void everyQueueOfAnAddressGetsACopy() {
        try (Broker broker = Sample.broker(data)) {
            broker.queue(VISITS, "second");
            put(broker, visit("a"));

            assertThat(browse(broker, COPY)).containsExactly("a");
            assertThat(browse(broker, "second")).containsExactly("a");
            assertThat(broker.queues()).containsExactly(COPY, "second", TRAIL);
        }
    }

    @Test
    void anAddressWithoutAQueueTakesMessagesAndForgetsThem() {
        try (Broker broker = Sample.open(data)) {
            broker.address(VISITS);
            put(broker, visit("a"));
            broker.queue(VISITS, COPY);

            assertThat(browse(broker, COPY)).isEmpty();
        }
    }

    @Test
    void aCleanStopLeavesNothingInTheJournalButWhatIsNeeded() throws IOException {
        String body = "x".repeat(64 << 10);
        try (Broker broker = Sample.broker(data); BrokerSession reader = consumer(broker)) {
            for (int i = 0; i < 1_200; i++) { // 80 MB, and in each file an id that is remembered
                try (BrokerSession session = broker.session()) {
                    session.send(visit(null, "id-" + i, body));
                    session.commit();
                }
                reader.acknowledge(take(reader, 1).get(0));
                reader.commit();
            }
            assertThat(journalFiles()).isGreaterThan(18);
        }

        assertThat(journalFiles()).as("with those that are kept empty for the next ones").isLessThan(14);
        try (Broker broker = Sample.broker(data)) {
            assertThat(broker.knows(VISITS, "id-0")).isTrue();
            assertThat(broker.knows(VISITS, "id-1199")).isTrue();
            assertThat(browse(broker, COPY)).isEmpty();
        }
    }

    private long journalFiles() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            return files.filter(f -> f.toString().endsWith(".amq")).count();
        }
    }

    @Test
    void makingAQueueAgainChangesNothing() {
        try (Broker broker = Sample.broker(data)) {
            put(broker, visit("a"));
            broker.queue(VISITS, COPY);
            broker.address(VISITS);

            assertThat(browse(broker, COPY)).containsExactly("a");
            assertThatThrownBy(() -> broker.queue("elsewhere", COPY)).isInstanceOf(BrokerException.class)
                    .hasMessageContaining(VISITS);
        }
    }

    @Test
    void depthCountsWhatIsUnderDeliveryUntilItIsCommitted() {
        try (Broker broker = Sample.broker(data); BrokerSession session = consumer(broker)) {
            put(broker, visit("a"), visit("b"));
            take(session, 2).forEach(session::acknowledge);
            assertThat(broker.depth(COPY)).hasValue(2L);
            session.commit();

            assertThat(broker.depth(COPY)).hasValue(0L);
            assertThat(broker.depth("absent")).isEmpty();
        }
    }

    @Test
    void whatWasCommittedIsCountedAtOnce() {
        try (Broker broker = Sample.broker(data)) {
            for (long sent = 1; sent <= 300; sent++) {
                put(broker, visit("v" + sent));
                assertThat(broker.depth(COPY)).hasValue(sent);
            }
        }
    }

    @Test
    void browsingTakesNothing() {
        try (Broker broker = Sample.broker(data)) {
            put(broker, IntStream.range(0, 300).mapToObj(i -> visit("v" + i)).toArray(Outbound[]::new));
            List<String> expected = IntStream.range(0, 300).mapToObj(i -> "v" + i).toList();

            assertThat(browse(broker, COPY)).isEqualTo(expected);
            assertThat(browse(broker, COPY)).isEqualTo(expected);
            assertThat(broker.depth(COPY)).hasValue(300L);
        }
    }

    @Test
    void removingAQueueRemovesWhatIsInItAndLeavesTheOthers() {
        try (Broker broker = Sample.broker(data)) {
            broker.queue(VISITS, "second");
            put(broker, visit("a"));
            broker.removeQueue(COPY);
            broker.removeQueue("absent");

            assertThat(broker.queues()).containsExactly("second", TRAIL);
            assertThat(browse(broker, "second")).containsExactly("a");
            try (BrokerSession session = broker.session()) {
                session.consume("second", 10);
                assertThatThrownBy(() -> broker.removeQueue("second")).isInstanceOf(BrokerException.class);
            }
        }
    }

    @Test
    void aRestartKeepsQueuesMessagesAndIds() {
        try (Broker broker = Sample.broker(data)) {
            put(broker, visit("k", "id-1", "a"), visit("k", "id-2", "b"));
        }
        try (Broker broker = Sample.open(data); BrokerSession session = broker.session()) {
            assertThat(broker.queues()).containsExactly(COPY, TRAIL);
            assertThat(browse(broker, COPY)).containsExactly("a", "b");
            assertThat(session.send(visit("k", "id-2", "again"))).isFalse();
        }
    }

    @Test
    void itSaysWhatItIs() {
        try (Broker broker = Sample.open(data)) {
            assertThat(broker.describe()).startsWith("embedded Artemis 2.").contains(data.toString())
                    .containsPattern("\\((NIO|ASYNCIO) journal, buffer timeout 0\\.1 ms\\)");
            broker.check();
        }
    }

    @Test
    void theDiskIsMeasuredOnceAndRemembered() throws Exception {
        BrokerSettings settings = BrokerSettings.embedded(data, TRAIL);
        Broker.open(settings, Clock.systemUTC()).close();
        Path remembered = data.resolve("disk.properties");
        assertThat(remembered).content().containsPattern("bufferTimeoutNanos=\\d+");

        Files.writeString(remembered, "bufferTimeoutNanos=770000\n");
        try (Broker broker = Broker.open(settings, Clock.systemUTC())) {
            assertThat(broker.describe()).contains("0.77 ms");
        }
        Files.writeString(remembered, "bufferTimeoutNanos=soon\n");
        Broker.open(settings, Clock.systemUTC()).close();
        assertThat(remembered).content().containsPattern("bufferTimeoutNanos=\\d+");
    }

    @Test
    void aSecondBrokerOnTheSameDataIsToldSo() {
        try (Broker broker = Sample.broker(data)) {
            assertThatThrownBy(() -> Sample.open(data)).isInstanceOf(ProblemException.class)
                    .hasMessageContaining(data.toString()).hasMessageContaining("no other hub");
            put(broker, visit("a"));
            assertThat(browse(broker, COPY)).containsExactly("a");
        }
    }

    @Test
    void dataThatCannotBeWrittenIsAProblemWithItsPlace() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "not a folder");

        assertThatThrownBy(() -> Sample.open(file)).isInstanceOf(ProblemException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFullDiskIsAnErrorForSendersAndNoObstacleForReaders() {
        try (Broker broker = Sample.broker(data)) {
            put(broker, visit("a"));
        }
        try (Broker broker = Sample.open(data, Long.MAX_VALUE); Publisher publisher = broker.publisher();
                BrokerSession session = consumer(broker)) {
            await().untilAsserted(() -> assertThatThrownBy(broker::check)
                    .isInstanceOfSatisfying(ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("broker-disk-full")));

            assertThatThrownBy(() -> publisher.publish(List.of(visit("b")), new byte[1]))
                    .isInstanceOf(BrokerException.class).hasMessageContaining("full");
            session.acknowledge(take(session, 1).get(0));
            session.commit();
            assertThat(broker.depth(COPY)).hasValue(0L);
        }
    }

    @Test
    void moreThanMemoryHoldsIsPagedAndStillInOrder() {
        byte[] body = new byte[200 << 10];
        int count = 700;
        try (Broker broker = Sample.broker(data)) {
            try (BrokerSession session = broker.session()) {
                for (int i = 0; i < count; i++) {
                    session.send(new Outbound(VISITS, "k", null, Map.of("n", "" + i), body));
                    if (i % 20 == 0) {
                        session.commit();
                    }
                }
                session.commit();
            }
            assertThat(broker.depth(COPY)).hasValue((long) count);
            try (BrokerSession session = consumer(broker)) {
                int next = 0;
                while (next < count) {
                    for (Inbound message : session.receive(50, Duration.ZERO)) {
                        assertThat(message.header("n")).isEqualTo("" + next++);
                        session.acknowledge(message);
                    }
                    session.commit();
                }
            }
        }
    }
}
