package org.yuzui.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.broker.Patience.await;
import static org.yuzui.broker.Sample.COPY;
import static org.yuzui.broker.Sample.TRAIL;
import static org.yuzui.broker.Sample.browse;
import static org.yuzui.broker.Sample.bytes;
import static org.yuzui.broker.Sample.consumer;
import static org.yuzui.broker.Sample.put;
import static org.yuzui.broker.Sample.take;
import static org.yuzui.broker.Sample.texts;
import static org.yuzui.broker.Sample.trail;
import static org.yuzui.broker.Sample.visit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.broker.Publisher.Outcome;
import org.yuzui.kernel.HeldPort;
import org.yuzui.kernel.ProblemException;

/** An Artemis of somebody else's, reached over TCP with a user and a password, going away and coming back. */
@Timeout(300)
class ExternalBrokerTest {

    @TempDir
    Path data;
    final HeldPort held = new HeldPort();
    final int port = held.number();
    ActiveMQServer server;

    @BeforeEach
    void startArtemis() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setJournalType(JournalType.NIO).setJournalBufferTimeout_NIO(100_000).setMaxDiskUsage(100)
                .setJMXManagementEnabled(false)
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setJournalDirectory(data.resolve("journal").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .addAcceptorConfiguration("core", "tcp://127.0.0.1:" + port + "?protocols=CORE");
        configuration.getAddressSettings().put("#", new AddressSettings()
                .setAutoCreateQueues(false).setAutoCreateAddresses(false));
        server = new ActiveMQServerImpl(configuration, null, new OneUser());
        server.start();
    }

    @AfterEach
    void stopArtemis() throws Exception {
        server.stop();
        held.close();
    }

    private Broker open(String password) {
        return Broker.open(new BrokerSettings("tcp://127.0.0.1:" + port, "hub", password, null, TRAIL, 0), Clock.systemUTC());
    }

    @Test
    void messagesTrailDuplicatesAndLargeBodiesGoAsWithTheEmbeddedOne() {
        byte[] large = new byte[3 << 20];
        try (Broker broker = Sample.prepared(open("secret")); Publisher publisher = broker.publisher()) {
            assertThat(publisher.publish(List.of(visit(null, "1", "a")), bytes("hop a"))).isEqualTo(Outcome.DURABLE);
            assertThat(publisher.publish(List.of(visit(null, "1", "again")), bytes("hop"))).isEqualTo(Outcome.DUPLICATE);
            try (BrokerSession session = broker.session()) {
                session.send(visit(null, "1", "again"));
                session.trail(bytes("hop"));
                assertThatThrownBy(session::commit).isInstanceOf(DuplicateMessageException.class);
                session.send(new Outbound(Sample.VISITS, null, "2", Map.of(), large));
                session.commit();
            }
            assertThat(trail(broker)).containsExactly("hop a");
            assertThat(broker.queues()).contains(COPY, TRAIL);
            assertThat(broker.depth(COPY)).hasValue(2L);
            try (BrokerSession session = consumer(broker)) {
                List<Inbound> taken = take(session, 2);
                assertThat(taken.get(0).body()).isEqualTo(bytes("a"));
                assertThat(taken.get(1).body()).isEqualTo(large);
            }
            assertThat(broker.describe()).contains("tcp://127.0.0.1:" + port).doesNotContain("secret");
        }
    }

    /** Duplicates can't be known beforehand here: the commit fails, and each call is tried alone. */
    @Test
    void duplicatesAmongManyCallersFailOnlyThemselves() throws Exception {
        try (Broker broker = Sample.prepared(open("secret")); Publisher publisher = broker.publisher()) {
            put(broker, visit(null, "id-0", "id-0"), visit(null, "id-7", "id-7"));
            List<CompletableFuture<Outcome>> results = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> publisher.publish(
                            List.of(visit(null, "id-" + i, "id-" + i)), bytes("hop " + i)))).toList();
            for (int i = 0; i < 20; i++) {
                assertThat(results.get(i).get(120, TimeUnit.SECONDS)).as("id-" + i)
                        .isEqualTo(i == 0 || i == 7 ? Outcome.DUPLICATE : Outcome.DURABLE);
            }
            assertThat(browse(broker, COPY)).hasSize(20).doesNotHaveDuplicates();
            assertThat(trail(broker)).hasSize(18).doesNotHaveDuplicates();
        }
    }

    @Test
    void aLostBrokerIsAnErrorAndAllGoesOnWhenItIsBack() throws Exception {
        try (Broker broker = Sample.prepared(open("secret")); Publisher publisher = broker.publisher();
                BrokerSession session = consumer(broker)) {
            put(broker, visit("a"), visit("b"));
            session.acknowledge(take(session, 2).get(0));
            publisher.publish(List.of(), bytes("before"));

            server.stop();
            assertThatThrownBy(() -> publisher.publish(List.of(), bytes("lost"))).isInstanceOf(BrokerException.class);
            assertThatThrownBy(session::commit).isInstanceOf(BrokerException.class);
            assertThatThrownBy(broker::check).isInstanceOfSatisfying(ProblemException.class,
                    e -> assertThat(e.problem().code()).isEqualTo("broker-unreachable"));
            server.start();

            assertThat(publisher.publish(List.of(), bytes("after"))).isEqualTo(Outcome.DURABLE);
            session.rollback();
            List<Inbound> again = take(session, 2);
            assertThat(texts(again)).containsExactly("a", "b");
            again.forEach(session::acknowledge);
            session.commit();
            assertThat(broker.depth(COPY)).hasValue(0L);
            assertThat(trail(broker)).containsExactly("before", "after");
            broker.check();
        }
    }

    @Test
    void aReceiveThatWaitsWhenTheBrokerGoesIsToldSo() throws Exception {
        try (Broker broker = Sample.prepared(open("secret")); BrokerSession session = consumer(broker)) {
            CompletableFuture<List<Inbound>> waiting = CompletableFuture.supplyAsync(
                    () -> session.receive(1, Duration.ZERO));
            await().until(() -> server.locateQueue(COPY).getConsumerCount() == 1);

            server.stop();

            assertThatThrownBy(() -> waiting.get(120, TimeUnit.SECONDS)).hasCauseInstanceOf(BrokerException.class);
        }
    }

    @Test
    void whatIsWrongWithTheAddressOrTheUserIsSaid() throws Exception {
        assertThatThrownBy(() -> open("wrong")).isInstanceOf(ProblemException.class).hasMessageContaining("user")
                .hasMessageNotContaining("wrong)");
        server.stop();
        assertThatThrownBy(() -> open("secret")).isInstanceOf(ProblemException.class)
                .hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("Check that it runs");
        BrokerSettings nonsense = new BrokerSettings("nonsense", null, null, null, TRAIL, 0);
        assertThatThrownBy(() -> Broker.open(nonsense, Clock.systemUTC())).isInstanceOf(ProblemException.class)
                .hasMessageContaining("nonsense");
    }

    private static final class OneUser implements ActiveMQSecurityManager {
        @Override
        public boolean validateUser(String user, String password) {
            return "hub".equals(user) && "secret".equals(password);
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
            return validateUser(user, password);
        }
    }
}
