package org.yuzui.container;

import org.yuzui.container.internal.DropFolderPlugins;
import org.yuzui.kernel.PluginPart;

import java.time.Clock;
import java.util.List;

/** Where the launcher gets the hub's plugins from. */
public final class PluginHost {

    private PluginHost() {
    }

    /**
     * The plugins of a drop folder. Nothing happens before {@link Plugins#start()}.
     *
     * @param parts in the order in which a plugin's things are taken in; they are undone in reverse
     */
    public static Plugins open(ContainerSettings settings, List<PluginPart> parts, Clock clock) {
        return new DropFolderPlugins(settings, parts, clock);
    }
}
