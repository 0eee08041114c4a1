package org.yuzui.web;

import org.yuzui.container.KeptVersion;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginEvent;
import org.yuzui.container.PluginPlan;
import org.yuzui.container.PluginRequest;
import org.yuzui.container.PluginSettings;
import org.yuzui.container.Plugins;
import org.yuzui.container.SignatureVerdict;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.kernel.Title;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Plugins as the test says they are. A change is remembered and answered; nothing is done. */
final class FakePlugins implements Plugins {

    static final PluginPlan.Effect EFFECT = new PluginPlan.Effect("contracts:his.visit.v1", "site",
            "routes/visits-to-csv.camel.yaml", "The site's route reads what changes.");
    private static final String SHA = "ab".repeat(32);

    private final Map<String, PluginStatus> byId = new ConcurrentSkipListMap<>();
    private final List<Consumer<PluginStatus>> listeners = new CopyOnWriteArrayList<>();
    private final List<LongConsumer> historians = new CopyOnWriteArrayList<>();

    /** What was asked last, and on whose word; the jar as it was then. */
    volatile PluginRequest asked;
    volatile Mandate mandate;
    volatile byte[] jar;
    /** Is thrown instead of an answer. */
    volatile Problem trouble;
    /** What a change would touch outside. */
    volatile List<PluginPlan.Effect> outside = List.of();
    volatile PluginAction action = PluginAction.UPDATE;

    private volatile boolean broken;

    void is(PluginStatus status) {
        byId.put(status.id(), status);
        listeners.forEach(l -> l.accept(status));
    }

    void happens(long number) {
        historians.forEach(l -> l.accept(number));
    }

    /** From now on nothing can be listed. */
    void breakDown() {
        broken = true;
    }

    int listeners() {
        return listeners.size() + historians.size();
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
    public Registration listenToHistory(LongConsumer listener) {
        historians.add(listener);
        return () -> historians.remove(listener);
    }

    @Override
    public PluginPlan plan(PluginRequest request) {
        remember(request);
        List<Problem> problems = trouble == null ? List.of() : List.of(trouble);
        return new PluginPlan("0123456789ab", action, "his", new Title("医院", "Hospital"), "0.1.0", "0.2.0", "his-0.2.0.jar",
                SHA, SignatureVerdict.UNSIGNED, List.of("org.yuzui.spi 1.0.0"), List.of(
                PlannedChange.of("contracts", "his.visit.v1", PlannedChange.Action.CHANGE).withDetails(List.of("/bed is new."))),
                outside, List.of(new PluginPlan.Pause("route receive-visit", Duration.ofMillis(42))), problems);
    }

    @Override
    public PluginEvent carryOut(PluginRequest request, Mandate mandate) {
        remember(request);
        this.mandate = mandate;
        if (trouble != null) {
            throw new ProblemException(trouble);
        }
        if (outside.stream().anyMatch(e -> !mandate.accepted().contains(e.id()))) {
            throw new ProblemException(new Problem("plan-not-accepted", null, "Something outside the plugin would be touched.",
                    "Accept " + outside.get(0).id() + "."));
        }
        return event(7, null);
    }

    private void remember(PluginRequest request) {
        asked = request;
        if (request instanceof PluginRequest.Install install) {
            try {
                jar = Files.readAllBytes(install.jar());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    PluginEvent event(long number, PluginPlan plan) {
        return new PluginEvent(number, "his", action, "0.1.0", "0.2.0", "his-0.2.0.jar", SHA, "bootstrap", "api", FakeHub.NOON,
                PluginEvent.Outcome.DONE, null, Duration.ofMillis(310), Duration.ofMillis(42), 3L, plan);
    }

    @Override
    public List<KeptVersion> versions(String id) {
        return id.equals("his") ? List.of(
                new KeptVersion("0.1.0", SHA, "his-0.1.0.jar", 1234, FakeHub.NOON, FakeHub.NOON, true),
                new KeptVersion("0.0.9", SHA, "his-0.0.9.jar", 1200, FakeHub.NOON.minusSeconds(60), null, false)) : List.of();
    }

    /** Seven entries. */
    @Override
    public List<PluginEvent> history(String id, Long before, int limit) {
        long newest = before == null ? 7 : before - 1;
        return id.equals("his") ? LongStream.iterate(newest, n -> n > 0, n -> n - 1).limit(limit)
                .mapToObj(n -> event(n, null)).toList() : List.of();
    }

    @Override
    public Optional<PluginEvent> event(long number) {
        return number > 7 ? Optional.empty() : Optional.of(event(number, plan(new PluginRequest.Stop("his"))));
    }

    @Override
    public PluginSettings settings(String id) {
        if (!byId.containsKey(id)) {
            throw new ProblemException(new Problem("unknown-plugin", null, "There is no plugin '" + id + "'.", null));
        }
        ObjectNode written = JsonNodeFactory.instance.objectNode().put("password", "***");
        return new PluginSettings(id, JsonNodeFactory.instance.objectNode().put("type", "object"), written,
                written.deepCopy().put("port", 2575), "config/plugins/" + id + ".yaml", 3,
                List.of(new PluginSettings.Revision(2, FakeHub.NOON, "bootstrap", "0.1.0")));
    }

    @Override
    public void start() {
    }

    @Override
    public void close() {
    }
}
