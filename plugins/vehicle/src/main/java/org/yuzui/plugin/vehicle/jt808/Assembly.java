package org.yuzui.plugin.vehicle.jt808;

import org.yuzui.plugin.vehicle.wire.BadMessage;
import org.yuzui.plugin.vehicle.wire.BadMessage.Reason;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Puts sub-packets together, for one line. They may come in any order and again; what is missing is asked for. Holds a
 * bounded number of messages and bytes: the oldest goes when another one needs the room. Not thread-safe.
 */
public final class Assembly {

    private static final int MOST_MESSAGES = 4;
    /** Sub-packets that a message may have: positions need few, pictures are not read. */
    private static final int MOST_PARTS = 64;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final int MOST_ASKED = 3;

    /**
     * A message that is whole.
     *
     * @param parts the headers of its sub-packets, each of which wants an answer
     */
    public record Whole(Message message, List<Header> parts) {
    }

    /** What has to be sent again: {@code like} says to whom. */
    public record Missing(Header like, int firstSeq, List<Integer> numbers) {
    }

    /** The id, and the serial number that the first sub-packet has. */
    private record Key(int id, int firstSeq) {
    }

    private final Map<Key, Parts> open = new HashMap<>();

    /**
     * Takes a sub-packet.
     *
     * @return the message when it was the last one missing; else null
     * @throws BadMessage when it doesn't fit the others
     */
    public Whole add(Message part, long nanos) {
        Header header = part.header();
        if (header.total() > MOST_PARTS) {
            throw new BadMessage(Reason.BAD_SUB_PACKET, "sub-packets", "A message of " + header.total()
                    + " sub-packets is not put together, at most " + MOST_PARTS + " are.");
        }
        Key key = new Key(header.id(), header.seq() - header.number() + 1 & 0xFFFF);
        Parts parts = open.get(key);
        if (parts == null) {
            if (open.size() >= MOST_MESSAGES) {
                open.entrySet().stream().min((a, b) -> Long.compare(a.getValue().since - b.getValue().since, 0))
                        .ifPresent(oldest -> open.remove(oldest.getKey()));
            }
            parts = new Parts(header.total(), nanos);
            open.put(key, parts);
        }
        if (parts.bodies.length != header.total()) {
            open.remove(key);
            throw new BadMessage(Reason.BAD_SUB_PACKET, "sub-packets", "A sub-packet says that there are " + header.total()
                    + ", another one that there are " + parts.bodies.length + ".");
        }
        parts.put(part, nanos);
        if (parts.missing() > 0) {
            return null;
        }
        open.remove(key);
        return parts.whole();
    }

    /** What has been waited for long enough, to be asked for; a message that was asked for too often is given up. */
    public List<Missing> missing(long nanos) {
        List<Missing> all = new ArrayList<>();
        for (Iterator<Map.Entry<Key, Parts>> i = open.entrySet().iterator(); i.hasNext();) {
            Map.Entry<Key, Parts> entry = i.next();
            Parts parts = entry.getValue();
            if (nanos - parts.last >= PATIENCE_NANOS) {
                if (++parts.asked > MOST_ASKED) {
                    i.remove();
                } else {
                    parts.last = nanos;
                    all.add(new Missing(parts.any(), entry.getKey().firstSeq, parts.missingNumbers()));
                }
            }
        }
        return all;
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }

    private static final class Parts {
        private final Message[] bodies;
        private final long since;
        private long last;
        private int asked;

        Parts(int total, long nanos) {
            bodies = new Message[total];
            since = nanos;
        }

        void put(Message part, long nanos) {
            bodies[part.header().number() - 1] = part;
            last = nanos;
        }

        int missing() {
            return missingNumbers().size();
        }

        List<Integer> missingNumbers() {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < bodies.length; i++) {
                if (bodies[i] == null) {
                    numbers.add(i + 1);
                }
            }
            return numbers;
        }

        Header any() {
            for (Message body : bodies) {
                if (body != null) {
                    return body.header();
                }
            }
            throw new IllegalStateException("a message without any sub-packet");
        }

        Whole whole() {
            int length = 0;
            List<Header> headers = new ArrayList<>(bodies.length);
            for (Message part : bodies) {
                length += part.body().length;
                headers.add(part.header());
            }
            byte[] body = new byte[length];
            int at = 0;
            for (Message part : bodies) {
                System.arraycopy(part.body(), 0, body, at, part.body().length);
                at += part.body().length;
            }
            Header h = bodies[0].header();
            return new Whole(new Message(new Header(h.id(), h.v2019(), h.protocol(), h.phone(), h.seq(), 0, 0), body), headers);
        }
    }
}
