package org.yuzui.container;

import java.util.Set;

/**
 * On whose word something is done.
 *
 * @param who      the principal's name, as the history shows it
 * @param door     by which way: {@code api}, {@code cli}, {@code drop-folder}, {@code start-up}
 * @param accepted ids of what may be touched outside the plugin ({@link PluginPlan.Effect#id()}), or the plan's own id
 *                 ({@link PluginPlan#id()}) for all that it names
 */
public record Mandate(String who, String door, Set<String> accepted) {

    public Mandate {
        accepted = Set.copyOf(accepted);
    }

    public static Mandate of(String who, String door) {
        return new Mandate(who, door, Set.of());
    }
}
