package org.yuzui.records.internal;

import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Outbound;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.records.internal.Workbench.Deed;
import org.yuzui.records.internal.Workbench.Pace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Takes chosen records out of a subscription's dead letters, those of a key in the order in which they arrived. */
final class DeadLetters {

    private static final int BATCH = 500;
    /** What was counted may be held by another node; then the rest is left to the next pass. */
    private static final long PATIENCE_SECONDS = 10;

    private final Broker broker;
    private final Ledger ledger;
    private final RecordPipeline pipeline;
    private final ScheduledExecutorService timer;

    DeadLetters(Broker broker, Ledger ledger, RecordPipeline pipeline, ScheduledExecutorService timer) {
        this.broker = broker;
        this.ledger = ledger;
        this.pipeline = pipeline;
        this.timer = timer;
    }

    /** Where the dead letters of a subscription lie; the record store has some for each contract. */
    record Pile(String subscription, String queue) {

        static Pile of(SubscriptionStatus status) {
            return new Pile(status.name(), Topology.deadQueue(status.ofStore() ? Topology.storeQueue(status.contract()) : status.name()));
        }
    }

    /**
     * Passes over what lies there now. A record that leaves, its hop, and its place in the subscription are one transaction; one that
     * was not chosen goes to the end, and one before which an earlier one of its key must go, for another pass. When one has, all others follow
     * it there, also after the last chosen one and when the pass is ended: what came at the same instant has no other order.
     *
     * @param hop of a record that leaves
     */
    void pass(Pile pile, Map<UUID, Flow> chosen, Deed deed, Function<Envelope, Hop> hop, Pace pace) {
        Map<UUID, Flow> left = chosen;
        while (!left.isEmpty() && pace.isOpen()) {
            // What was not met lies in another subscription's dead letters, and keeps nobody waiting in the next pass.
            left = once(new Pass(pile, left, deed, hop, pace));
        }
    }

    /** @return those that it met and did not take because an earlier one of their keys was still to come */
    private Map<UUID, Flow> once(Pass pass) {
        long toSee = broker.depth(pass.pile.queue()).orElse(0L);
        if (toSee == 0) {
            return Map.of();
        }
        try (BrokerSession session = broker.session()) {
            session.consume(pass.pile.queue(), BATCH);
            while (toSee > 0 && pass.pace.isOpen() && pass.hasMore()) {
                List<Inbound> letters = receive(session, (int) Math.min(BATCH, toSee));
                if (letters.isEmpty() || !pass.take(session, letters)) {
                    return Map.of();
                }
                toSee -= letters.size();
            }
        }
        return pass.postponed;
    }

    /** One of them under way. */
    private final class Pass {

        private final Pile pile;
        private final Map<UUID, Flow> wanted;
        private final KeyOrder order;
        private final Map<UUID, Flow> postponed = new HashMap<>();
        private final Set<UUID> gone = new HashSet<>();
        private final Deed deed;
        private final Function<Envelope, Hop> hop;
        private final Pace pace;
        private boolean turned;

        private Pass(Pile pile, Map<UUID, Flow> chosen, Deed deed, Function<Envelope, Hop> hop, Pace pace) {
            this.pile = pile;
            this.wanted = new HashMap<>(chosen);
            this.order = new KeyOrder(deed == Deed.SEND_ON ? chosen.values() : List.of());
            this.deed = deed;
            this.hop = hop;
            this.pace = pace;
        }

        boolean hasMore() {
            return turned || !wanted.isEmpty();
        }

        /** @return false when it is over, and what was received may stay where it is */
        boolean take(BrokerSession session, List<Inbound> letters) {
            int from = 0;
            while (from < letters.size()) {
                int to = from;
                int here = 0;
                while (to < letters.size() && (here == 0 || pace.atOnce() == 0 || here < pace.atOnce())) {
                    here += wanted.containsKey(Envelope.read(letters.get(to++).body()).id()) ? 1 : 0;
                }
                if (here > 0 && pace.next(here) < here) {
                    if (!turned) {
                        return false;
                    }
                    wanted.clear();
                    postponed.clear();
                }
                move(session, letters.subList(from, to));
                from = to;
            }
            return true;
        }

        private void move(BrokerSession session, List<Inbound> letters) {
            List<UUID> left = new ArrayList<>();
            List<String> parked = new ArrayList<>();
            RetryLane lane = lane(pile.subscription());
            for (Inbound letter : letters) {
                Envelope record = Envelope.read(letter.body());
                session.acknowledge(letter);
                Flow flow = wanted.get(record.id());
                if (flow != null && order.mustWait(flow)) {
                    postponed.put(record.id(), flow);
                    flow = null;
                }
                if (flow != null) {
                    wanted.remove(record.id());
                    order.went(flow);
                    if (deed == Deed.SEND_ON) {
                        session.send(new Outbound(Topology.retryQueue(pile.subscription()), null, null, Map.of(), letter.body()));
                        parked.add(record.key());
                    }
                    session.trail(ledger.encode(hop.apply(record)));
                    left.add(record.id());
                } else if (!gone.contains(record.id()) && !left.contains(record.id())) { // else it lay here twice
                    session.send(new Outbound(pile.queue(), null, null, letter.headers(), letter.body()));
                    turned = true;
                }
            }
            commit(session, lane, parked);
            gone.addAll(left);
            pace.left(left);
        }
    }

    private static void commit(BrokerSession session, RetryLane lane, List<String> parked) {
        if (lane == null) {
            session.commit();
        } else {
            lane.commit(session, parked);
        }
    }

    /** Puts records into a subscription's lane that do not lie in its dead letters. */
    void sendAgain(String subscription, List<Envelope> records, Function<Envelope, Hop> hop) {
        RetryLane lane = lane(subscription);
        List<String> parked = records.stream().map(Envelope::key).toList();
        try (BrokerSession session = broker.session()) {
            for (Envelope record : records) {
                session.send(new Outbound(Topology.retryQueue(subscription), null, null, Map.of(), record.bytes()));
                session.trail(ledger.encode(hop.apply(record)));
            }
            commit(session, lane, parked);
        }
    }

    private RetryLane lane(String subscription) {
        Subscriber reader = pipeline.subscriber(subscription);
        return reader == null ? null : reader.lane();
    }

    private List<Inbound> receive(BrokerSession session, int most) {
        ScheduledFuture<?> alarm = timer.schedule(session::wakeUp, PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            return session.receive(most, Duration.ZERO);
        } finally {
            alarm.cancel(false);
        }
    }
}
