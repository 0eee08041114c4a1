package org.yuzui.records.internal;

import org.yuzui.broker.BrokerSession;
import org.yuzui.broker.Outbound;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.ledger.Hop;
import org.yuzui.records.Batch;
import org.yuzui.records.Draft;
import org.yuzui.records.Publication;
import org.yuzui.spi.RefusedException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/**
 * Gathers what one transaction of a subscription will send. Nothing goes to the session before {@link #flush}, so that
 * the step of one record can be taken back without the others.
 */
final class DeliveryBatch implements Batch {

    private final RecordPipeline pipeline;
    private final boolean direct;
    private final Thread owner = Thread.currentThread();
    private final List<Outbound> messages = new ArrayList<>();
    private final LinkedHashSet<UUID> published = new LinkedHashSet<>();
    private final List<byte[]> hops = new ArrayList<>();
    private final List<byte[]> refusals = new ArrayList<>();
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
            return pipeline.publishDurably(record, accepted.origin(), began);
        }
        Instant now = pipeline.clock().instant();
        if (published.contains(record.id()) || pipeline.isKnown(record)) {
            hop(Hops.duplicate(record, accepted.origin(), now));
            return new Publication(record, Publication.Outcome.DUPLICATE);
        }
        messages.add(pipeline.outbound(record, now));
        published.add(record.id());
        hop(Hops.accepted(record, accepted.origin(), now, (System.nanoTime() - began) / 1000));
        return new Publication(record, Publication.Outcome.NEW);
    }

    void send(Outbound message) {
        messages.add(message);
    }

    void hop(Hop hop) {
        hops.add(pipeline.ledger().encode(hop));
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
    }

    record Mark(int messages, int published, int hops) {
    }
}
