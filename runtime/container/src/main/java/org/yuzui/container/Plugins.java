package org.yuzui.container;

import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Registration;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The plugins of the hub. Thread-safe. */
public interface Plugins extends AutoCloseable {

    /** All that is known, in the order of their ids: running, failed, and jars that could not even be read. */
    List<PluginStatus> list();

    Optional<PluginStatus> find(String id);

    /** Tells of every change of state. Must return quickly. */
    Registration listen(Consumer<PluginStatus> listener);

    /** Deploys what lies in the drop folder, then watches it. Returns when the first round is through. */
    void start();

    /** Undeploys in reverse order of deployment; the drop folder stays as it is. */
    @Override
    void close();
}
