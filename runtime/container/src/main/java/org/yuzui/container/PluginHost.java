package org.yuzui.container;

import org.yuzui.container.internal.DropFolderPlugins;
import org.yuzui.kernel.PluginPart;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Where the launcher gets the hub's plugins from. */
public final class PluginHost {

    private PluginHost() {
    }

    /**
     * The plugins of a drop folder; no plugin is touched before {@link Plugins#start()}.
     *
     * @param parts in the order in which a plugin's things are taken in; they are undone in reverse
     */
    public static Plugins open(ContainerSettings settings, List<PluginPart> parts, Clock clock) {
        List<PluginPart> fixed = List.copyOf(parts);
        return open(settings, () -> fixed, clock);
    }

    /**
     * The same, for a hub whose rooms are still being opened: the framework starts in the background meanwhile, and the
     * parts are asked for once, by {@link Plugins#start()}. What keeps the framework from starting is told there too.
     */
    public static Plugins open(ContainerSettings settings, Supplier<List<PluginPart>> parts, Clock clock) {
        return new DropFolderPlugins(settings, parts, clock);
    }
}
