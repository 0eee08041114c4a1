package org.yuzui.records.internal;

import org.yuzui.broker.BrokerException;
import org.yuzui.broker.Publisher;
import org.yuzui.broker.Publisher.Parcel;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.ledger.Hop;
import org.yuzui.records.Draft;
import org.yuzui.records.Publication;
import org.yuzui.spi.RefusedException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One call's list on its way to the publisher: everything is checked first, then all of it waits for one commit. */
final class ListPublish {

    private final RecordPipeline pipeline;
    /** Messages go before the hops that speak of them: no commit overtakes the one before it. */
    private final Map<Captures.Place, Parcel> messages = new LinkedHashMap<>();
    private final List<Parcel> parcels = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private RefusedException refusal;

    ListPublish(RecordPipeline pipeline) {
        this.pipeline = pipeline;
    }

    void take(Draft draft) {
        long began = System.nanoTime();
        Instant now = pipeline.clock().instant();
        try {
            RecordPipeline.Accepted accepted = pipeline.check(draft);
            CheckedRecord record = accepted.record();
            boolean known = pipeline.recent().contains(record.id());
            items.add(new Item(accepted, known));
            parcels.add(known ? new Parcel(List.of(), pipeline.duplicate(accepted, now))
                    : new Parcel(List.of(pipeline.outbound(record, now)), arrival(accepted, now, began)));
        } catch (RefusedException e) {
            parcels.add(new Parcel(List.of(), pipeline.refusal(draft, e)));
            items.add(null);
            refusal = refusal == null ? e : refusal;
        }
    }

    private byte[] arrival(RecordPipeline.Accepted accepted, Instant now, long began) {
        Hop hop = pipeline.arrival(accepted, now, began);
        if (!pipeline.captures().isDurable(hop)) {
            messages.computeIfAbsent(pipeline.captures().place(hop), place -> new Parcel(List.of(),
                    pipeline.ledger().encode(accepted.origin().message(), hop.contract(), now)));
        }
        return pipeline.ledger().encode(hop);
    }

    List<Publication> publish(Publisher publisher) {
        List<Publisher.Outcome> outcomes = publishAll(publisher);
        List<Publication> publications = new ArrayList<>(items.size());
        List<Parcel> repeated = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item == null) {
                continue;
            }
            boolean lateDuplicate = outcomes.get(i) == Publisher.Outcome.DUPLICATE;
            if (lateDuplicate) { // only the commit could tell, and its hop went with the message that was not sent
                repeated.add(new Parcel(List.of(), pipeline.duplicate(item.accepted, pipeline.clock().instant())));
            }
            CheckedRecord record = item.accepted.record();
            pipeline.recent().add(record.id());
            publications.add(new Publication(record, item.known || lateDuplicate
                    ? Publication.Outcome.DUPLICATE : Publication.Outcome.NEW));
        }
        if (!repeated.isEmpty()) {
            publisher.publishAll(repeated);
        }
        if (refusal != null) {
            throw refusal;
        }
        return publications;
    }

    /** One for each item. */
    private List<Publisher.Outcome> publishAll(Publisher publisher) {
        List<Parcel> all = new ArrayList<>(messages.values());
        all.addAll(parcels);
        try {
            List<Publisher.Outcome> outcomes = publisher.publishAll(all);
            messages.keySet().forEach(pipeline.captures()::durable);
            return outcomes.subList(messages.size(), outcomes.size());
        } catch (BrokerException e) {
            messages.keySet().forEach(pipeline.captures()::doubtful);
            throw e;
        }
    }

    /** @param known whether it was durable before the call */
    private record Item(RecordPipeline.Accepted accepted, boolean known) {
    }
}
