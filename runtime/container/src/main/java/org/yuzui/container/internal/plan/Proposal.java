package org.yuzui.container.internal.plan;

import org.yuzui.container.PluginAction;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What a plan is made of. Nothing of it may be kept: a content holds a class loader.
 *
 * @param action    what it comes to
 * @param id        the plugin
 * @param coming    what would run then; null for {@code REMOVE} and {@code STOP}
 * @param running   what runs now; null when nothing does
 * @param installed the version that is wanted now, whether it runs or not; null when there is none
 * @param parts     in their order
 * @param settings  what would change among the settings
 * @param others    the other plugins that run, with their settings: for the ports that they hold
 * @param lastPause how long the plugin paused at its last change; null when it never did
 * @param problems  what is known to forbid it: imports that the hub hasn't, settings that are wrong
 */
public record Proposal(PluginAction action, String id, Version coming, Version running, PluginDescriptor installed,
                       List<PluginPart> parts, List<PlannedChange> settings, Collection<PluginContent> others,
                       Duration lastPause, List<Problem> problems) {

    public Proposal {
        parts = List.copyOf(parts);
        settings = List.copyOf(settings);
        others = List.copyOf(others);
        problems = List.copyOf(problems);
    }

    /**
     * One version of the plugin.
     *
     * @param content   of the resolved bundle, of which nothing was deployed when it is the coming one; null when it could
     *                  not be resolved, or its settings are wrong
     * @param file      the jar's name as its bringer called it
     * @param sha256    of the jar as it was brought, hexadecimal
     * @param jar       the jar as it was brought, byte for byte
     * @param signature the detached signature's text; null when there is none
     * @param imports   the hub's packages that its bundle is wired to: {@code org.apache.camel 4.17.0}
     */
    public record Version(PluginDescriptor descriptor, PluginContent content, String file, String sha256, Path jar,
                          String signature, List<String> imports) {

        public Version {
            imports = List.copyOf(imports);
        }
    }
}
