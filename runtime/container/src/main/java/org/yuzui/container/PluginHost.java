package org.yuzui.container;

import org.yuzui.container.internal.JournaledPlugins;
import org.yuzui.kernel.PluginPart;
import org.yuzui.store.Store;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Where the launcher gets the hub's plugins from. */
public final class PluginHost {

    private PluginHost() {
    }

    /**
     * The plugins of a node, for a hub whose rooms are still being opened: the framework starts in the background meanwhile;
     * store and parts are asked for once, by {@link Plugins#start()}, and no plugin is touched before. What keeps the
     * framework from starting is told there too.
     *
     * @param store holds what is wanted, and the history
     * @param parts in the order in which a plugin's things are taken in; they are undone in reverse
     */
    public static Plugins open(ContainerSettings settings, Supplier<Store> store, Supplier<List<PluginPart>> parts, Clock clock) {
        return new JournaledPlugins(settings, store, parts, clock);
    }
}
