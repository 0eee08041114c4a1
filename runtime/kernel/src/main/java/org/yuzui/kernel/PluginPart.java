package org.yuzui.kernel;

/** One kind of thing that a plugin brings (contracts, rules, schedules, reports, routes) and how the hub takes it in. */
public interface PluginPart {

    /** The folder of the plugin that holds this kind: {@code contracts}, {@code schedules}, {@code reports}, {@code routes}. */
    String kind();

    /**
     * Takes in what the plugin has of this kind; closing the deployment undoes exactly that. When it throws, nothing of
     * this kind is left behind. Called by one thread at a time.
     */
    Deployment deploy(PluginContent plugin) throws PluginException;
}
