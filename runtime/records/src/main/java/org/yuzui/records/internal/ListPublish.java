package org.yuzui.records.internal;

import org.yuzui.broker.Publisher;
import org.yuzui.broker.Publisher.Parcel;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.Publication;
import org.yuzui.spi.RefusedException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One call's list on its way to the publisher: everything is checked first, then all of it waits for one commit. */
final class ListPublish {

    private final RecordPipeline pipeline;
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
            Origin origin = accepted.origin();
            boolean known = pipeline.recent().contains(record.id());
            items.add(new Item(record, origin, known));
            parcels.add(known ? duplicate(record, origin, now) : new Parcel(List.of(pipeline.outbound(record, now)),
                    pipeline.ledger().encode(Hops.accepted(record, origin, now, (System.nanoTime() - began) / 1000))));
        } catch (RefusedException e) {
            parcels.add(new Parcel(List.of(), pipeline.refusal(draft, e)));
            items.add(null);
            refusal = refusal == null ? e : refusal;
        }
    }

    List<Publication> publish(Publisher publisher) {
        List<Publisher.Outcome> outcomes = publisher.publishAll(parcels);
        List<Publication> publications = new ArrayList<>(items.size());
        List<Parcel> repeated = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item == null) {
                continue;
            }
            boolean lateDuplicate = outcomes.get(i) == Publisher.Outcome.DUPLICATE;
            if (lateDuplicate) { // only the commit could tell, and its hop went with the message that was not sent
                repeated.add(duplicate(item.record, item.origin, pipeline.clock().instant()));
            }
            pipeline.recent().add(item.record.id());
            publications.add(new Publication(item.record, item.known || lateDuplicate
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

    private Parcel duplicate(CheckedRecord record, Origin origin, Instant now) {
        return new Parcel(List.of(), pipeline.ledger().encode(Hops.duplicate(record, origin, now)));
    }

    /** @param known whether it was durable before the call */
    private record Item(CheckedRecord record, Origin origin, boolean known) {
    }
}
