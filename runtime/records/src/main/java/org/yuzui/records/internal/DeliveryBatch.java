package org.yuzui.records.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Outbound;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Message;
import org.yuzui.records.Batch;
import org.yuzui.records.Draft;
import org.yuzui.records.Publication;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.spi.RefusedException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Gathers what one transaction of a subscription will send. Nothing goes to the session before {@link #flush}, so that
 * the step of one record can be taken back without the others.
 */
final class DeliveryBatch implements Batch {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryBatch.class);
    private final RecordPipeline pipeline;
    private final boolean direct;
    private final Thread owner = Thread.currentThread();
    private final List<Outbound> messages = new ArrayList<>();
    private final LinkedHashSet<UUID> published = new LinkedHashSet<>();
    private final List<byte[]> hops = new ArrayList<>();
    private final List<byte[]> refusals = new ArrayList<>();
    /** What is kept with this transaction, and with which of its hops. */
    private final Map<Captures.Place, Integer> captured = new HashMap<>();
    private boolean wantsHandedOver;
    private Message handedOver;
    private String whyFiltered;
    private String whyFailed;
    private volatile boolean flushed;

    /**
     * @param direct publish at once, each record in a transaction of its own: the way out when the broker knows one of
     *               them and would refuse the whole transaction
     */
    DeliveryBatch(RecordPipeline pipeline, boolean direct) {
        this.pipeline = pipeline;
        this.direct = direct;
    }

    @Override
    public Publication publish(Draft draft) {
        long began = System.nanoTime();
        RecordPipeline.Accepted accepted;
        try {
            accepted = pipeline.check(draft);
        } catch (RefusedException e) {
            refusals.add(pipeline.refusal(draft, e));
            throw e;
        }
        CheckedRecord record = accepted.record();
        if (direct || flushed || Thread.currentThread() != owner) {
            // A route that went on in another thread, or after its step ended, is outside the transaction.
            return pipeline.publishDurably(accepted, began);
        }
        Instant now = pipeline.clock().instant();
        if (published.contains(record.id()) || pipeline.isKnown(record)) {
            hops.add(pipeline.duplicate(accepted, now));
            return new Publication(record, Publication.Outcome.DUPLICATE);
        }
        messages.add(pipeline.outbound(record, now));
        published.add(record.id());
        hop(pipeline.arrival(accepted, now, began), accepted.origin().message());
        return new Publication(record, Publication.Outcome.NEW);
    }

    void send(Outbound message) {
        messages.add(message);
    }

    void hop(Hop hop) {
        hops.add(pipeline.ledger().encode(hop));
    }

    /** With what it speaks of, unless this transaction or an earlier one has that. */
    private void hop(Hop hop, Message message) {
        if (hop.message() == null || captured.containsKey(pipeline.captures().place(hop))) {
            hop(hop);
        } else {
            byte[] entry = pipeline.captures().encode(hop, message);
            captured.put(pipeline.captures().place(hop), hops.size());
            hops.add(entry);
        }
    }

    /** The hop of a delivery, with what was handed over in it. */
    void ended(HopKind kind, Envelope record, SubscriptionSettings reader, long micros, String causeCode, String cause) {
        Instant now = pipeline.clock().instant();
        try {
            hop(Hops.step(kind, record, reader, now, micros, causeCode, cause, handedOver), handedOver);
        } catch (ProblemException e) { // the sink has it: that it can't be kept must not have it delivered once more
            LOG.warn("Subscription {}: what was handed over of {} is not kept: {}", reader.name(), record, e.getMessage());
            hop(Hops.step(kind, record, reader, now, micros, causeCode, cause));
        }
    }

    /** A delivery begins. */
    void begin(boolean wanted) {
        wantsHandedOver = wanted;
        handedOver = null;
        whyFiltered = null;
    }

    @Override
    public boolean wantsHandedOver() {
        return wantsHandedOver;
    }

    @Override
    public void handedOver(Message message) {
        handedOver = wantsHandedOver ? message : null;
    }

    @Override
    public void filtered(String why) {
        whyFiltered = why;
    }

    /** Null when the record was passed on, or it can't be told. */
    String whyFiltered() {
        return whyFiltered;
    }

    void failed(String why) {
        whyFailed = why;
    }

    /** Of the last try that failed; null when none did. */
    String whyFailed() {
        return whyFailed;
    }

    Mark mark() {
        return new Mark(messages.size(), published.size(), hops.size());
    }

    /** Takes back what came after the mark, but not the refusals: what is refused is kept. */
    void backTo(Mark mark) {
        messages.subList(mark.messages, messages.size()).clear();
        // The records that are taken back are the last ones added.
        List<UUID> kept = published.stream().limit(mark.published).toList();
        published.retainAll(kept);
        hops.subList(mark.hops, hops.size()).clear();
        captured.values().removeIf(place -> place >= mark.hops);
    }

    void flush(BrokerSession session) {
        flushed = true;
        messages.forEach(session::send);
        hops.forEach(session::trail);
        refusals.forEach(session::trail);
    }

    /** To be called when the transaction is durable. */
    void durable() {
        published.forEach(pipeline.recent()::add);
        captured.keySet().forEach(pipeline.captures()::durable);
    }

    record Mark(int messages, int published, int hops) {
    }
}
