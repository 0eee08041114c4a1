package org.yuzui.ledger.internal;

import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/**
 * A hop in few bytes.
 *
 * <p>Layout, big-endian: version (1 byte), kind (1), id (8), flow (16), at (8, microseconds since 1970), presence of the
 * optional parts (4, one bit each in the order of {@link #texts}, then parent, payload, whether that is content, terms, message), duration
 * (8), size (8), days to keep (4, not in version 1), then the parts that are present: texts as length (4) and UTF-8, the parent (16), the
 * message (16), the terms of the fields as their number (1) and each (8), the sealed payload to the end. A payload travels beside its hop
 * now, as a {@link KeptEntry}; in an older trail it may still stand here.
 */
final class HopCodec {

    private static final byte VERSION = 2;
    /** Of a hub before this one, whose trail may still lie in the broker. */
    private static final byte WITHOUT_KEEP = 1;
    private static final int FIXED = 1 + 1 + 8 + 16 + 8 + 4 + 8 + 8 + 4;
    private static final long[] NO_TERMS = {};
    private static final HopKind[] KINDS = HopKind.values();
    private static final int TEXTS = 12;
    private static final int PARENT = 1 << TEXTS;
    private static final int PAYLOAD = 1 << TEXTS + 1;
    /** The payload is the content of a record. */
    private static final int CONTENT = 1 << TEXTS + 2;
    private static final int MESSAGE = 1 << TEXTS + 4;
    private static final int FIELDS = 1 << TEXTS + 3;
    /** Days outside of this are a broken clock's or a broken message's. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final String node;
    private final Terms terms;
    private final AtomicLong nextId;
    private volatile ToIntFunction<String> keep = contract -> Ledger.KEEP;

    HopCodec(String node, Terms terms) {
        this.node = node;
        this.terms = terms;
        // 2^40 hops in one run, and 2^23 places to begin: two runs meet only at the same flow and microsecond anyway.
        this.nextId = new AtomicLong((new SecureRandom().nextLong() & 0x7FFFFFL) << 40);
    }

    void keep(ToIntFunction<String> daysOfContract) {
        keep = daysOfContract;
    }

    /** Days that a hop of it is kept. */
    int keep(Hop hop) {
        return hop.keep() == 0 ? keep(hop.contract()) : hop.keep();
    }

    int keep(String contract) {
        return keep.applyAsInt(contract);
    }

    /** Without its payload. */
    byte[] encode(Hop hop) {
        byte[][] texts = new byte[TEXTS][];
        String[] values = texts(hop);
        int present = 0;
        int length = FIXED;
        for (int i = 0; i < TEXTS; i++) {
            if (values[i] != null) {
                texts[i] = values[i].getBytes(StandardCharsets.UTF_8);
                present |= 1 << i;
                length += Integer.BYTES + texts[i].length;
            }
        }
        if (hop.parent() != null) {
            present |= PARENT;
            length += 2 * Long.BYTES;
        }
        if (hop.message() != null) {
            present |= MESSAGE;
            length += 2 * Long.BYTES;
        }
        long[] found = hop.fields().isEmpty() ? NO_TERMS : terms.of(hop.fields());
        if (found.length > 0) {
            present |= FIELDS;
            length += 1 + found.length * Long.BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(VERSION).put((byte) hop.kind().ordinal()).putLong(nextId.getAndIncrement());
        put(out, hop.flow());
        out.putLong(micros(hop.at())).putInt(present).putLong(hop.durationMicros()).putLong(hop.size())
                .putInt(keep(hop));
        for (byte[] text : texts) {
            if (text != null) {
                out.putInt(text.length).put(text);
            }
        }
        if (hop.parent() != null) {
            put(out, hop.parent());
        }
        if (hop.message() != null) {
            put(out, hop.message());
        }
        if (found.length > 0) {
            out.put((byte) found.length);
            for (long term : found) {
                out.putLong(term);
            }
        }
        return out.array();
    }

    /** @throws IllegalArgumentException when it isn't what {@link #encode} makes */
    static TrailHop decode(byte[] entry) {
        try {
            return read(ByteBuffer.wrap(entry));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a hop of " + entry.length + " bytes ends too early", e);
        }
    }

    private static TrailHop read(ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION && version != WITHOUT_KEEP) {
            throw new IllegalArgumentException("a hop of the unknown version " + version);
        }
        int kind = in.get();
        if (kind < 0 || kind >= KINDS.length) {
            throw new IllegalArgumentException("a hop of the unknown kind " + kind);
        }
        long id = in.getLong();
        UUID flow = uuid(in);
        Instant at = instant(in.getLong());
        if (at.isBefore(EARLIEST) || !at.isBefore(LATEST)) {
            throw new IllegalArgumentException("a hop of " + at);
        }
        int present = in.getInt();
        long duration = in.getLong();
        long size = in.getLong();
        int keep = version == WITHOUT_KEEP ? Ledger.KEEP : in.getInt();
        if (keep < 1) {
            throw new IllegalArgumentException("a hop to be kept for " + keep + " days");
        }
        String[] t = new String[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            if ((present & 1 << i) != 0) {
                t[i] = text(in);
            }
        }
        UUID parent = (present & PARENT) != 0 ? uuid(in) : null;
        UUID message = (present & MESSAGE) != 0 ? uuid(in) : null;
        long[] terms = (present & FIELDS) != 0 ? terms(in) : NO_TERMS;
        byte[] sealed = null;
        if ((present & PAYLOAD) != 0) {
            sealed = new byte[in.remaining()];
            in.get(sealed);
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("a hop with " + in.remaining() + " bytes too many");
        }
        return new TrailHop(new Hop(flow, KINDS[kind], at, t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8], t[9], t[10], parent,
                duration, size, t[11] == null ? null : code(t[11]), t[11] == null ? null : sentence(t[11]), null,
                (present & CONTENT) != 0, keep, message, Map.of(), null), id, t[0], sealed, terms);
    }

    /** The optional texts in the order of their presence bits; code and sentence of the cause share one. */
    private String[] texts(Hop hop) {
        String cause = hop.causeCode() == null && hop.cause() == null ? null
                : (hop.causeCode() == null ? "" : hop.causeCode()) + '\n' + (hop.cause() == null ? "" : hop.cause());
        return new String[] {node, hop.plugin(), hop.version(), hop.route(), hop.contract(), hop.key(), hop.unit(),
                hop.subscription(), hop.source(), hop.sourceType(), hop.sourceId(), cause};
    }

    private static String code(String cause) {
        int end = cause.indexOf('\n');
        return end <= 0 ? null : cause.substring(0, end);
    }

    private static String sentence(String cause) {
        String sentence = cause.substring(cause.indexOf('\n') + 1);
        return sentence.isEmpty() ? null : sentence;
    }

    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    static void put(ByteBuffer out, UUID uuid) {
        out.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static long[] terms(ByteBuffer in) {
        long[] terms = new long[in.get()];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = in.getLong();
        }
        return terms;
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a hop with a text of " + length + " bytes where " + in.remaining() + " are left");
        }
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
