package org.yuzui.container;

import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Registration;
import org.yuzui.kernel.Use;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A part that writes down what it was asked to do, and does what a test wants in between: {@code +} deployed, {@code >}
 * started, {@code |} quiet, {@code -} closed.
 */
final class RecordingPart implements PluginPart {

    interface Behaviour {
        void on(PluginContent plugin) throws Exception;
    }

    /** By plugin id: what its parts see when they deploy. */
    final Map<String, PluginContent> seen = new ConcurrentHashMap<>();
    /** By plugin id. */
    final Map<String, List<Problem>> troubles = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final String kind;
    private final List<String> diary;
    private volatile boolean readsSettings = true;
    private volatile List<Use> uses = List.of();
    private volatile Behaviour onDeploy = p -> { };
    private volatile Behaviour onStart = p -> { };
    private volatile Behaviour onQuiesce = p -> { };
    private volatile Behaviour onClose = p -> { };

    RecordingPart(String kind, List<String> diary) {
        this.kind = kind;
        this.diary = diary;
    }

    RecordingPart onDeploy(Behaviour behaviour) {
        onDeploy = behaviour;
        return this;
    }

    RecordingPart onStart(Behaviour behaviour) {
        onStart = behaviour;
        return this;
    }

    RecordingPart onQuiesce(Behaviour behaviour) {
        onQuiesce = behaviour;
        return this;
    }

    RecordingPart onClose(Behaviour behaviour) {
        onClose = behaviour;
        return this;
    }

    RecordingPart withoutSettings() {
        readsSettings = false;
        return this;
    }

    /** Behaves well from now on. */
    void forget() {
        onDeploy = p -> { };
        onStart = p -> { };
        onQuiesce = p -> { };
        onClose = p -> { };
    }

    /** What running things make use of from now on. */
    void used(Use... by) {
        uses = List.of(by);
    }

    @Override
    public List<Use> uses() {
        return uses;
    }

    /** The plugin has these troubles from now on. */
    void troubled(String id, Problem... problems) {
        troubles.put(id, List.of(problems));
        listeners.forEach(l -> l.accept(id));
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public boolean readsSettings() {
        return readsSettings;
    }

    @Override
    public Registration listen(Consumer<String> troubled) {
        listeners.add(troubled);
        return () -> listeners.remove(troubled);
    }

    @Override
    public Deployment deploy(PluginContent plugin) {
        run(onDeploy, plugin);
        String id = plugin.descriptor().id();
        String what = kind + " of " + id + " " + plugin.descriptor().version();
        diary.add("+ " + what);
        seen.put(id, plugin);
        return new Deployment() {

            @Override
            public void start() {
                run(onStart, plugin);
                diary.add("> " + what);
            }

            @Override
            public void quiesce() {
                diary.add("| " + what);
                run(onQuiesce, plugin);
            }

            @Override
            public List<Problem> troubles() {
                return troubles.getOrDefault(id, List.of());
            }

            @Override
            public void close() {
                diary.add("- " + what);
                run(onClose, plugin);
            }
        };
    }

    private static void run(Behaviour behaviour, PluginContent plugin) {
        try {
            behaviour.on(plugin);
        } catch (Exception e) {
            throw sneaky(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Exception> T sneaky(Exception e) throws T {
        throw (T) e;
    }
}
