package org.yuzui.launcher.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a send ended.
 *
 * @param messages  that were to be sent
 * @param aa        accepted
 * @param ae        refused because of what stands in them
 * @param ar        refused because of what they are
 * @param other     without a proper answer: the connection broke for good, or the answer was for another message
 * @param repeats   times that a connection broke and its message was sent again
 * @param bytes     of the messages that were answered, framing included
 * @param took      from the first message to the last answer
 * @param latencies from a message to its answer
 * @param reasons   answers that were not AA, the most frequent first
 */
public record SendReport(int messages, int aa, int ae, int ar, int other, int repeats, long bytes, Duration took, Latencies latencies,
                         List<Reason> reasons) {

    /**
     * Why messages were not accepted.
     *
     * @param code    MSA-1, or {@code -} where there was no answer
     * @param example the first message that was answered so
     */
    public record Reason(String code, String reason, int count, String example) {
    }

    static SendReport of(List<Tally> tallies, Duration took) {
        Map<String, Reason> reasons = new LinkedHashMap<>();
        for (Tally tally : tallies) {
            for (Tally.Refusal r : tally.refusals()) {
                reasons.merge(r.code + r.reason, new Reason(r.code, r.reason, r.count, r.example),
                        (a, b) -> new Reason(a.code, a.reason, a.count + b.count, a.example));
            }
        }
        Latencies latencies = Latencies.of(tallies.stream().flatMapToInt(t -> Arrays.stream(t.latencies())));
        return new SendReport(tallies.stream().mapToInt(Tally::planned).sum(), tallies.stream().mapToInt(Tally::accepted).sum(),
                tallies.stream().mapToInt(Tally::errors).sum(), tallies.stream().mapToInt(Tally::rejected).sum(),
                tallies.stream().mapToInt(Tally::other).sum(), tallies.stream().mapToInt(Tally::repeats).sum(),
                tallies.stream().mapToLong(Tally::bytes).sum(), took, latencies,
                reasons.values().stream().sorted(Comparator.comparingInt(Reason::count).reversed()).toList());
    }

    /** Whether every message was sent and answered AA. */
    public boolean allAccepted() {
        return aa == messages;
    }

    /** Messages that were not sent any more, because nobody listened for longer than patience lasts. */
    public int unsent() {
        return messages - aa - ae - ar - other;
    }

    /** Answers a second. */
    public double rate() {
        return took.isZero() ? 0 : latencies.count() / (took.toNanos() / 1e9);
    }

    /** For JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("messages", messages);
        map.put("AA", aa);
        map.put("AE", ae);
        map.put("AR", ar);
        map.put("other", other);
        map.put("unsent", unsent());
        map.put("repeats", repeats);
        map.put("bytes", bytes);
        map.put("seconds", took.toMillis() / 1000.0);
        map.put("perSecond", Math.round(rate()));
        map.put("latencyMillis", latencies.toMap());
        List<Object> rows = new ArrayList<>();
        for (Reason reason : reasons) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("code", reason.code);
            row.put("reason", reason.reason);
            row.put("count", reason.count);
            row.put("example", reason.example);
            rows.add(row);
        }
        map.put("reasons", rows);
        return map;
    }
}
