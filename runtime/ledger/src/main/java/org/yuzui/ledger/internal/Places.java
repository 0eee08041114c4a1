package org.yuzui.ledger.internal;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * In which table the flows lie that were written lately: their next hops are soon to come, and need not be looked for in every table then. A
 * flow stays where it is, so this is never wrong, unless its table was dropped. For one thread.
 */
final class Places {

    private static final int GENERATION = 40_000;

    /** @param keep days */
    record Place(int keep, Instant placed) {
    }

    private Map<UUID, Place> recent = new HashMap<>();
    private Map<UUID, Place> before = Map.of();

    /** Null when it is not known. */
    Place of(UUID flow) {
        Place place = recent.get(flow);
        return place == null ? before.get(flow) : place;
    }

    void remember(UUID flow, Place place) {
        if (recent.size() >= GENERATION) {
            before = recent;
            recent = new HashMap<>();
        }
        recent.put(flow, place);
    }

    void forget() {
        recent = new HashMap<>();
        before = Map.of();
    }
}
