package org.yuzui.container.internal.plan;

import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Use;

import java.util.List;
import java.util.Map;

/**
 * A part that compares files, and knows who uses what.
 *
 * @param noticed what is noticed of a changed thing, by its id
 */
record GivenPart(String kind, boolean readsSettings, List<Use> uses, Map<String, List<String>> noticed) implements PluginPart {

    static GivenPart of(String kind, Use... uses) {
        return new GivenPart(kind, kind.equals("routes"), List.of(uses), Map.of());
    }

    GivenPart noticed(String id, String... sentences) {
        return new GivenPart(kind, readsSettings, uses, Map.of(id, List.of(sentences)));
    }

    @Override
    public Deployment deploy(PluginContent plugin) {
        throw new AssertionError("a plan deploys nothing");
    }

    @Override
    public List<PlannedChange> plan(PluginContent coming, PluginContent running) {
        return PlannedChange.byFile(kind, coming, running).stream()
                .map(c -> c.action() == PlannedChange.Action.CHANGE && noticed.containsKey(c.id())
                        ? c.withNoticed(noticed.get(c.id())) : c).toList();
    }
}
