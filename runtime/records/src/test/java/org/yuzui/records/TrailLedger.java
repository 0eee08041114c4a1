package org.yuzui.records;

import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Trail;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Causes;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFacets;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowPage;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.KeptMessage;
import org.yuzui.ledger.Ledger;

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
    private static final Map<Integer, Hop> TICKETS = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger();
    private final List<Hop> arrived = new CopyOnWriteArrayList<>();
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
                Trail.split(m.body()).forEach(e -> arrived.add(TICKETS.get(ByteBuffer.wrap(e).getInt())));
                session.acknowledge(m);
            }
            session.commit();
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
        int ticket = NEXT.incrementAndGet();
        TICKETS.put(ticket, hop);
        return ByteBuffer.allocate(4).putInt(ticket).array();
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
    public Optional<KeptMessage> payload(UUID id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int removePayloads(String contract, Instant before, int most) {
        return 0;
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
