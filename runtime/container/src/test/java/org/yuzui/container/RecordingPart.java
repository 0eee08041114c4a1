package org.yuzui.container;

import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginPart;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A part that writes down what it was asked to do, and does what a test wants in between. */
final class RecordingPart implements PluginPart {

    interface Behaviour {
        void on(PluginContent plugin) throws Exception;
    }

    /** By plugin id: what its parts see when they deploy. */
    final Map<String, PluginContent> seen = new ConcurrentHashMap<>();
    private final String kind;
    private final List<String> diary;
    private volatile Behaviour onDeploy = p -> { };
    private volatile Behaviour onClose = p -> { };

    RecordingPart(String kind, List<String> diary) {
        this.kind = kind;
        this.diary = diary;
    }

    RecordingPart onDeploy(Behaviour behaviour) {
        onDeploy = behaviour;
        return this;
    }

    RecordingPart onClose(Behaviour behaviour) {
        onClose = behaviour;
        return this;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Deployment deploy(PluginContent plugin) {
        run(onDeploy, plugin);
        String what = kind + " of " + plugin.descriptor().id() + " " + plugin.descriptor().version();
        diary.add("+ " + what);
        seen.put(plugin.descriptor().id(), plugin);
        return () -> {
            diary.add("- " + what);
            run(onClose, plugin);
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
