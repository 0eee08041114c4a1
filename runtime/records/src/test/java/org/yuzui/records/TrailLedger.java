package org.yuzui.records;

import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Trail;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Causes;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFacets;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowPage;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.Keepsake;
import org.yuzui.ledger.KeptMessage;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * A ledger that shows what the trail in the broker says, and nothing that a rolled back transaction wrote: an entry is a
 * ticket, the hop behind it counts when the ticket has travelled through the broker.
 */
final class TrailLedger implements Ledger {

    /** Outlive a restart of the hub, as the trail in the broker does. */
    private static final Map<Integer, Entry> TICKETS = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger();
    private final List<Hop> arrived = new CopyOnWriteArrayList<>();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    /** Whether there is no room for messages. */
    volatile boolean full;
    private final BrokerSession session;
    private final Thread reader;
    private volatile boolean open = true;

    TrailLedger(Broker broker) {
        broker.address(TRAIL);
        broker.queue(TRAIL, TRAIL);
        session = broker.session();
        session.consume(TRAIL, 1000);
        reader = new Thread(this::read, "trail-reader");
        reader.start();
    }

    private void read() {
        while (open) {
            for (Inbound m : session.receive(100, Duration.ZERO)) {
                Trail.split(m.body()).forEach(e -> take(TICKETS.get(ByteBuffer.wrap(e).getInt())));
                session.acknowledge(m);
            }
            session.commit();
        }
    }

    private void take(Entry entry) {
        if (entry.message != null) {
            messages.add(entry.message);
        }
        if (entry.hop != null) {
            arrived.add(entry.hop);
        }
    }

    /** What is durable, in the order of the commits. */
    List<Hop> arrived() {
        return List.copyOf(arrived);
    }

    List<Hop> arrived(String subscription) {
        return arrived.stream().filter(h -> subscription.equals(h.subscription())).toList();
    }

    @Override
    public byte[] encode(Hop hop) {
        return encode(hop, null);
    }

    @Override
    public byte[] encode(Hop hop, Message message) {
        return ticket(new Entry(hop, message));
    }

    @Override
    public byte[] encode(Message message, String contract, Instant placed) {
        return ticket(new Entry(null, message));
    }

    private byte[] ticket(Entry entry) {
        if (full && entry.message != null) {
            throw new ProblemException(Problem.of("payload-not-kept", "The disk is full."));
        }
        int ticket = NEXT.incrementAndGet();
        TICKETS.put(ticket, entry);
        return ByteBuffer.allocate(4).putInt(ticket).array();
    }

    /** A hop, a message, or both together. */
    private record Entry(Hop hop, Message message) {
    }

    @Override
    public Map<UUID, Keepsake> beside(Collection<Hop> hops) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<InputStream> open(Keepsake keepsake) {
        throw new UnsupportedOperationException();
    }

    /** What is durable of messages, in the order of the commits, as often as it was written. */
    List<Message> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        open = false;
        session.wakeUp();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }

    @Override
    public void keep(ToIntFunction<String> daysOfContract) {
    }

    @Override
    public FlowFacets facets(FlowFilter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Causes causes(FlowFilter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void each(FlowFilter filter, Set<UUID> only, Consumer<Flow> reader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<UUID> kept(Collection<UUID> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public org.yuzui.ledger.FlowWeight weigh(FlowFilter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int forget(Instant now) {
        return 0;
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FlowPage find(FlowQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Flow> flow(UUID id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Hop> hops(UUID id) {
        return arrived.stream().filter(h -> h.flow().equals(id)).toList();
    }

    @Override
    public Optional<Keepsake> arrival(UUID id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<KeptMessage> payload(UUID id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long lag() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean awaitDrained(Duration atMost) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration listen(Consumer<List<UUID>> listener) {
        throw new UnsupportedOperationException();
    }
}
