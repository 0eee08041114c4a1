package org.yuzui.rules;

import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.rules.internal.Compilation;

import java.time.Clock;
import java.util.List;

/** Reads rules as a deployment does, without deploying them. */
public final class RuleFiles {

    private RuleFiles() {
    }

    /**
     * Everything that is wrong with a plugin's rules and with the checks in its contracts, each with file, line and cure.
     *
     * @param rules     {@code rules/*.dmn}
     * @param contracts {@code contracts/*.schema.json}; what else is wrong with them is not said here
     */
    public static List<Problem> check(List<HubFile> rules, List<HubFile> contracts, String plugin) {
        return new Compilation(Clock.systemUTC(), null).of(rules, contracts, plugin).problems();
    }
}
