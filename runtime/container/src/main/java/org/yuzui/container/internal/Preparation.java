package org.yuzui.container.internal;

import org.yuzui.container.PluginAction;
import org.yuzui.container.internal.plan.PlanMaker;
import org.yuzui.container.internal.plan.Proposal;
import org.yuzui.container.internal.settings.SettingsDesk;
import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.kernel.PlannedChange;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginPart;
import org.yuzui.kernel.Problem;
import org.yuzui.spi.Settings;

import java.util.ArrayList;
import java.util.List;

/** Does all of a change that can be done while nobody notices: resolve, read the settings, plan. One thread. */
final class Preparation {

    private final EmbeddedFelix felix;
    private final Fleet fleet;
    private final SettingsDesk desk;
    private final List<PluginPart> parts;
    private final PlanMaker maker;

    Preparation(EmbeddedFelix felix, Fleet fleet, SettingsDesk desk, List<PluginPart> parts, PlanMaker maker) {
        this.maker = maker;
        this.felix = felix;
        this.fleet = fleet;
        this.desk = desk;
        this.parts = parts;
    }

    /** Never throws for what is wrong with the plugin: that is among the plan's problems. The caller discards it. */
    Prepared prepare(Change asked) {
        if (asked.jar() == null || asked.action() == PluginAction.STOP) {
            return new Prepared(asked, null, null, maker.make(proposal(asked, null, List.of(), List.of())));
        }
        List<Problem> problems = new ArrayList<>();
        InstalledPlugin plugin = null;
        Settings settings = null;
        Change change = asked;
        List<PlannedChange> changes = List.of();
        try {
            plugin = asked.isOfRunning() ? asked.running().plugin() : InstalledPlugin.install(felix, asked.jar());
            change = withText(asked, plugin.schema());
            settings = desk.settings(plugin.schema(), change.text());
            changes = changesOfSettings(change, plugin.schema());
        } catch (RuntimeException | LinkageError | StackOverflowError e) { // a jar can be broken in ways that nobody thought of
            problems.add(Fault.problem(e, asked.jar().name()));
        }
        Proposal.Version coming = new Proposal.Version(asked.jar().descriptor(),
                settings == null ? null : plugin.content(settings), asked.jar().name(), asked.jar().sha256(),
                asked.jar().original(), asked.signature(), plugin == null ? List.of() : plugin.imports());
        Prepared prepared = new Prepared(change, plugin, settings, null);
        try {
            return new Prepared(change, plugin, settings, maker.make(proposal(change, coming, changes, problems)));
        } catch (RuntimeException | Error e) {
            prepared.discard();
            throw e;
        }
    }

    /** The text as the version that comes wants it, and as it is to be kept. */
    private Change withText(Change asked, HubFile schema) {
        SettingsFile text = asked.text();
        boolean mayBeOfAnotherVersion = switch (asked.action()) {
            case INSTALL, UPDATE, RESTORE_SETTINGS -> true;
            default -> false;
        };
        if (mayBeOfAnotherVersion) {
            boolean known = asked.now() != null && asked.now().jar() != null;
            text = desk.migrated(known ? Changes.schema(asked.now().jar()) : null, schema, text);
        }
        text = desk.sealed(schema, text);
        return text.equals(asked.text()) ? asked : asked.with(text, false);
    }

    private List<PlannedChange> changesOfSettings(Change change, HubFile schema) {
        RunningPlugin running = change.running();
        return running == null ? desk.changes(null, null, schema, change.text())
                : desk.changes(running.plugin().schema(), running.text(), schema, change.text());
    }

    private Proposal proposal(Change c, Proposal.Version coming, List<PlannedChange> settings, List<Problem> problems) {
        RunningPlugin running = c.running();
        PluginContent content = running == null ? null : running.content();
        Proposal.Version now = running == null ? null : new Proposal.Version(running.jar().descriptor(), content,
                running.jar().name(), running.jar().sha256(), running.jar().original(), null, running.plugin().imports());
        return new Proposal(c.action(), c.id(), coming, now,
                c.now() == null || c.now().jar() == null ? null : c.now().jar().descriptor(), parts, settings,
                fleet.others(c.id()), fleet.lastPause(c.id()), problems);
    }

    /** Why it must not be done; null when nothing forbids it. */
    static Problem forbidden(List<Problem> problems, String name) {
        if (problems.size() < 2) {
            return problems.isEmpty() ? null : problems.get(0);
        }
        StringBuilder message = new StringBuilder(problems.size() + " things are wrong:");
        for (int i = 0; i < problems.size(); i++) {
            message.append(" (").append(i + 1).append(") ").append(problems.get(i).sentence());
        }
        return new Problem(problems.get(0).code(), name, message.toString(), null);
    }
}
