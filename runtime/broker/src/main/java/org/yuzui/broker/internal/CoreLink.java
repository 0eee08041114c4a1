package org.yuzui.broker.internal;

import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.TransportConfiguration;

/** The way to a broker, whether in this JVM or across a network: opens channels to it. Thread-safe. */
final class CoreLink implements AutoCloseable {

    private static final long CALL_TIMEOUT_MILLIS = 30_000;

    private final ClientThreads threads = new ClientThreads();
    private final ServerLocator locator;
    private final String user;
    private final String password;

    private CoreLink(ServerLocator locator, String user, String password) {
        this.locator = locator;
        locator.setThreadPools(threads.work(), threads.timer(), threads.work());
        this.user = user;
        this.password = password;
    }

    static CoreLink inVm(TransportConfiguration connector) {
        ServerLocator locator = tuned(ActiveMQClient.createServerLocatorWithoutHA(connector));
        // Across a network the default stays: its frames must be smaller than that.
        locator.setMinLargeMessageSize(EmbeddedConfiguration.LARGE_MESSAGE);
        return new CoreLink(locator, null, null);
    }

    static CoreLink to(String url, String user, String password) throws Exception {
        return new CoreLink(tuned(ActiveMQClient.createServerLocator(url)), user, password);
    }

    private static ServerLocator tuned(ServerLocator locator) {
        locator.setUseGlobalPools(false);
        // In a transaction only the commit has to wait for an answer.
        locator.setBlockOnDurableSend(false);
        locator.setBlockOnAcknowledge(false);
        // The broker pages instead of holding senders back, so credits would only cost.
        locator.setProducerWindowSize(-1);
        locator.setCallTimeout(CALL_TIMEOUT_MILLIS);
        locator.setCallFailoverTimeout(CALL_TIMEOUT_MILLIS);
        // A transaction does not survive its connection: whoever had it opens a new channel and starts over.
        locator.setReconnectAttempts(0);
        locator.setInitialConnectAttempts(1);
        locator.setUseTopologyForLoadBalancing(false);
        return locator;
    }

    /** A channel on a connection of its own, so that channels don't queue up behind each other. */
    CoreChannel transacted() throws Exception {
        return open(false);
    }

    /** A channel whose calls take effect at once; for looking after queues. */
    CoreChannel immediate() throws Exception {
        return open(true);
    }

    private CoreChannel open(boolean autoCommit) throws Exception {
        ClientSessionFactory factory = locator.createSessionFactory();
        try {
            ClientSession session = factory.createSession(user, password, false, autoCommit, autoCommit, false, 0);
            session.start();
            return new CoreChannel(factory, session, session.createProducer());
        } catch (Exception e) {
            factory.close();
            throw e;
        }
    }

    @Override
    public void close() {
        locator.close();
        threads.close();
    }
}
