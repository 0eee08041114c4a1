package org.yuzui.records.internal;

import org.yuzui.contracts.CheckedRecord;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.Origin;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.spi.RefusedException;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What the pipeline tells the ledger. */
final class Hops {

    /** A refused message is kept up to this size, then cut with a remark: it must not fill the journal. */
    private static final int KEPT = 32 * 1024 * 1024;

    private Hops() {
    }

    /** A record was made durable, from outside (it has a source) or by a route of the hub. */
    static Hop accepted(CheckedRecord record, Origin origin, Instant at, long micros) {
        return arrival(record, origin, origin.source() != null ? HopKind.RECEIVED : HopKind.PUBLISHED, at, micros).fields(fields(record)).build();
    }

    static Hop duplicate(CheckedRecord record, Origin origin, Instant at) {
        return arrival(record, origin, HopKind.DUPLICATE, at, 0).build();
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

    static Hop refused(Origin origin, String contract, RefusedException reason, byte[] payload, Instant at) {
        boolean cut = payload.length > KEPT;
        String cause = reason.place() == null ? reason.getMessage() : reason.place() + ": " + reason.getMessage();
        Hop.Builder hop = Hop.of(flowOf(payload), HopKind.REFUSED, at)
                .in(origin.plugin(), origin.version(), origin.route())
                .record(contract, null, null)
                .from(origin.source(), origin.sourceType(), origin.sourceId())
                .parent(origin.parent())
                .size(payload.length)
                .cause(reason.code(), cut ? cause + " (Only the first " + KEPT + " bytes are kept.)" : cause);
        byte[] kept = payload.length == 0 ? null : cut ? Arrays.copyOf(payload, KEPT) : payload;
        return (origin.arrived() == null ? hop.content(kept) : hop.payload(kept)).build();
    }

    static Hop ignored(Origin origin, String remark, Instant at) {
        byte[] arrived = origin.arrived() == null ? new byte[0] : origin.arrived();
        return Hop.of(flowOf(arrived), HopKind.IGNORED, at)
                .in(origin.plugin(), origin.version(), origin.route())
                .from(origin.source(), origin.sourceType(), origin.sourceId())
                .size(arrived.length)
                .cause(null, remark)
                .build();
    }

    /** A step of a subscription. */
    static Hop step(HopKind kind, Envelope record, SubscriptionSettings reader, Instant at, long micros, String causeCode,
                    String cause) {
        return Hop.of(record.id(), kind, at)
                .in(reader.plugin(), reader.version(), reader.route())
                .record(record.contract(), record.key(), record.unit())
                .subscription(reader.name())
                .took(micros)
                .size(record.body().length)
                .cause(causeCode, cause)
                .build();
    }

    /** The same message refused again is the same flow: a sender that repeats it adds hops, not flows. */
    private static UUID flowOf(byte[] payload) {
        if (payload.length == 0) {
            return UUID.randomUUID(); // nothing to recognise it by
        }
        try {
            ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(payload));
            long high = hash.getLong() & ~0xF000L | 0x8000L; // a UUID of version 8, as a record's
            long low = hash.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
