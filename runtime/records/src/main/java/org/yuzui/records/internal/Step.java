package org.yuzui.records.internal;

import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Inbound;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One transaction of a subscription: each record is delivered, or moved to the retry lane, and all is committed at once. */
final class Step {

    private static final String FAILED = "failed";

    private final Delivery delivery;
    private final RetryLane lane;
    private final DeliveryBatch batch;
    private final List<Inbound> taken = new ArrayList<>();
    private final List<String> parked = new ArrayList<>();
    private final Set<String> parkedHere = new HashSet<>();

    Step(RecordPipeline pipeline, Delivery delivery, RetryLane lane, boolean direct) {
        this.delivery = delivery;
        this.lane = lane;
        this.batch = new DeliveryBatch(pipeline, direct);
    }

    DeliveryBatch batch() {
        return batch;
    }

    /** Whether a record of this key waits in the lane, so that this one must go there too. */
    boolean mustWait(String key) {
        return parkedHere.contains(key) || lane.isParked(key);
    }

    /** Delivers one record alone, and takes it from its queue however that ends. */
    void take(Inbound message) {
        take(message, () -> true);
    }

    /**
     * The same while the reading may end.
     *
     * @param open whether the reading goes on; when it ended meanwhile, a record that failed was cut short and keeps its place
     * @return whether the record was taken from its queue
     */
    boolean take(Inbound message, BooleanSupplier open) {
        Envelope record = Envelope.read(message.body());
        if (mustWait(record.key())) {
            park(record, message, null);
        } else if (delivery.one(record, 0, batch) == Delivery.Result.FAILED) {
            if (!open.getAsBoolean()) {
                return false;
            }
            park(record, message, FAILED);
        }
        taken.add(message);
        return true;
    }

    /** Counts a record as done that was delivered with others. */
    void delivered(Inbound message) {
        taken.add(message);
    }

    private void park(Envelope record, Inbound message, String cause) {
        batch.send(lane.message(record, message.body(), cause));
        parked.add(record.key());
        parkedHere.add(record.key());
    }

    void commit(BrokerSession session) {
        taken.forEach(session::acknowledge);
        batch.flush(session);
        lane.commit(session, parked);
        batch.durable();
    }
}
