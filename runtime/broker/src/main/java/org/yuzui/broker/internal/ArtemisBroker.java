package org.yuzui.broker.internal;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerException;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.BrokerSettings;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Publisher;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

/** Artemis in this JVM or across a network: the same code over a Core link, only the link's end differs. */
public final class ArtemisBroker implements Broker {

    private final EmbeddedServer server;
    private final CoreLink link;
    private final CoreMessages messages;
    private final Preflight preflight;
    private final QueueDesk desk;
    private final String description;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ArtemisBroker(EmbeddedServer server, CoreLink link, CoreMessages messages, String description) {
        this.server = server;
        this.link = link;
        this.messages = messages;
        this.preflight = server == null ? Preflight.NONE : server;
        this.desk = new QueueDesk(link);
        this.description = description;
    }

    public static ArtemisBroker open(BrokerSettings settings, Clock clock) {
        return open(settings, clock, EmbeddedServer.MINIMUM_FREE_DISK);
    }

    /** @param minimumFreeDisk with fewer bytes free, the embedded broker takes no messages */
    public static ArtemisBroker open(BrokerSettings settings, Clock clock, long minimumFreeDisk) {
        CoreMessages messages = new CoreMessages(clock, settings.trailAddress());
        ArtemisBroker broker = settings.url() == null
                ? embedded(settings, messages, minimumFreeDisk)
                : external(settings, messages);
        try {
            broker.address(settings.trailAddress());
            return broker;
        } catch (BrokerException e) {
            broker.close();
            throw new ProblemException(new Problem("broker-unreachable", "broker.url",
                    "The broker at " + (settings.url() == null ? settings.data() : settings.url()) + " can't be used ("
                            + e.getMessage() + ").",
                    "Check that it runs, that its Core acceptor listens there, and the user's password and rights."), e);
        }
    }

    private static ArtemisBroker embedded(BrokerSettings settings, CoreMessages messages, long minimumFreeDisk) {
        EmbeddedServer server = EmbeddedServer.start(settings.data(), settings.bufferTimeoutNanos(), minimumFreeDisk);
        return new ArtemisBroker(server, CoreLink.inVm(server.connector()), messages, server.describe());
    }

    private static ArtemisBroker external(BrokerSettings settings, CoreMessages messages) {
        try {
            return new ArtemisBroker(null, CoreLink.to(settings.url(), settings.user(), settings.password()), messages,
                    "Artemis at " + settings.url());
        } catch (Exception e) {
            throw new ProblemException(new Problem("broker-url", "broker.url",
                    "“" + settings.url() + "” is no broker's address (" + Failures.reason(e) + ").",
                    "Write it as tcp://host:61616."), e);
        }
    }

    @Override
    public void address(String address) {
        desk.address(address);
    }

    @Override
    public void queue(String address, String queue) {
        desk.queue(address, queue);
    }

    @Override
    public void removeQueue(String queue) {
        desk.removeQueue(queue);
    }

    @Override
    public List<String> queues() {
        return desk.queues();
    }

    @Override
    public Optional<Long> depth(String queue) {
        preflight.counted(queue);
        return desk.depth(queue);
    }

    @Override
    public void browse(String queue, Consumer<Inbound> reader) {
        desk.browse(queue, reader);
    }

    @Override
    public BrokerSession session() {
        refuseClosed();
        TransactedSession session = new TransactedSession(link, messages, preflight, open::remove);
        open.add(session);
        return session;
    }

    @Override
    public Publisher publisher() {
        refuseClosed();
        CommitWriter channel = new ChannelWriter(link, messages);
        GroupPublisher publisher = new GroupPublisher(server == null ? channel : server.writer(messages, channel), preflight, open::remove);
        open.add(publisher);
        return publisher;
    }

    private void refuseClosed() {
        if (closed) {
            throw new BrokerException("the broker is closed", null);
        }
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public boolean knows(String address, String duplicateId) {
        return preflight.knows(address, duplicateId);
    }

    @Override
    public void check() {
        if (server != null) {
            server.check();
        }
        try {
            desk.check();
        } catch (BrokerException e) {
            throw new ProblemException(new Problem("broker-unreachable", description, "The broker does not answer.",
                    "Check that it runs; the log says more."), e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (AutoCloseable each : List.copyOf(open)) {
            if (each instanceof Publisher publisher) {
                publisher.close();
            } else if (each instanceof BrokerSession session) {
                session.close();
            }
        }
        desk.close();
        link.close();
        if (server != null) {
            server.stop();
        }
    }
}
