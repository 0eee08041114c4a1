package org.yuzui.web;

import org.yuzui.kernel.Registration;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.records.ContentSearch;
import org.yuzui.records.ContentSearch.State;
import org.yuzui.records.ContentSearches;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Looks through nothing. */
final class FakeContentSearches implements ContentSearches {

    private final Map<Long, ContentSearch> all = new LinkedHashMap<>();
    private final List<Consumer<ContentSearch>> listeners = new CopyOnWriteArrayList<>();
    volatile FlowFilter asked;

    @Override
    public synchronized ContentSearch ask(FlowFilter filter, String text, String who) {
        asked = filter;
        ContentSearch search = new ContentSearch(all.size() + 1, text, State.ASKED, who, new ContentSearch.Estimate(10, 2_000, 0.5), 0, 10, 0, List.of(),
                null, Instant.EPOCH, null, null);
        all.put(search.id(), search);
        return search;
    }

    @Override
    public synchronized Optional<ContentSearch> find(long id) {
        return Optional.ofNullable(all.get(id));
    }

    @Override
    public void start(long id) {
        turn(id, State.RUNNING, null);
    }

    @Override
    public void stop(long id) {
        turn(id, State.STOPPED, Instant.EPOCH);
    }

    private synchronized void turn(long id, State to, Instant endedAt) {
        ContentSearch s = all.get(id);
        ContentSearch turned = new ContentSearch(id, s.text(), to, s.who(), s.estimate(), 4, 10, 1, List.of(), null, s.askedAt(), Instant.EPOCH, endedAt);
        all.put(id, turned);
        listeners.forEach(l -> l.accept(turned));
    }

    @Override
    public Registration listen(Consumer<ContentSearch> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
    }
}
