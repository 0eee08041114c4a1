package org.yuzui.web;

import org.yuzui.kernel.Registration;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Lines 1 to 150 of his. */
final class FakeLog implements PluginLog {

    final List<Consumer<Map<String, Long>>> listeners = new CopyOnWriteArrayList<>();
    volatile Query asked;

    @Override
    public List<Line> find(Query query) {
        asked = query;
        long newest = query.before() == null ? 150 : query.before() - 1;
        return !query.plugin().equals("his") ? List.of() : LongStream.rangeClosed(1, newest).map(n -> newest + 1 - n).limit(query.limit())
                .mapToObj(n -> new Line(n, FakeHub.NOON, Level.WARN, "org.yuzui.plugin.his.Reader", "Camel (his) thread #1",
                        "receive-visit", "Line " + n, n == newest ? "java.io.IOException at org.yuzui.plugin.his.Reader:20" : null)).toList();
    }

    @Override
    public Registration listen(Consumer<Map<String, Long>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
