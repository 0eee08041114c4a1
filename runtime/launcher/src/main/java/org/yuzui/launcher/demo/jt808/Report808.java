package org.yuzui.launcher.demo.jt808;

import org.yuzui.launcher.demo.Latencies;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a send ended.
 *
 * @param terminals     that were to be connected
 * @param authenticated that were let in
 * @param turnedAway    that were not, or whose line broke
 * @param messages      sent, repetitions not counted
 * @param positions     in them
 * @param acknowledged  positions whose message was answered with 0
 * @param refused       messages that were answered with another result
 * @param repeats       messages that were sent again because no answer came
 * @param bytes         of the messages, repetitions not counted
 * @param took          from the first message to the last answer
 * @param latencies     from a message to its answer
 */
public record Report808(int terminals, int authenticated, int turnedAway, long messages, long positions, long acknowledged,
                        long refused, long repeats, long bytes, Duration took, Latencies latencies) {

    /** Whether everybody was let in and every message answered with 0. */
    public boolean allAcknowledged() {
        return authenticated == terminals && acknowledged == positions && refused == 0;
    }

    /** Acknowledged positions a second. */
    public double rate() {
        return took.isZero() ? 0 : acknowledged / (took.toNanos() / 1e9);
    }

    /** For JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("terminals", terminals);
        map.put("authenticated", authenticated);
        map.put("turnedAway", turnedAway);
        map.put("messages", messages);
        map.put("positions", positions);
        map.put("acknowledged", acknowledged);
        map.put("refused", refused);
        map.put("repeats", repeats);
        map.put("bytes", bytes);
        map.put("seconds", took.toMillis() / 1000.0);
        map.put("positionsPerSecond", Math.round(rate()));
        map.put("latencyMillis", latencies.toMap());
        return map;
    }
}
