package org.yuzui.web;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.CauseGroup;
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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** A ledger in memory. */
final class FakeLedger implements Ledger {

    private final List<Consumer<Hop>> watchers = new CopyOnWriteArrayList<>();
    private final Map<UUID, Flow> flows = new LinkedHashMap<>();
    private final Map<UUID, List<Hop>> hops = new LinkedHashMap<>();
    private final Map<UUID, byte[]> payloads = new LinkedHashMap<>();
    private final Set<UUID> contents = new HashSet<>();
    private final List<Consumer<List<UUID>>> listeners = new CopyOnWriteArrayList<>();
    volatile FlowQuery asked;
    volatile FlowFilter counted;
    volatile long lag;
    volatile boolean keyLost;
    /** So many bytes of what was kept can be read; what comes after them is damaged. */
    volatile long goodBytes = Long.MAX_VALUE;
    /** What the next searches throw. */
    volatile RuntimeException trouble;

    synchronized void add(Flow flow, byte[] payload, Hop... its) {
        flows.put(flow.id(), flow);
        hops.put(flow.id(), List.of(its));
        if (payload != null) {
            payloads.put(flow.id(), payload);
        }
        changed(List.of(flow.id()));
    }

    void changed(List<UUID> ids) {
        listeners.forEach(l -> l.accept(ids));
    }

    int listeners() {
        return listeners.size();
    }

    @Override
    public Registration watch(Consumer<Hop> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** A hop of the running pipeline. */
    void passes(Hop hop) {
        watchers.forEach(w -> w.accept(hop));
    }

    @Override
    public byte[] encode(Hop hop) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void keep(ToIntFunction<String> daysOfContract) {
    }

    @Override
    public FlowFacets facets(FlowFilter filter) {
        counted = filter;
        return new FlowFacets(3, true, List.of(new FlowFacets.Group("status", List.of(new FlowFacets.Count("DELIVERED", 2),
                new FlowFacets.Count("REFUSED", 1)))));
    }

    @Override
    public Causes causes(FlowFilter filter) {
        counted = filter;
        return new Causes(1, true, flows.values().stream().filter(f -> f.causeGroup() != null)
                .map(f -> new CauseGroup(f.causeGroup(), 1, f.firstAt(), f.firstAt(), f)).toList());
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
        counted = filter;
        return new org.yuzui.ledger.FlowWeight(flows.size(), 1_000L * flows.size(), true);
    }

    @Override
    public int forget(Instant now) {
        return 0;
    }

    @Override
    public void start() {
    }

    @Override
    public synchronized FlowPage find(FlowQuery q) {
        asked = q;
        if (trouble != null) {
            throw trouble;
        }
        int offset = q.cursor() == null ? 0 : Integer.parseInt(q.cursor());
        List<Flow> found = new ArrayList<>(flows.values().stream()
                .filter(f -> q.filter().contract() == null || q.filter().contract().equals(f.contract()))
                .filter(f -> q.filter().statuses() == null || q.filter().statuses().contains(f.status()))
                .filter(f -> q.filter().units() == null || q.filter().units().contains(f.unit()))
                .sorted(Comparator.comparing(Flow::firstAt).reversed()).toList());
        int end = Math.min(found.size(), offset + q.limit());
        return new FlowPage(found.subList(Math.min(offset, end), end), end < found.size() ? Integer.toString(end) : null);
    }

    @Override
    public synchronized Optional<Flow> flow(UUID id) {
        return Optional.ofNullable(flows.get(id));
    }

    @Override
    public synchronized List<Hop> hops(UUID id) {
        return hops.getOrDefault(id, List.of());
    }

    @Override
    public Optional<Keepsake> arrival(UUID id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized Optional<KeptMessage> payload(UUID id) {
        if (keyLost) {
            throw new ProblemException(Problem.of("payload-key-unknown", "The key is lost."));
        }
        return Optional.ofNullable(payloads.get(id)).map(bytes -> new KeptMessage(bytes, false));
    }

    /** Something beside hops that speak of it, or a flow's own. */
    synchronized void keep(UUID id, byte[] bytes, boolean content) {
        payloads.put(id, bytes);
        if (content) {
            contents.add(id);
        }
    }

    @Override
    public byte[] encode(Hop hop, Message message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] encode(Message message, String contract, Instant placed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized Map<UUID, Keepsake> beside(Collection<Hop> its) {
        Map<UUID, Keepsake> found = new LinkedHashMap<>();
        for (Hop hop : its) {
            for (UUID id : Arrays.asList(hop.flow(), hop.message())) {
                if (id != null && payloads.containsKey(id)) {
                    Message message = Message.of(payloads.get(id));
                    found.put(id, new Keepsake(id, hop.at(), contents.contains(id), message.size(),
                            keyLost ? null : HexFormat.of().formatHex(message.sha256()), keyLost ? "payload-key-unknown" : null));
                }
            }
        }
        return found;
    }

    @Override
    public synchronized Optional<InputStream> open(Keepsake keepsake) {
        if (keyLost) {
            throw new ProblemException(Problem.of("payload-key-unknown", "The key is lost."));
        }
        return Optional.ofNullable(payloads.get(keepsake.id())).map(bytes -> goodBytes >= bytes.length ? new ByteArrayInputStream(bytes)
                : new SequenceInputStream(new ByteArrayInputStream(bytes, 0, (int) goodBytes), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("payload-damaged", new ProblemException(Problem.of("payload-damaged", "It is not what was written.")));
                    }

                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        return read();
                    }
                }));
    }

    @Override
    public long lag() {
        return lag;
    }

    @Override
    public boolean awaitDrained(Duration atMost) {
        return true;
    }

    @Override
    public Registration listen(Consumer<List<UUID>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
    }
}
