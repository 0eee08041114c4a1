package org.yuzui.web;

import org.yuzui.kernel.Registration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The last lines that plugins logged, and that the hub logged about them. */
public interface PluginLog {

    /** Nothing was ever logged. */
    PluginLog EMPTY = new PluginLog() {
        @Override
        public List<Line> find(Query query) {
            return List.of();
        }

        @Override
        public Registration listen(Consumer<Map<String, Long>> listener) {
            return () -> { };
        }
    };

    /** How grave a line is, the gravest last. */
    enum Level { TRACE, DEBUG, INFO, WARN, ERROR }

    /**
     * A line.
     *
     * @param number greater than that of every line before
     * @param route  in which it was logged; null when that isn't known
     * @param error  class and place of what was thrown; null when nothing was
     */
    record Line(long number, Instant at, Level level, String logger, String thread, String route, String message, String error) {
    }

    /**
     * Which lines.
     *
     * @param level  this one and graver
     * @param text   in the message, the logger or the route; null for any
     * @param before only smaller numbers; null for any
     * @param after  only greater numbers; null for any
     */
    record Query(String plugin, Level level, String text, Long before, Long after, int limit) {
    }

    /** The newest first. */
    List<Line> find(Query query);

    /** Tells, at most once a second, the number of the newest line of each plugin that logged something. Must return quickly. */
    Registration listen(Consumer<Map<String, Long>> listener);
}
