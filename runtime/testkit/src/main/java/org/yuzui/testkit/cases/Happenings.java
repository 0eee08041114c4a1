package org.yuzui.testkit.cases;

import org.yuzui.kernel.Registration;
import org.yuzui.launcher.Hub;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.StoredRecord;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What a hub's ledger tells from a moment on. */
public final class Happenings implements AutoCloseable {

    private static final Set<HopKind> ARRIVALS = Set.of(HopKind.RECEIVED, HopKind.PUBLISHED, HopKind.DUPLICATE);

    private final Hub hub;
    private final Instant since;
    private final Registration registration;
    private final Set<UUID> flows = new LinkedHashSet<>();
    private long changes;

    private Happenings(Hub hub, Clock clock) {
        this.hub = hub;
        // Hops carry milliseconds at best; one that falls into this very one is ours.
        this.since = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        this.registration = hub.ledger().listen(this::changed);
    }

    /** Begins to listen. What happened before is drained first, so that it isn't taken for what comes. */
    public static Happenings from(Hub hub, Clock clock) {
        hub.ledger().awaitDrained(Duration.ofSeconds(10));
        return new Happenings(hub, clock);
    }

    private synchronized void changed(List<UUID> ids) {
        flows.addAll(ids);
        changes++;
        notifyAll();
    }

    /** Grows whenever something was told. */
    public synchronized long changes() {
        return changes;
    }

    /** Waits until something new is told after {@code seen}, or the time is over. */
    public synchronized void awaitChange(long seen, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (changes == seen) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether nothing is on its way inside the hub: the ledger is drained, no subscription has anything to read. */
    public boolean atRest() {
        return hub.ledger().awaitDrained(Duration.ofSeconds(5))
                && hub.records().subscriptions().stream().allMatch(s -> s.waiting() == 0 && s.retrying() == 0);
    }

    /** The hops since the beginning, the earliest first. */
    public List<Hop> hops() {
        List<UUID> ids;
        synchronized (this) {
            ids = List.copyOf(flows);
        }
        List<Hop> hops = new ArrayList<>();
        for (UUID id : ids) {
            hub.ledger().hops(id).stream().filter(h -> !h.at().isBefore(since)).forEach(hops::add);
        }
        hops.sort(Comparator.comparing(Hop::at));
        return hops;
    }

    /** By contract what arrived, each record once however often it came; also what was known before. */
    public Map<String, List<StoredRecord>> records() {
        Map<String, List<StoredRecord>> records = new LinkedHashMap<>();
        Set<UUID> seen = new LinkedHashSet<>();
        for (Hop hop : hops()) {
            if (ARRIVALS.contains(hop.kind()) && seen.add(hop.flow())) {
                hub.records().store().byId(hop.flow())
                        .ifPresent(r -> records.computeIfAbsent(r.contract(), k -> new ArrayList<>()).add(r));
            }
        }
        return records;
    }

    /** What was refused, dead or failing: {@code code} and the whole sentence. */
    public List<Hop> of(HopKind kind) {
        return hops().stream().filter(h -> h.kind() == kind).toList();
    }

    @Override
    public void close() {
        registration.close();
    }
}
