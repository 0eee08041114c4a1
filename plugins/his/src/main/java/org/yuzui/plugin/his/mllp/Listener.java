package org.yuzui.plugin.his.mllp;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.mllp.MllpConfiguration;
import org.apache.camel.component.mllp.MllpConstants;
import org.apache.camel.component.mllp.MllpTcpServerConsumer;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.spi.Headers;

import javax.net.ssl.SSLSocket;
import java.net.BindException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Consumes what senders bring over MLLP, one thread a connection. camel-mllp binds and accepts; from the accepted socket
 * on everything is done here, and everything reaches the route: a whole message as its body, anything else as what was
 * kept of it with the header {@link #FAULT}.
 *
 * <p>The route answers by the exchange property {@link MllpConstants#MLLP_ACKNOWLEDGEMENT}; when it sets none the
 * connection is closed without an answer, and the sender has to send again.
 */
public class Listener extends MllpTcpServerConsumer {

    /** {@link Fault}: why the body is no whole message. Absent on a message. */
    public static final String FAULT = "HisFault";
    /** The sender's address: {@code 10.1.2.3:50012}. */
    public static final String PEER = "HisPeer";

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int LARGE_AT_A_TIME = 2;
    private static final long DRAIN_MILLIS = 10_000;
    /** The ledger hears at most this often that connections are turned away: a flood must not become a flood there. */
    private static final long TOO_MANY_EVERY = TimeUnit.SECONDS.toNanos(10);

    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final FrameReader.Gate gate = gate(new Semaphore(LARGE_AT_A_TIME));
    private ExecutorService threads;
    private volatile boolean open;
    private long toldTooMany;

    Listener(ListenerEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    protected void doStart() throws Exception {
        ThreadPoolProfile profile = new ThreadPoolProfile("mllp");
        profile.setPoolSize(1);
        profile.setMaxPoolSize(getConfiguration().getMaxConcurrentConsumers());
        profile.setMaxQueueSize(0);
        profile.setKeepAliveTime(30L);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        threads = camel().newThreadPool(this, "mllp " + getEndpoint().getPort(), profile);
        open = true;
        try {
            super.doStart();
        } catch (BindException e) {
            throw new BindException("Can't listen on " + getEndpoint().getServiceUrl() + ": the port is in use, or the"
                    + " address is not this machine's. Free it, or set listen.host and listen.port.");
        }
    }

    /** Stops accepting, ends idle lines at once and the others after the message that they are busy with. */
    @Override
    protected void doStop() throws Exception {
        open = false;
        super.doStop();
        connections.forEach(c -> c.end(false));
        if (threads != null) {
            threads.shutdown();
            if (!camel().awaitTermination(threads, DRAIN_MILLIS)) {
                LOG.warn("mllp {}: {} connections were still busy after {} ms and are closed", getEndpoint().getPort(),
                        connections.size(), DRAIN_MILLIS);
                connections.forEach(c -> c.end(true));
            }
            camel().shutdownNow(threads);
            threads = null;
        }
    }

    /** Called by camel-mllp's accept thread for every new connection. */
    @Override
    public void validateConsumer(Socket socket) {
        MllpConfiguration settings = getConfiguration();
        Connection connection = new Connection(socket, gate, this::take, settings.getMaxBufferSize(),
                settings.getIdleTimeout() == null ? 0 : settings.getIdleTimeout(), settings.getReadTimeout());
        connections.add(connection);
        if (socket instanceof SSLSocket secured) {
            secured.setNeedClientAuth(((ListenerEndpoint) getEndpoint()).asksForProof());
        }
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            threads.execute(() -> {
                try {
                    connection.run();
                } finally {
                    connections.remove(connection);
                }
            });
            if (!open) { // it was accepted while the listener stopped
                connection.end(false);
            }
        } catch (RejectedExecutionException e) {
            connections.remove(connection);
            connection.end(true);
            turnAway(Connection.address(socket));
        } catch (SocketException e) {
            connections.remove(connection);
            connection.end(true);
        }
    }

    private void turnAway(String peer) {
        LOG.warn("mllp {}: turned away, all {} connections are in use", peer, getConfiguration().getMaxConcurrentConsumers());
        long now = System.nanoTime();
        if (open && (toldTooMany == 0 || now - toldTooMany >= TOO_MANY_EVERY)) {
            toldTooMany = now;
            take(new byte[0], Fault.TOO_MANY, getConfiguration().getMaxConcurrentConsumers() + " in use", peer);
        }
    }

    private byte[] take(byte[] bytes, Fault fault, String remark, String peer) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        try {
            createUoW(exchange);
            Message message = exchange.getIn();
            message.setBody(bytes);
            message.setHeader(PEER, peer);
            if (fault != null) {
                message.setHeader(FAULT, fault);
                message.setHeader(Headers.REMARK, remark);
            }
            getProcessor().process(exchange);
            byte[] answer = exchange.getProperty(MllpConstants.MLLP_ACKNOWLEDGEMENT, byte[].class);
            if (answer == null && fault == null) {
                LOG.warn("mllp {}: no answer, the connection is closed: {}", peer, String.valueOf(exchange.getException()));
            }
            return answer;
        } catch (Exception e) {
            LOG.warn("mllp {}: not processed, the connection is closed: {}", peer, e.toString());
            return null;
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    private ExecutorServiceManager camel() {
        return getEndpoint().getCamelContext().getExecutorServiceManager();
    }

    private static FrameReader.Gate gate(Semaphore permits) {
        return new FrameReader.Gate() {
            @Override
            public void enter() throws InterruptedException {
                permits.acquire();
            }

            @Override
            public void leave() {
                permits.release();
            }
        };
    }
}
