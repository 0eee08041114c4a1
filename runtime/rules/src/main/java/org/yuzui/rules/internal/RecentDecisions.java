package org.yuzui.rules.internal;

import org.yuzui.rules.Decision;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last decisions of one rule; without a lock, because every record passes here. */
final class RecentDecisions {

    private final AtomicReferenceArray<Decision> ring;
    private final AtomicLong next = new AtomicLong();

    RecentDecisions(int size) {
        this.ring = new AtomicReferenceArray<>(size);
    }

    /** Keeps a copy of the outputs: whoever asked goes on to change what it was given. */
    void add(Decision decision) {
        Decision kept = new Decision(decision.rule(), decision.at(), decision.outputs().deepCopy(), decision.fired(),
                decision.micros());
        ring.set((int) (next.getAndIncrement() % ring.length()), kept);
    }

    List<Decision> newestFirst() {
        List<Decision> all = new ArrayList<>();
        long end = next.get();
        for (long i = end - 1; i >= Math.max(0, end - ring.length()); i--) {
            Decision decision = ring.get((int) (i % ring.length()));
            if (decision != null) {
                all.add(decision);
            }
        }
        return all;
    }
}
