package org.yuzui.records.internal;

import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.kernel.Pause;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.records.internal.text.Innermost;
import org.yuzui.spi.RefusedException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Delivers a batch as one call. When it fails it is tried again as a whole, because a sink that is down fails for every
 * record; only when that doesn't help, or the route refuses something, the bad records are looked for by halving.
 */
final class WholeBatches {

    /** So many failing alone and none that works: it isn't the records. */
    private static final int OUTAGE = 3;

    private final RecordPipeline pipeline;
    private final Delivery delivery;
    private final RetryLane lane;
    private final SubscriptionSettings settings;
    private final Pause pause;
    private final BooleanSupplier open;

    WholeBatches(RecordPipeline pipeline, Delivery delivery, RetryLane lane, SubscriptionSettings settings, Pause pause,
                 BooleanSupplier open) {
        this.pipeline = pipeline;
        this.delivery = delivery;
        this.lane = lane;
        this.settings = settings;
        this.pause = pause;
        this.open = open;
    }

    /** Returns when the batch is committed, or rolled back because the subscription is being closed. */
    void deliver(BrokerSession session, List<Inbound> messages, boolean direct) {
        List<Inbound> left = new ArrayList<>();
        Step waiting = new Step(pipeline, delivery, lane, direct);
        Set<String> keysLeft = new HashSet<>();
        for (Inbound m : messages) {
            // A replay may send its key to the lane just now: that is no reason for it to pass by the one before it.
            if (!keysLeft.contains(key(m)) && waiting.mustWait(key(m))) {
                waiting.take(m);
            } else {
                keysLeft.add(key(m));
                left.add(m);
            }
        }
        waiting.commit(session);
        for (int tries = 0; !left.isEmpty(); tries++) {
            Step step = new Step(pipeline, delivery, lane, direct);
            Exception failure = whole(left, step);
            boolean isolate = failure instanceof RefusedException || tries >= settings.backOff().size();
            if (failure == null || isolate && halve(left, step)) {
                step.commit(session);
                return;
            }
            sayRetried(session, left, failure);
            Duration wait = settings.backOff().get(Math.min(tries, settings.backOff().size() - 1));
            pause.await(wait, open);
            if (!open.getAsBoolean()) {
                session.rollback();
                return;
            }
        }
    }

    private Exception whole(List<Inbound> messages, Step step) {
        Exception failure = delivery.whole(messages.stream().map(m -> Envelope.read(m.body())).toList(), step.batch());
        if (failure == null) {
            messages.forEach(step::delivered);
        }
        return failure;
    }

    /** Delivers the good ones and parks the bad; false when all seem bad, then nothing was parked. */
    private boolean halve(List<Inbound> messages, Step step) {
        DeliveryBatch.Mark start = step.batch().mark();
        Halving halving = new Halving(step);
        if (!halving.split(messages)) {
            step.batch().backTo(start);
            return false;
        }
        halving.aside.forEach(step::take);
        return true;
    }

    /**
     * Looks for the bad records. What follows a bad one of the same key is put aside with it: delivered now it would pass it by.
     * Its methods return false when it seems to be an outage.
     */
    private final class Halving {

        private final Step step;
        private final List<Inbound> aside = new ArrayList<>();
        private final Set<String> keysAside = new HashSet<>();
        private int good;
        private int bad;

        Halving(Step step) {
            this.step = step;
        }

        boolean split(List<Inbound> messages) {
            int middle = messages.size() / 2;
            return deliver(messages.subList(0, middle)) && deliver(messages.subList(middle, messages.size()));
        }

        private boolean deliver(List<Inbound> half) {
            List<Inbound> free = new ArrayList<>(half.size());
            half.forEach(m -> (keysAside.contains(key(m)) ? aside : free).add(m));
            if (free.isEmpty()) {
                return true;
            }
            Exception failure = whole(free, step);
            if (failure == null) {
                good += free.size();
                return true;
            }
            if (free.size() > 1) {
                return split(free);
            }
            aside.addAll(free);
            keysAside.add(key(free.get(0)));
            bad++;
            return failure instanceof RefusedException || good > 0 || bad < OUTAGE;
        }
    }

    private static String key(Inbound message) {
        return Envelope.read(message.body()).key();
    }

    private void sayRetried(BrokerSession session, List<Inbound> messages, Exception failure) {
        var now = pipeline.clock().instant();
        for (Inbound m : messages) {
            session.trail(pipeline.ledger().encode(Hops.step(HopKind.RETRIED, Envelope.read(m.body()), settings, now, 0,
                    failure.getClass().getSimpleName(), Innermost.sentence(failure))));
        }
        session.commit();
    }
}
