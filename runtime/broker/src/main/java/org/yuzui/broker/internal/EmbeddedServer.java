package org.yuzui.broker.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.io.aio.AIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.apache.activemq.artemis.core.persistence.impl.journal.JournalStorageManager;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.BrokerException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

/** The Artemis server inside this JVM, reachable through its in-VM connector alone. */
final class EmbeddedServer implements Preflight {

    /** Free space below which the broker refuses messages: enough for it to go on delivering what it has. */
    static final long MINIMUM_FREE_DISK = 512L << 20;
    private static final int COUNT_SECONDS = 10;
    private static final int COMPACTION_SECONDS = 20;
    private static final int FILES_AT_REST = 10;

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);

    /** Several brokers in one JVM (tests) must not meet in the in-VM registry. */
    private static final AtomicInteger NEXT_ID = new AtomicInteger();

    private final ActiveMQServer server;
    private final Path data;
    private final int id;
    private final long bufferTimeout;

    private EmbeddedServer(ActiveMQServer server, Path data, int id, long bufferTimeout) {
        this.server = server;
        this.data = data;
        this.id = id;
        this.bufferTimeout = bufferTimeout;
    }

    /** @param minimumFreeDisk with fewer bytes free, messages are refused with an error */
    static EmbeddedServer start(Path data, long bufferTimeoutNanos, long minimumFreeDisk) {
        long begin = System.nanoTime();
        try {
            Files.createDirectories(data);
            long timeout = bufferTimeoutNanos > 0 ? bufferTimeoutNanos : JournalPace.of(data);
            int id = NEXT_ID.incrementAndGet();
            Configuration configuration = EmbeddedConfiguration.of(data, id, timeout, minimumFreeDisk);
            ActiveMQServer server = new ActiveMQServerImpl(configuration, null, null);
            AtomicReference<Exception> failure = new AtomicReference<>();
            server.registerActivationFailureListener(failure::set);
            server.start();
            if (failure.get() != null || !server.isActive()) {
                server.stop();
                throw unusable(data, failure.get());
            }
            EmbeddedServer started = new EmbeddedServer(server, data, id, timeout);
            log.info("Started {} in {} ms", started.describe(), (System.nanoTime() - begin) / 1_000_000);
            return started;
        } catch (ProblemException e) {
            throw e;
        } catch (Exception e) {
            throw unusable(data, e);
        }
    }

    private static ProblemException unusable(Path data, Exception cause) {
        String why = cause == null ? "it did not become active" : Failures.reason(cause);
        return new ProblemException(new Problem("broker-data-unusable", data.toString(),
                "The embedded broker can't start on its data (" + why + ").",
                "Check that no other hub uses this folder, that it is writable and that the disk isn't full."), cause);
    }

    TransportConfiguration connector() {
        return new TransportConfiguration(InVMConnectorFactory.class.getName(),
                Map.of(TransportConstants.SERVER_ID_PROP_NAME, id));
    }

    /** @param large takes what this server keeps in a file of its own */
    CommitWriter writer(CoreMessages messages, CommitWriter large) {
        return new DirectWriter(server, messages, large);
    }

    /** The journal that really runs: Artemis falls back to NIO without a word when libaio can't be used. */
    String journalType() {
        if (server.getStorageManager() instanceof JournalStorageManager storage
                && storage.getMessageJournal() instanceof JournalImpl journal) {
            return journal.getFileFactory() instanceof AIOSequentialFileFactory ? "ASYNCIO" : "NIO";
        }
        return "unknown";
    }

    String describe() {
        return "embedded Artemis %s at %s (%s journal, buffer timeout %s ms)".formatted(
                server.getVersion().getFullVersion(), data, journalType(), bufferTimeout / 10_000 / 100.0);
    }

    @Override
    public boolean knows(String address, String duplicateId) {
        return server.getPostOffice().getDuplicateIDCache(SimpleString.of(address))
                .contains(duplicateId.getBytes(StandardCharsets.UTF_8));
    }

    void check() {
        if (!server.isActive()) {
            throw new ProblemException(new Problem("broker-stopped", data.toString(), "The embedded broker has stopped.",
                    "See its last errors in the log, then start the hub again."));
        }
        if (server.getPagingManager().isDiskFull()) {
            throw new ProblemException(new Problem("broker-disk-full", data.toString(),
                    "The disk is nearly full: no messages are taken until space is freed.", "Free space on that disk."));
        }
    }

    @Override
    public void refuseWhenFull() {
        if (server.getPagingManager().isDiskFull()) {
            throw new BrokerException("The disk under " + data + " is nearly full: the broker takes no messages until "
                    + "space is freed", null);
        }
    }

    @Override
    public void counted(String queue) {
        Queue there = server.locateQueue(SimpleString.of(queue));
        if (there != null) {
            // A task of our own behind the one that counts: Artemis' flush returns at once when that has not begun yet.
            CountDownLatch counted = new CountDownLatch(1);
            there.getExecutor().execute(counted::countDown);
            try {
                counted.await(COUNT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void stop() {
        compact();
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("The embedded broker at {} did not stop cleanly: {}", data, Failures.reason(e));
        }
    }

    /** A start reads the whole journal: it should find only what is needed. After a kill it reads up to 320 MB, some seconds longer. */
    private void compact() {
        try {
            if (server.isActive() && server.getStorageManager().getMessageJournal() instanceof JournalImpl journal
                    && journal.getDataFilesCount() > FILES_AT_REST) {
                journal.scheduleCompactAndBlock(COMPACTION_SECONDS);
            }
        } catch (Exception e) {
            // Nothing is lost by it: the next start takes longer.
            log.info("The journal at {} was not compacted: {}", data, Failures.reason(e));
        }
    }
}
