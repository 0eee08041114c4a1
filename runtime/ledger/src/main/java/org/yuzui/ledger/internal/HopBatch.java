package org.yuzui.ledger.internal;

import org.yuzui.ledger.Hop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is written at once: its hops, each once, in the order of the table's key, and what they add up to.
 *
 * @param hops  a message that comes again may meet itself in one batch; here it is once
 * @param flows what they add up to when none of them was there before
 */
record HopBatch(List<TrailHop> hops, Collection<FlowSum> flows, List<KeptEntry> kept) {

    /** As the database orders ids: byte by byte. Rows that come in the order of an index find its pages at hand. */
    static final Comparator<UUID> BY_BYTES = (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    };

    private static final Comparator<TrailHop> BY_KEY = (a, b) -> {
        int flow = BY_BYTES.compare(a.hop().flow(), b.hop().flow());
        int at = flow != 0 ? flow : a.hop().at().compareTo(b.hop().at());
        return at != 0 ? at : Long.compare(a.id(), b.id());
    };

    static HopBatch of(Collection<TrailHop> hops, List<KeptEntry> kept) {
        List<TrailHop> sorted = new ArrayList<>(hops);
        sorted.sort(BY_KEY);
        List<TrailHop> distinct = new ArrayList<>(sorted.size());
        TrailHop before = null;
        for (TrailHop hop : sorted) {
            if (before == null || BY_KEY.compare(before, hop) != 0) {
                distinct.add(hop);
            }
            before = hop;
        }
        return new HopBatch(distinct, sum(distinct), kept);
    }

    /** The same with those hops only that were not there. */
    HopBatch fresh(List<TrailHop> fresh) {
        return new HopBatch(fresh, sum(fresh), kept);
    }

    boolean isEmpty() {
        return hops.isEmpty() && kept.isEmpty();
    }

    private static Collection<FlowSum> sum(List<TrailHop> hops) {
        Map<UUID, FlowSum> flows = new HashMap<>(hops.size());
        for (TrailHop trailHop : hops) {
            Hop hop = trailHop.hop();
            flows.computeIfAbsent(hop.flow(), FlowSum::new).add(trailHop);
        }
        return List.copyOf(flows.values());
    }
}
