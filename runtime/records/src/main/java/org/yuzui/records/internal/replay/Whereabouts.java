package org.yuzui.records.internal.replay;

import org.yuzui.ledger.Flow;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.SubscriptionStatus;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** In whose dead letters some flows lie, as the ledger knows: a flow is done with when it has left all of them. For one thread. */
final class Whereabouts {

    private final Map<UUID, Flow> flows;
    /** The subscriptions that each has still to leave. */
    private final Map<UUID, Set<String>> toLeave = new HashMap<>();

    /**
     * @param piles  the subscriptions that have dead letters
     * @param replay that takes them out
     * @param mayHave whether it may have taken some out before the hub ended: what was given up once more since is not its any more
     */
    Whereabouts(Ledger ledger, List<SubscriptionStatus> piles, Map<UUID, Flow> flows, String replay, boolean mayHave) {
        this.flows = flows;
        Set<String> names = new HashSet<>();
        piles.forEach(p -> names.add(p.name()));
        for (UUID flow : flows.keySet()) {
            Set<String> lies = new HashSet<>(names);
            if (names.size() > 1 || mayHave) {
                List<Hop> hops = ledger.hops(flow);
                Set<String> gaveUp = gaveUp(hops);
                if (!gaveUp.isEmpty()) { // else its hops are forgotten already, and it may lie in any
                    lies.retainAll(gaveUp);
                }
                hops.stream().filter(h -> h.kind() == HopKind.REPLAYED && replay.equals(h.source())).forEach(h -> lies.remove(h.subscription()));
            }
            toLeave.put(flow, lies);
        }
    }

    private static Set<String> gaveUp(Collection<Hop> earliestFirst) {
        Map<String, HopKind> last = new HashMap<>();
        earliestFirst.stream().filter(h -> h.subscription() != null).forEach(h -> last.put(h.subscription(), h.kind()));
        last.values().removeIf(kind -> kind != HopKind.DEAD);
        return last.keySet();
    }

    /** Those that may lie in a subscription's. */
    Map<UUID, Flow> in(String subscription) {
        Map<UUID, Flow> here = new LinkedHashMap<>();
        flows.forEach((id, flow) -> {
            if (toLeave.get(id).contains(subscription)) {
                here.put(id, flow);
            }
        });
        return here;
    }

    /** @return whether it lies nowhere else */
    boolean left(UUID flow, String subscription) {
        Set<String> others = toLeave.get(flow);
        others.remove(subscription);
        return others.isEmpty();
    }

    /** Those that have not left some subscriptions. */
    List<UUID> stillIn(Set<String> subscriptions) {
        return toLeave.entrySet().stream().filter(e -> !Collections.disjoint(e.getValue(), subscriptions)).map(Map.Entry::getKey).toList();
    }
}
