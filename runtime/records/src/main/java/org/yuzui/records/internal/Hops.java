package org.yuzui.records.internal;

import org.yuzui.contracts.CheckedRecord;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Message;
import org.yuzui.records.Origin;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.spi.RefusedException;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What the pipeline tells the ledger. */
final class Hops {

    private Hops() {
    }

    /** A record was made durable, from outside (it has a source) or by a route of the hub. */
    static Hop.Builder accepted(CheckedRecord record, Origin origin, Instant at, long micros) {
        return arrival(record, origin, origin.source() != null ? HopKind.RECEIVED : HopKind.PUBLISHED, at, micros).fields(fields(record));
    }

    static Hop.Builder duplicate(CheckedRecord record, Origin origin, Instant at) {
        return arrival(record, origin, HopKind.DUPLICATE, at, 0);
    }

    private static Map<String, String> fields(CheckedRecord record) {
        if (record.personal().isEmpty()) {
            return record.index();
        }
        Map<String, String> fields = new LinkedHashMap<>(record.index());
        fields.putAll(record.personal());
        return fields;
    }

    private static Hop.Builder arrival(CheckedRecord record, Origin origin, HopKind kind, Instant at, long micros) {
        return Hop.of(record.id(), kind, at)
                .in(origin.plugin(), origin.version(), origin.route())
                .record(record.contract(), record.key(), record.unit())
                .from(origin.source(), origin.sourceType(), origin.sourceId())
                .parent(origin.parent())
                .took(micros)
                .size(record.bytes().length)
                .cause(null, origin.remark());
    }

    /**
     * @param payload what was refused
     * @param keep    whether its contract lets it be kept
     */
    static Hop refused(Origin origin, String contract, RefusedException reason, Message payload, boolean keep, Instant at) {
        String cause = reason.place() == null ? reason.getMessage() : reason.place() + ": " + reason.getMessage();
        Hop.Builder hop = Hop.of(flowOf(payload), HopKind.REFUSED, at)
                .in(origin.plugin(), origin.version(), origin.route())
                .record(contract, null, null)
                .from(origin.source(), origin.sourceType(), origin.sourceId())
                .parent(origin.parent())
                .size(payload.size())
                .cause(reason.code(), cause);
        if (!keep || payload.size() == 0) {
            return hop.build();
        }
        return (origin.arrived() == null ? hop.content(payload) : hop.payload(payload)).build();
    }

    static Hop ignored(Origin origin, String remark, Instant at) {
        Message arrived = origin.arrived() == null ? Message.of(new byte[0]) : origin.arrived();
        return Hop.of(flowOf(arrived), HopKind.IGNORED, at)
                .in(origin.plugin(), origin.version(), origin.route())
                .from(origin.source(), origin.sourceType(), origin.sourceId())
                .size(arrived.size())
                .cause(null, remark)
                .build();
    }

    /** A step of a subscription. */
    static Hop step(HopKind kind, Envelope record, SubscriptionSettings reader, Instant at, long micros, String causeCode,
                    String cause) {
        return step(kind, record, reader, at, micros, causeCode, cause, null);
    }

    /** @param handedOver what the reader gave on, if that is kept */
    static Hop step(HopKind kind, Envelope record, SubscriptionSettings reader, Instant at, long micros, String causeCode,
                    String cause, Message handedOver) {
        return Hop.of(record.id(), kind, at)
                .in(reader.plugin(), reader.version(), reader.route())
                .record(record.contract(), record.key(), record.unit())
                .subscription(reader.name())
                .took(micros)
                .size(record.body().length)
                .cause(causeCode, cause)
                .message(handedOver == null ? null : handedOver.id())
                .build();
    }

    /** The same message refused again is the same flow: a sender that repeats it adds hops, not flows. */
    private static UUID flowOf(Message payload) {
        return payload.size() == 0 ? UUID.randomUUID() : payload.id(); // nothing to recognise it by
    }
}
