package org.yuzui.broker.internal;

import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.DiskFullMessagePolicy;
import org.apache.activemq.artemis.nativo.jlibaio.LibaioContext;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** Every setting of the embedded server, with its reason. */
final class EmbeddedConfiguration {

    /** Larger bodies go to a file of their own; a commit's trail should stay below it. */
    static final int LARGE_MESSAGE = 512 << 10;

    /** Must hold the largest message that isn't a large one. */
    private static final int JOURNAL_BUFFER = 1 << 20;

    /** A start reads every file to its end, byte by byte in a JVM that is still cold: small files start sooner. */
    private static final int JOURNAL_FILE = 4 << 20;

    /**
     * 320 MB. Below it a file goes when nothing in it is needed any more, which costs nothing; each file holds ids of duplicates though, and
     * lives until {@link #DUPLICATE_IDS} newer ones came, some 250 MB later. With fewer files the broker would read and copy all the time what
     * is about to go: with ten of them it took an eighth of the hub's processor time.
     */
    private static final int FILES_BEFORE_COMPACTION = 80;

    /** Ids kept for each address, persisted; some 8 MB of heap for an address that fills it. */
    private static final int DUPLICATE_IDS = 50_000;

    private static final int PAGE = 4 << 20;

    private EmbeddedConfiguration() {
    }

    static Configuration of(Path data, int id, long bufferTimeoutNanos, long minimumFreeDisk) throws Exception {
        Configuration c = new ConfigurationImpl();
        c.setName("yuzui-" + id);
        c.addAcceptorConfiguration(new TransportConfiguration(InVMAcceptorFactory.class.getName(),
                Map.of(TransportConstants.SERVER_ID_PROP_NAME, id)));
        // Nothing listens on a network, so there is nobody to authenticate.
        c.setSecurityEnabled(false);
        c.setResolveProtocols(false);
        journal(c, data, bufferTimeoutNanos);
        limits(c, minimumFreeDisk);
        c.addAddressSetting("#", addresses());
        quiet(c);
        return c;
    }

    private static void journal(Configuration c, Path data, long bufferTimeoutNanos) {
        int timeout = Math.toIntExact(bufferTimeoutNanos);
        c.setPersistenceEnabled(true);
        c.setBindingsDirectory(data.resolve("bindings").toString());
        c.setJournalDirectory(data.resolve("journal").toString());
        c.setPagingDirectory(data.resolve("paging").toString());
        c.setLargeMessagesDirectory(data.resolve("large").toString());
        c.setJournalType(LibaioContext.isLoaded() ? JournalType.ASYNCIO : JournalType.NIO);
        c.setJournalDatasync(true);
        c.setJournalSyncTransactional(true);
        c.setJournalSyncNonTransactional(true);
        c.setLargeMessageSync(true);
        c.setJournalFileSize(JOURNAL_FILE);
        c.setJournalMinFiles(2);
        c.setJournalCompactMinFiles(FILES_BEFORE_COMPACTION);
        c.setJournalPoolFiles(10);
        c.setJournalBufferSize_NIO(JOURNAL_BUFFER);
        c.setJournalBufferSize_AIO(JOURNAL_BUFFER);
        c.setJournalBufferTimeout_NIO(timeout);
        c.setJournalBufferTimeout_AIO(timeout);
        c.setPageSyncTimeout(timeout);
        c.setIDCacheSize(DUPLICATE_IDS);
        c.setPersistIDCache(true);
        // A second process on the same data must be told, not kept waiting.
        c.setJournalLockAcquisitionTimeout(1000);
    }

    private static void limits(Configuration c, long minimumFreeDisk) {
        // A fifth of the heap: 100 MB of messages in a JVM of 512 MB, what is beyond goes to pages on disk.
        c.setGlobalMaxSize(mostInMemory());
        // Bytes, not a share of the disk: nine tenths of a large disk used is no emergency.
        c.setMinDiskFree(minimumFreeDisk);
        c.setDiskScanPeriod(1000);
        c.setThreadPoolMaxSize(16);
        c.setScheduledThreadPoolMaxSize(2);
        // Its default halts the JVM, and the hub with it, when a disk is slow.
        c.setCriticalAnalyzer(true);
        c.setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG);
    }

    private static long mostInMemory() {
        return Math.max(32L << 20, Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 5));
    }

    private static AddressSettings addresses() {
        return new AddressSettings()
                // Who lets its own records pile up goes to pages while there is memory for the others.
                .setMaxSizeBytes(mostInMemory() / 2)
                .setAutoCreateAddresses(false).setAutoCreateQueues(false)
                .setAutoDeleteAddresses(false).setAutoDeleteQueues(false)
                .setNoExpiry(true)
                // Retries and dead letters are the records room's decision: the broker gives nothing up by itself.
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(0)
                // Never used, for the two reasons above; without them every queue is warned about at every start.
                .setDeadLetterAddress(SimpleString.of("unused.dead"))
                .setExpiryAddress(SimpleString.of("unused.expired"))
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                // An error, where the default would keep the sender waiting without end.
                .setDiskFullMessagePolicy(DiskFullMessagePolicy.FAIL)
                .setPageSizeBytes(PAGE)
                .setMaxReadPageBytes(2 * PAGE)
                .setPrefetchPageBytes(PAGE)
                .setIDCacheSize(DUPLICATE_IDS);
    }

    /** What a hub doesn't look at should cost nothing. */
    private static void quiet(Configuration c) {
        c.setJMXManagementEnabled(false);
        c.setMessageCounterEnabled(false);
        c.setSuppressSessionNotifications(true);
        c.setMessageExpiryScanPeriod(-1);
        c.setAddressQueueScanPeriod(-1);
        c.setMemoryMeasureInterval(-1);
        c.setFileDeployerScanPeriod(-1);
        c.setConfigurationFileRefreshPeriod(-1);
        c.setGracefulShutdownEnabled(false);
    }
}
