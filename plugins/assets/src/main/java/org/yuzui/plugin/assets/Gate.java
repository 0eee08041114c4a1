package org.yuzui.plugin.assets;

import org.yuzui.plugin.assets.input.Findings;
import org.yuzui.plugin.assets.life.Event;
import org.yuzui.plugin.assets.life.Life;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets records in that fit to what is known of their assets: with them, every asset's life must be possible, in the order of the
 * days and whatever the order of arrival. Of several files or calls about an asset one passes at a time, from its check until it
 * is durable. Thread-safe.
 */
public final class Gate {

    private static final long PATIENCE_SECONDS = 60;
    /** Assets share them by their numbers' hash: so many that two calls seldom meet, and few enough for a file that needs them all. */
    private static final int LANES = 256;

    private final Lookups lookups;
    private final List<Semaphore> lanes = new ArrayList<>(LANES);

    public Gate(Lookups lookups) {
        this.lookups = lookups;
        for (int i = 0; i < LANES; i++) {
            lanes.add(new Semaphore(1, true));
        }
    }

    /** The right to be alone with some assets. */
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits until nobody else is about to change what is known of these assets. @throws IOException when others take too long; try again */
    Pass enter(Collection<Candidate> candidates) throws IOException {
        SortedSet<Integer> wanted = new TreeSet<>(); // everybody takes them in this order, so that no two wait for each other
        candidates.forEach(c -> wanted.add(Math.floorMod(c.event().asset().hashCode(), LANES)));
        List<Semaphore> taken = new ArrayList<>(wanted.size());
        Pass pass = () -> taken.forEach(Semaphore::release);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            for (int lane : wanted) {
                if (!lanes.get(lane).tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    pass.close();
                    throw new IOException("Others are changing the same assets for more than " + PATIENCE_SECONDS + " seconds.");
                }
                taken.add(lanes.get(lane));
            }
            return pass;
        } catch (InterruptedException e) {
            pass.close();
            Thread.currentThread().interrupt();
            throw new IOException("The plugin is being stopped.", e);
        }
    }

    /** Tells what does not fit. */
    void check(Collection<Candidate> candidates, Findings findings) {
        Map<String, List<Candidate>> byAsset = new LinkedHashMap<>();
        candidates.forEach(c -> byAsset.computeIfAbsent(c.event().asset(), a -> new ArrayList<>(2)).add(c));
        lookups.each(byAsset.keySet(), (asset, known) -> check(known, byAsset.get(asset), findings));
    }

    private void check(List<Event> known, List<Candidate> incoming, Findings findings) {
        Map<String, Event> events = new LinkedHashMap<>();
        known.forEach(e -> events.put(e.key(), e));
        Set<Life.Broken> before = new HashSet<>(Life.of(events.values(), null, lookups).broken());
        Map<Event, Candidate> places = new HashMap<>();
        for (Candidate candidate : incoming) {
            if (candidate.counts()) {
                events.put(candidate.event().key(), candidate.event());
            } else {
                events.remove(candidate.event().key());
            }
            places.put(candidate.event(), candidate);
        }
        for (Life.Broken broken : Life.of(events.values(), null, lookups).broken()) {
            Candidate candidate = places.get(broken.event());
            if (candidate != null) {
                findings.add(broken.code(), candidate.place(), name(broken.event()), null, broken.message());
            } else if (!before.contains(broken)) {
                findings.add("contradicts-later", incoming.get(0).place(), "asset", broken.event().asset(), "With it, the "
                        + name(broken.event()) + " of " + broken.event().day() + ", which is known already, could not be (" + broken.code()
                        + "). Correct the day, or take that one back first by the status void.");
            }
        }
    }

    private static String name(Event event) {
        return event.kind() == Event.Kind.CARD ? "card" : event.kind().word() + " " + event.number();
    }
}
