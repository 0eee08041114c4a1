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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets records in that fit to what is known of their assets: with them, every asset's life must be possible, in the order of the
 * days and whatever the order of arrival. One file or call passes at a time, from its check until it is durable. Thread-safe.
 */
public final class Gate {

    private static final long PATIENCE_SECONDS = 60;

    private final Lookups lookups;
    private final Semaphore open = new Semaphore(1, true);

    public Gate(Lookups lookups) {
        this.lookups = lookups;
    }

    /** To be followed by {@link #leave()}. @throws IOException when others take too long; try again */
    void enter() throws IOException {
        try {
            if (!open.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("Another file or call is being taken for more than " + PATIENCE_SECONDS + " seconds.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The plugin is being stopped.", e);
        }
    }

    void leave() {
        open.release();
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
