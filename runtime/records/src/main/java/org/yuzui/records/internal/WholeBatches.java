package org.yuzui.records.internal;

import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;
import org.yuzui.kernel.Pause;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.spi.RefusedException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        for (Inbound m : messages) {
            if (waiting.mustWait(Envelope.read(m.body()).key())) {
                waiting.take(m);
            } else {
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
        List<Inbound> bad = new ArrayList<>();
        int[] good = {0};
        if (!search(messages, step, bad, good)) {
            step.batch().backTo(start);
            return false;
        }
        bad.forEach(step::take);
        return true;
    }

    private boolean search(List<Inbound> messages, Step step, List<Inbound> bad, int[] good) {
        if (messages.size() == 1) {
            Exception failure = whole(messages, step);
            if (failure == null) {
                good[0]++;
                return true;
            }
            bad.addAll(messages);
            return failure instanceof RefusedException || good[0] > 0 || bad.size() < OUTAGE;
        }
        int middle = messages.size() / 2;
        for (List<Inbound> half : List.of(messages.subList(0, middle), messages.subList(middle, messages.size()))) {
            if (half.size() > 1 && whole(half, step) == null) {
                good[0] += half.size();
            } else if (!search(half, step, bad, good)) {
                return false;
            }
        }
        return true;
    }

    private void sayRetried(BrokerSession session, List<Inbound> messages, Exception failure) {
        var now = pipeline.clock().instant();
        for (Inbound m : messages) {
            session.trail(pipeline.ledger().encode(Hops.step(HopKind.RETRIED, Envelope.read(m.body()), settings, now, 0,
                    failure.getClass().getSimpleName(), Delivery.sentence(failure))));
        }
        session.commit();
    }
}
