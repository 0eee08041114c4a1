package org.yuzui.records.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Outbound;
import org.yuzui.contracts.Capture;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.Delivered;
import org.yuzui.records.Reader;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.records.internal.text.Bodies;
import org.yuzui.records.internal.text.Innermost;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hands records to a subscription's reader and says in hops how it went. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final RecordPipeline pipeline;
    private final SubscriptionSettings settings;
    private final Reader reader;

    Delivery(RecordPipeline pipeline, SubscriptionSettings settings, Reader reader) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.reader = reader;
    }

    /** What became of one record. {@code REFUSED}: it is in the dead letters, trying again would not help. */
    enum Result { DONE, FAILED, REFUSED }

    /** Tries one record; when it fails nothing of it is left in the batch but its hop. */
    Result one(Envelope record, int tries, DeliveryBatch batch) {
        DeliveryBatch.Mark mark = batch.mark();
        long began = System.nanoTime();
        batch.begin(wantsHandedOver(record));
        try {
            reader.read(List.of(delivered(record, tries)), batch);
            String filtered = batch.whyFiltered();
            batch.ended(filtered == null ? HopKind.DELIVERED : HopKind.FILTERED, record, settings, micros(began), null, filtered);
            return Result.DONE;
        } catch (Throwable e) { // whatever a plugin throws is about its record
            batch.backTo(mark);
            RefusedException refusal = refusalIn(e);
            if (refusal != null) {
                dead(record, record.bytes(), batch, refusal.code(), refusal.getMessage());
                return Result.REFUSED;
            }
            batch.failed(Innermost.sentence(e));
            LOG.info("Subscription {} could not take {} {} (try {}): {}", settings.name(), record.contract(), record.id(),
                    tries + 1, batch.whyFailed());
            LOG.debug("The trace", e);
            batch.ended(HopKind.RETRIED, record, settings, micros(began), e.getClass().getSimpleName(), batch.whyFailed());
            return Result.FAILED;
        }
    }

    /**
     * Hands over a batch as one call.
     *
     * @return null when it went well; otherwise what went wrong (a {@link RefusedException} when the route refused), and
     *         nothing of the batch is left
     */
    Exception whole(List<Envelope> records, DeliveryBatch batch) {
        DeliveryBatch.Mark mark = batch.mark();
        long began = System.nanoTime();
        batch.begin(wantsHandedOver(records.get(0)));
        try {
            List<Delivered> all = new ArrayList<>(records.size());
            for (Envelope record : records) {
                all.add(delivered(record, 0));
            }
            reader.read(all, batch);
            long each = micros(began) / records.size();
            records.forEach(r -> batch.ended(HopKind.DELIVERED, r, settings, each, null, null));
            return null;
        } catch (Throwable e) {
            batch.backTo(mark);
            LOG.info("Subscription {} could not take a batch of {}: {}", settings.name(), records.size(), Innermost.sentence(e));
            RefusedException refusal = refusalIn(e);
            return refusal != null ? refusal : e instanceof Exception x ? x : new IllegalStateException(e);
        }
    }

    /** Tries are used up. */
    void giveUp(Envelope record, byte[] bytes, DeliveryBatch batch) {
        dead(record, bytes, batch, "tries-used-up",
                "It failed " + (settings.backOff().size() + 1) + " times, at last: " + batch.whyFailed());
    }

    private void dead(Envelope record, byte[] bytes, DeliveryBatch batch, String code, String cause) {
        LOG.warn("Subscription {} gives up {} {}: {}", settings.name(), record.contract(), record.id(), code);
        batch.send(new Outbound(Topology.deadQueue(settings.name()), null, null, Map.of(RetryLane.CAUSE, cause), bytes));
        batch.ended(HopKind.DEAD, record, settings, 0, code, cause);
    }

    private boolean wantsHandedOver(Envelope record) {
        return settings.delivered() || pipeline.capture(record.contract()).keeps(Capture.DELIVERED);
    }

    private static Delivered delivered(Envelope record, int tries) throws IOException {
        return new Delivered(record.id(), record.contract(), record.key(), record.unit(), record.day(), record.arrivedAt(),
                tries, Bodies.read(record.body()));
    }

    private static long micros(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1000;
    }

    private static RefusedException refusalIn(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof RefusedException refusal) {
                return refusal;
            }
        }
        return null;
    }
}
