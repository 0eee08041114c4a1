package org.yuzui.records.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Ids of records that are known to be durable, the last ones only. It spares most duplicates the way to the broker; the
 * broker's own cache and the store's primary key behind it are what holds.
 */
final class RecentIds {

    private static final int STRIPES = 16;
    private final Map<UUID, Boolean>[] stripes;

    @SuppressWarnings({"unchecked", "rawtypes"})
    RecentIds(int capacity) {
        int each = Math.max(1, capacity / STRIPES);
        stripes = new Map[STRIPES];
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new LinkedHashMap<>(16, 0.75f, false) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
                    return size() > each;
                }
            };
        }
    }

    boolean contains(UUID id) {
        Map<UUID, Boolean> stripe = stripe(id);
        synchronized (stripe) {
            return stripe.containsKey(id);
        }
    }

    void add(UUID id) {
        Map<UUID, Boolean> stripe = stripe(id);
        synchronized (stripe) {
            stripe.put(id, Boolean.TRUE);
        }
    }

    private Map<UUID, Boolean> stripe(UUID id) {
        return stripes[(int) (id.getLeastSignificantBits() & (STRIPES - 1))];
    }
}
