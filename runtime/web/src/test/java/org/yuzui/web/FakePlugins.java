package org.yuzui.web;

import org.yuzui.container.Plugins;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Registration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Plugins as the test says they are. */
final class FakePlugins implements Plugins {

    private final Map<String, PluginStatus> byId = new ConcurrentSkipListMap<>();
    private final List<Consumer<PluginStatus>> listeners = new CopyOnWriteArrayList<>();

    private volatile boolean broken;

    void is(PluginStatus status) {
        byId.put(status.id(), status);
        listeners.forEach(l -> l.accept(status));
    }

    /** From now on nothing can be listed. */
    void breakDown() {
        broken = true;
    }

    int listeners() {
        return listeners.size();
    }

    @Override
    public List<PluginStatus> list() {
        if (broken) {
            throw new IllegalStateException("a fault");
        }
        return List.copyOf(byId.values());
    }

    @Override
    public Optional<PluginStatus> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Registration listen(Consumer<PluginStatus> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void start() {
    }

    @Override
    public void close() {
    }

    @Override
    public org.yuzui.container.PluginPlan plan(org.yuzui.container.PluginRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public org.yuzui.container.PluginEvent carryOut(org.yuzui.container.PluginRequest request,
                                                    org.yuzui.container.Mandate mandate) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<org.yuzui.container.KeptVersion> versions(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<org.yuzui.container.PluginEvent> history(String id, Long before, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<org.yuzui.container.PluginEvent> event(long number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public org.yuzui.container.PluginSettings settings(String id) {
        throw new UnsupportedOperationException();
    }
}
