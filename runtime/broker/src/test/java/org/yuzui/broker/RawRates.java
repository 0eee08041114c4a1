package org.yuzui.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
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
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;

/**
 * What the disk and plain Artemis can do here, beside what the publisher makes of it. A program, not a test:
 * {@code java -cp … org.yuzui.broker.RawRates [folder] [seconds a measure] [buffer timeout in ns]}.
 */
public final class RawRates {

    private static final byte[] RECORD = new byte[1024];
    private static final byte[] HOP = new byte[200];

    private final Path folder;
    private final double seconds;
    private final int timeout;

    private RawRates(Path folder, double seconds, int timeout) {
        this.folder = folder;
        this.seconds = seconds;
        this.timeout = timeout;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(args.length > 0 ? Path.of(args[0]) : Path.of("."), "raw-rates");
        try {
            double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 2;
            new RawRates(folder, seconds, args.length > 2 ? Integer.parseInt(args[2]) : 0).measure();
        } finally {
            try (var paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
        System.exit(0);
    }

    private void measure() throws Exception {
        double syncs = disk();
        row("disk: 4 KiB write + force", "syncs/s", syncs);
        int nanos = timeout > 0 ? timeout : (int) Math.max(100_000, Math.min(3_300_000, 1e9 / syncs));
        System.out.printf("journal buffer timeout %d µs, record 1 KiB + hop 200 B%n", nanos / 1000);
        raw(nanos);
        publisher(nanos);
    }

    private static void row(String what, String unit, double rate) {
        System.out.printf("%-44s %,10.0f %s%n", what, rate, unit);
    }

    private double disk() throws IOException {
        Path file = folder.resolve("disk");
        int blocks = 1000;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(4096);
            for (int i = 0; i < blocks; i++) {
                channel.write(block.clear());
            }
            channel.force(true);
            long begin = System.nanoTime();
            long syncs = 0;
            while (System.nanoTime() - begin < seconds * 5e8) {
                channel.write(block.clear(), syncs++ % blocks * 4096);
                channel.force(false);
            }
            return syncs * 1e9 / (System.nanoTime() - begin);
        }
    }

    private void raw(int nanos) throws Exception {
        Path data = folder.resolve("raw");
        Configuration configuration = new ConfigurationImpl()
                .addAcceptorConfiguration(new TransportConfiguration(InVMAcceptorFactory.class.getName()))
                .setSecurityEnabled(false).setJMXManagementEnabled(false).setMaxDiskUsage(100)
                .setJournalType(JournalType.NIO).setJournalBufferTimeout_NIO(nanos)
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setJournalDirectory(data.resolve("journal").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString());
        ActiveMQServer server = new ActiveMQServerImpl(configuration, null, null);
        server.start();
        for (String address : List.of("records", "hops")) {
            server.createQueue(QueueConfiguration.of(address).setRoutingType(RoutingType.MULTICAST).setDurable(true));
        }
        try (ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(
                new TransportConfiguration(InVMConnectorFactory.class.getName()))) {
            locator.setBlockOnDurableSend(false).setProducerWindowSize(-1);
            for (int sessions : new int[]{1, 8, 32}) {
                row("plain Artemis, " + sessions + " session(s), 1 a commit", "records/s", raw(locator, sessions, 1));
                empty(server);
            }
            for (int batch : new int[]{100, 200}) {
                for (int sessions : new int[]{1, 2}) {
                    row("plain Artemis, " + sessions + " session(s), " + batch + " a commit", "records/s",
                            raw(locator, sessions, batch));
                    empty(server);
                }
            }
        } finally {
            server.stop();
        }
    }

    private static void empty(ActiveMQServer server) throws Exception {
        for (String queue : List.of("records", "hops")) {
            server.locateQueue(queue).deleteAllReferences();
        }
    }

    private double raw(ServerLocator locator, int sessions, int batch) throws Exception {
        return inParallel(sessions, () -> {
            try (ClientSessionFactory factory = locator.createSessionFactory();
                    ClientSession session = factory.createSession(false, false, 0)) {
                ClientProducer producer = session.createProducer();
                long sent = 0;
                long end = end();
                while (System.nanoTime() < end) {
                    for (int i = 0; i < batch; i++) {
                        producer.send("records", message(session, RECORD)
                                .putBytesProperty(Message.HDR_DUPLICATE_DETECTION_ID, id().getBytes()));
                    }
                    for (int i = 0; i < batch; i++) {
                        producer.send("hops", message(session, HOP));
                    }
                    session.commit();
                    sent += batch;
                }
                return sent;
            }
        });
    }

    private static Message message(ClientSession session, byte[] body) {
        ClientMessage message = session.createMessage(true);
        message.getBodyBuffer().writeBytes(body);
        return message;
    }

    private void publisher(int nanos) throws Exception {
        BrokerSettings settings = new BrokerSettings(null, null, null, folder.resolve("hub"), "hops", nanos);
        try (Broker broker = Broker.open(settings, Clock.systemUTC())) {
            System.out.println(broker.describe());
            for (int callers : new int[]{1, 8, 32, 128}) {
                broker.queue("records", "records");
                broker.queue("hops", "hops");
                try (Publisher publisher = broker.publisher()) {
                    row("publisher, " + callers + " caller(s)", "records/s", inParallel(callers, () -> {
                        long sent = 0;
                        long end = end();
                        while (System.nanoTime() < end) {
                            publisher.publish(List.of(new Outbound("records", null, id(), Map.of(), RECORD)), HOP);
                            sent++;
                        }
                        return sent;
                    }));
                }
                broker.removeQueue("records");
                broker.removeQueue("hops");
            }
        }
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private long end() {
        return System.nanoTime() + (long) (seconds * 1e9);
    }

    private double inParallel(int threads, Callable<Long> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            List<Future<Long>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(work));
            }
            long sent = 0;
            for (Future<Long> future : futures) {
                sent += future.get();
            }
            return sent * 1e9 / (System.nanoTime() - begin);
        } finally {
            pool.shutdown();
        }
    }
}
