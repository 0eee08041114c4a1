package org.yuzui.container;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Registration;

/**
 * The plugins of the hub. What is wanted is rows in the database; a start, a jar in the drop folder and a call all come to
 * a change of those rows, one after the other. Thread-safe.
 */
public interface Plugins extends AutoCloseable {

    /** All that is known, in the order of their ids: running, failed, and jars that could not even be read. */
    List<PluginStatus> list();

    Optional<PluginStatus> find(String id);

    /** Tells of every change of state. Must return quickly. */
    Registration listen(Consumer<PluginStatus> listener);

    /** Tells the number of every entry of the history when it begins and when it has ended. Must return quickly. */
    Registration listenToHistory(LongConsumer listener);

    /**
     * Says what a request would do; nothing that runs is touched, nothing is kept. What forbids it is among the plan's
     * problems.
     *
     * @throws org.yuzui.kernel.ProblemException when not even a plan can be made: {@code unknown-plugin},
     *                                           {@code unknown-version}, or what is wrong with the jar
     */
    PluginPlan plan(PluginRequest request);

    /**
     * Does it, whole or not at all; returns when the new version runs and is what a restart will bring up.
     *
     * @return the entry in the history, {@code DONE}
     * @throws org.yuzui.kernel.ProblemException what is wrong, after the version before runs again; {@code plan-not-accepted}
     *                                           when something outside the plugin would be touched that the mandate doesn't name
     */
    PluginEvent carryOut(PluginRequest request, Mandate mandate);

    /** What can be gone back to, the newest first. Of a removed plugin too. */
    List<KeptVersion> versions(String id);

    /**
     * What was done with a plugin, the newest first, without the plans.
     *
     * @param before only entries with a smaller number; null for the newest
     */
    List<PluginEvent> history(String id, Long before, int limit);

    /** One entry of the history with its plan. */
    Optional<PluginEvent> event(long number);

    /** @throws org.yuzui.kernel.ProblemException {@code unknown-plugin} */
    PluginSettings settings(String id);

    /** Brings up what is wanted, then looks at the drop folder and watches it. Returns when the first round is through. */
    void start();

    /** Undeploys in reverse order of deployment; the drop folder and what is wanted stay as they are. */
    @Override
    void close();
}
