package org.yuzui.records.internal;

import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.broker.Outbound;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.Ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Takes chosen records out of a subscription's dead letters, in the order in which they came to lie there. */
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

    /** What a pass does with a record that was chosen. */
    enum Deed { SEND_ON, DROP }

    /** What is told of a pass, and what says how fast it may go and when it is over. */
    interface Course {

        /** How many may be taken now, waiting for it if need be; 0 to end. */
        int next(int most);

        /** These have left, durably. */
        void left(List<UUID> flows);
    }

    /**
     * One pass over what lies there now. A record that leaves, its hop, and its place in the subscription are one transaction; one that
     * was not chosen goes to the end, so that all of them have been seen once.
     *
     * @param hop of a record that leaves
     */
    void pass(String subscription, Set<UUID> chosen, Deed deed, Function<Envelope, Hop> hop, Course course) {
        String queue = Topology.deadQueue(subscription);
        long toSee = broker.depth(queue).orElse(0L);
        Set<UUID> wanted = new HashSet<>(chosen);
        if (toSee == 0) {
            return;
        }
        try (BrokerSession session = broker.session()) {
            session.consume(queue, BATCH);
            while (toSee > 0 && !wanted.isEmpty()) {
                int most = course.next((int) Math.min(BATCH, toSee));
                List<Inbound> letters = most == 0 ? List.of() : receive(session, most);
                if (letters.isEmpty()) {
                    return;
                }
                toSee -= letters.size();
                List<UUID> left = new ArrayList<>();
                List<String> parked = new ArrayList<>();
                RetryLane lane = lane(subscription);
                for (Inbound letter : letters) {
                    Envelope record = Envelope.read(letter.body());
                    session.acknowledge(letter);
                    if (!wanted.remove(record.id())) {
                        session.send(new Outbound(queue, null, null, letter.headers(), letter.body()));
                        continue;
                    }
                    if (deed == Deed.SEND_ON) {
                        session.send(new Outbound(Topology.retryQueue(subscription), null, null, Map.of(), letter.body()));
                        parked.add(record.key());
                    }
                    session.trail(ledger.encode(hop.apply(record)));
                    left.add(record.id());
                }
                commit(session, lane, parked);
                course.left(left);
            }
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
