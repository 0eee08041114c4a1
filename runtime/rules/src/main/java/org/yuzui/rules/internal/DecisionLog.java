package org.yuzui.rules.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.Problem;
import org.yuzui.rules.Decision.Fired;
import org.yuzui.rules.DecisionTable;
import org.yuzui.rules.Occasion;
import org.yuzui.rules.RuleUse;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What one rule was asked and said. Every record passes here: each decision is counted, but of each way to answer (which rows
 * counted, or what was refused) only the first few are copied, and after them one now and then. Thread-safe.
 */
final class DecisionLog {

    /** So many of each way are remembered; as many are copied at once when a way is new. */
    static final int OF_EACH_WAY = 20;
    private static final long COPIED_EVERY_MS = 200;
    private static final int WAYS = 64;
    private static final int NODES_EACH = 2_000;
    private static final int NODES = 50_000;
    /** What ways beyond the most have in common. */
    private static final Object OTHER = new Object();

    private final Map<Object, Way> ways = new ConcurrentHashMap<>();
    private final Map<String, LongAdder[]> rows = new LinkedHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final LongAdder refused = new LongAdder();
    private final Instant since;
    /** Of all that is remembered; guarded by this. */
    private long nodes;

    DecisionLog(List<DecisionTable> tables, Instant since) {
        this.since = since;
        for (DecisionTable table : tables) {
            LongAdder[] counts = new LongAdder[table.rows().size()];
            Arrays.setAll(counts, i -> new LongAdder());
            rows.put(table.name(), counts);
        }
    }

    /** As it was, with nothing masked; never shown. */
    record Remembered(long number, Instant at, Occasion occasion, String only, JsonNode input, int size, JsonNode outputs, List<Fired> fired,
                      long micros, Problem refused) {
    }

    private static final class Way {
        private final Deque<Remembered> last = new ArrayDeque<>();
        private final AtomicLong copied = new AtomicLong();
        private volatile long copiedAt;

        /** Whether this one is to be copied. */
        boolean wants(long now) {
            if (copied.get() < OF_EACH_WAY || now - copiedAt >= COPIED_EVERY_MS) {
                copiedAt = now;
                copied.incrementAndGet();
                return true;
            }
            return false;
        }
    }

    void made(Instant at, Occasion occasion, String only, Supplier<JsonNode> input, ObjectNode outputs, List<Fired> fired, long micros) {
        long number = numbers.incrementAndGet();
        for (Fired table : fired) {
            LongAdder[] counts = rows.get(table.table());
            for (int row : table.chosen()) {
                if (counts != null && row <= counts.length) {
                    counts[row - 1].increment();
                }
            }
        }
        Way way = way(fired);
        if (way.wants(at.toEpochMilli())) {
            Bounded copy = Bounded.of(input.get());
            Bounded said = Bounded.of(outputs);
            keep(way, new Remembered(number, at, occasion, only, copy.node, copy.size + said.size, said.node, fired, micros, null));
        }
    }

    void refused(Instant at, Occasion occasion, String only, Supplier<JsonNode> input, List<Fired> fired, long micros, Problem why) {
        long number = numbers.incrementAndGet();
        refused.increment();
        Way way = way(why.code() + " " + why.place());
        if (way.wants(at.toEpochMilli())) {
            Bounded copy = Bounded.of(input.get());
            keep(way, new Remembered(number, at, occasion, only, copy.node, copy.size, null, fired, micros, why));
        }
    }

    private Way way(Object key) {
        Way way = ways.get(key);
        return way != null ? way : ways.computeIfAbsent(ways.size() < WAYS ? key : OTHER, k -> new Way());
    }

    private synchronized void keep(Way way, Remembered decision) {
        way.last.addLast(decision);
        nodes += decision.size();
        if (way.last.size() > OF_EACH_WAY) {
            nodes -= way.last.removeFirst().size();
        }
        while (nodes > NODES) {
            Way most = ways.values().stream().max(Comparator.comparingInt(w -> w.last.size())).orElseThrow();
            nodes -= most.last.removeFirst().size();
        }
    }

    synchronized List<Remembered> newestFirst() {
        List<Remembered> all = new ArrayList<>();
        ways.values().forEach(w -> all.addAll(w.last));
        all.sort(Comparator.comparingLong(Remembered::number).reversed());
        return all;
    }

    Optional<Remembered> find(long number) {
        return newestFirst().stream().filter(r -> r.number() == number).findFirst();
    }

    RuleUse use() {
        Map<String, List<Long>> counted = new LinkedHashMap<>();
        rows.forEach((table, counts) -> counted.put(table, Arrays.stream(counts).map(LongAdder::sum).toList()));
        long failed = refused.sum();
        return new RuleUse(since, numbers.get() - failed, failed, counted);
    }

    /** A copy, because whoever asked goes on to change what it was given; none of what is too large. */
    private static final class Bounded {
        private JsonNode node;
        private int size;

        static Bounded of(JsonNode original) {
            Bounded bounded = new Bounded();
            JsonNode copy = bounded.copy(original);
            bounded.node = bounded.size > NODES_EACH ? null : copy;
            bounded.size = bounded.node == null ? 0 : bounded.size;
            return bounded;
        }

        private JsonNode copy(JsonNode original) {
            if (++size > NODES_EACH) {
                return original;
            }
            if (original instanceof ObjectNode object) {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(e -> copy.set(e.getKey(), copy(e.getValue())));
                return copy;
            }
            if (original instanceof ArrayNode array) {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < array.size() && size <= NODES_EACH; i++) {
                    copy.add(copy(array.get(i)));
                }
                return copy;
            }
            return original; // a value can't be changed
        }
    }
}
