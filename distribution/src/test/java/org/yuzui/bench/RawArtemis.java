package org.yuzui.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.nativo.jlibaio.LibaioContext;

/**
 * Artemis in this process with nothing around it. A record is 1 KiB with a duplicate id; a commit carries besides its
 * records one message with 200 bytes of hop for each of them, as the hub's commits do.
 */
final class RawArtemis implements AutoCloseable {

    private static final byte[] RECORD = new byte[1024];
    private static final int HOP = 200;
    private static final String RECORDS = "records";
    private static final String HOPS = "hops";
    private static final String INCOMING = "incoming";
    /** What lies ready for {@link #passOn} stays in memory: paging is another measurement. */
    private static final int MOST_WAITING = 60_000;
    private static final int MOST_A_SECOND = 40_000;

    private final ActiveMQServer server;
    private final ServerLocator locator;

    private RawArtemis(ActiveMQServer server, ServerLocator locator) {
        this.server = server;
        this.locator = locator;
    }

    static RawArtemis start(Path data, int bufferTimeoutNanos) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .addAcceptorConfiguration(new TransportConfiguration(InVMAcceptorFactory.class.getName()))
                .setSecurityEnabled(false).setJMXManagementEnabled(false).setMaxDiskUsage(100)
                .setJournalType(LibaioContext.isLoaded() ? JournalType.ASYNCIO : JournalType.NIO)
                .setJournalBufferTimeout_NIO(bufferTimeoutNanos).setJournalBufferTimeout_AIO(bufferTimeoutNanos)
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setJournalDirectory(data.resolve("journal").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString());
        ActiveMQServer server = new ActiveMQServerImpl(configuration, null, null);
        server.start();
        for (String address : new String[] {RECORDS, HOPS, INCOMING}) {
            server.createQueue(QueueConfiguration.of(address).setRoutingType(RoutingType.MULTICAST).setDurable(true));
        }
        ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(
                new TransportConfiguration(InVMConnectorFactory.class.getName()));
        locator.setBlockOnDurableSend(false).setProducerWindowSize(-1);
        return new RawArtemis(server, locator);
    }

    /** Records a second of so many sessions that send in commits of {@code batch}. */
    double send(int sessions, int batch, double seconds) throws Exception {
        double rate = Parallel.run(sessions, seconds, (thread, end) -> {
            try (ClientSessionFactory factory = locator.createSessionFactory();
                    ClientSession session = factory.createSession(false, false, 0)) {
                ClientProducer producer = session.createProducer();
                long sent = 0;
                while (System.nanoTime() < end) {
                    send(session, producer, RECORDS, batch);
                    session.commit();
                    sent += batch;
                }
                return sent;
            }
        }).rate();
        empty(RECORDS, HOPS);
        return rate;
    }

    /** Records a second of one session that takes {@code batch} records, sends as many, and commits both at once. */
    double passOn(int batch, double seconds) throws Exception {
        try (ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession(false, false, 0)) {
            ClientProducer producer = session.createProducer();
            int waiting = (int) Math.min(MOST_WAITING, seconds * MOST_A_SECOND);
            for (int i = 0; i < waiting; i += batch) {
                send(session, producer, INCOMING, Math.min(batch, waiting - i));
                session.commit();
            }
            session.start();
            ClientConsumer consumer = session.createConsumer(INCOMING);
            int passed = 0;
            long begin = System.nanoTime();
            while (passed < waiting && System.nanoTime() - begin < seconds * 1e9) {
                int taken = Math.min(batch, waiting - passed);
                for (int i = 0; i < taken; i++) {
                    consumer.receive().acknowledge();
                }
                send(session, producer, RECORDS, taken);
                session.commit();
                passed += taken;
            }
            double rate = passed * 1e9 / (System.nanoTime() - begin);
            consumer.close();
            empty(RECORDS, HOPS, INCOMING);
            return rate;
        }
    }

    private static void send(ClientSession session, ClientProducer producer, String address, int batch) throws Exception {
        for (int i = 0; i < batch; i++) {
            byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
            producer.send(address, message(session, RECORD).putBytesProperty(Message.HDR_DUPLICATE_DETECTION_ID, id));
        }
        producer.send(HOPS, message(session, new byte[HOP * batch]));
    }

    private static Message message(ClientSession session, byte[] body) {
        ClientMessage message = session.createMessage(true);
        message.getBodyBuffer().writeBytes(body);
        return message;
    }

    private void empty(String... queues) throws Exception {
        for (String name : queues) {
            Queue queue = server.locateQueue(name);
            queue.deleteAllReferences();
        }
    }

    @Override
    public void close() throws ActiveMQException {
        locator.close();
        try {
            server.stop();
        } catch (ActiveMQException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("plain Artemis did not stop", e);
        }
    }
}
