package org.yuzui.kernel;

import java.util.List;
import java.util.function.Consumer;

/** One kind of thing that a plugin brings (contracts, rules, schedules, reports, routes) and how the hub takes it in. */
public interface PluginPart {

    /** The folder of the plugin that holds this kind: {@code contracts}, {@code schedules}, {@code reports}, {@code routes}. */
    String kind();

    /**
     * Takes in what the plugin has of this kind, beside another version of the same plugin that may be running; it works
     * from {@link Deployment#start} on. When this throws, nothing of this kind is left behind. Called by one thread at a
     * time.
     */
    Deployment deploy(PluginContent plugin) throws PluginException;

    /** Whether what it makes of a plugin depends on the plugin's settings; if not, new settings leave it alone. */
    default boolean readsSettings() {
        return false;
    }

    /**
     * What would change if {@code coming} took the place of {@code running}; nothing is changed by asking. A file that
     * can't be taken in is a change with its {@link PlannedChange#problems()}, not an exception.
     *
     * @param coming  null when the plugin is to go
     * @param running null when there is none
     */
    default List<PlannedChange> plan(PluginContent coming, PluginContent running) {
        return PlannedChange.byFile(kind(), coming, running);
    }

    /** What the running things of this kind, of plugins and of the site, make use of. */
    default List<Use> uses() {
        return List.of();
    }

    /** Tells the id of a plugin whenever the {@link Deployment#troubles} of its deployment have changed. */
    default Registration listen(Consumer<String> troubled) {
        return () -> { };
    }
}
