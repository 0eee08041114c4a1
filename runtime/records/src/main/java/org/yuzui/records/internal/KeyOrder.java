package org.yuzui.records.internal;

import org.yuzui.ledger.Flow;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which of some flows of a key are still to go, by the time of their arrival. Those of the same instant don't wait for each other. */
final class KeyOrder {

    private record Key(String contract, String key) {

        static Key of(Flow flow) {
            return new Key(flow.contract(), flow.key());
        }
    }

    /** How many of an instant. */
    private final Map<Key, TreeMap<Instant, Integer>> toGo = new HashMap<>();

    KeyOrder(Collection<Flow> flows) {
        flows.forEach(f -> toGo.computeIfAbsent(Key.of(f), k -> new TreeMap<>()).merge(f.firstAt(), 1, Integer::sum));
    }

    /** Whether an earlier one of its key has not gone. */
    boolean mustWait(Flow flow) {
        TreeMap<Instant, Integer> times = toGo.get(Key.of(flow));
        return times != null && times.firstKey().isBefore(flow.firstAt());
    }

    void went(Flow flow) {
        toGo.computeIfPresent(Key.of(flow), (key, times) -> {
            times.computeIfPresent(flow.firstAt(), (at, n) -> n == 1 ? null : n - 1);
            return times.isEmpty() ? null : times;
        });
    }
}
