package org.yuzui.container;

/**
 * {@code plugins.unsigned} of {@code config/hub.yaml}: what is done with a plugin that carries no signature, or one by a key
 * that isn't in {@code config/trust}. A signature that doesn't fit its jar is refused whatever this says.
 */
public enum UnsignedPlugins {

    /** Taken without a word. */
    ALLOW,
    /** Taken, and said in the plan, the log and the plugin's status. */
    WARN,
    REFUSE
}
