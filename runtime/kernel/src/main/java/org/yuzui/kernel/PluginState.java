package org.yuzui.kernel;

/** Where a plugin is in its life. The hub's own state is the truth, whatever the OSGi framework says. */
public enum PluginState {
    /** Its jar was read and is sound; nothing of it runs yet. */
    STAGED,
    STARTING,
    RUNNING,
    /**
     * It runs, but something that it needs can't be reached, from which it recovers by itself; or somebody stopped one of its
     * routes.
     */
    DEGRADED,
    STOPPED,
    /** It could not be taken in; the detail says why. An older version may still run. */
    FAILED,
    /** Replaced by another version, or removed. */
    RETIRED
}
