package org.yuzui.container.internal;

import org.yuzui.container.KeptVersion;
import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginRequest;
import org.yuzui.container.PluginSettings;
import org.yuzui.container.internal.journal.FolderFile;
import org.yuzui.container.internal.journal.Journal;
import org.yuzui.container.internal.settings.SettingsDesk;
import org.yuzui.container.internal.settings.SettingsFile;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out what a request asks for: of which version, and with which settings. Nothing is changed by it. One thread. */
final class Changes {

    private static final int SHORTEST_DIGEST = 8;

    private final Fleet fleet;
    private final Jars jars;
    private final SettingsDesk desk;
    private final Journal journal;

    Changes(Fleet fleet, Jars jars, SettingsDesk desk, Journal journal) {
        this.fleet = fleet;
        this.jars = jars;
        this.desk = desk;
        this.journal = journal;
    }

    /** @throws ProblemException when there is no such plugin, version or revision, or the jar isn't sound */
    Change of(PluginRequest request) {
        if (request instanceof PluginRequest.Install r) {
            return install(jars.brought(r.jar(), r.fileName()), r.signature(), null);
        } else if (request instanceof PluginRequest.Rollback r) {
            return rollback(r.id(), r.version());
        } else if (request instanceof PluginRequest.Remove r) {
            return remove(known(r.id()));
        } else if (request instanceof PluginRequest.Stop r) {
            LivePlugin now = known(r.id());
            return new Change(PluginAction.STOP, r.id(), now, now.jar(), null, true, false, null, null);
        } else if (request instanceof PluginRequest.Start r) {
            return start(known(r.id()));
        } else if (request instanceof PluginRequest.Configure r) {
            LivePlugin now = known(r.id());
            StagedJar jar = jar(now);
            return settings(PluginAction.CONFIGURE, now, jar, desk.patched(schema(jar), desk.read(r.id()), r.changes()), false);
        }
        PluginRequest.RestoreSettings r = (PluginRequest.RestoreSettings) request;
        LivePlugin now = known(r.id());
        return settings(PluginAction.RESTORE_SETTINGS, now, jar(now), earlier(now, r.revision()), false);
    }

    /** A jar that is to run, with the settings that the plugin has. */
    Change install(StagedJar jar, String signature, FolderFile folderFile) {
        LivePlugin now = fleet.find(jar.id());
        boolean same = now != null && now.isOf(jar);
        SettingsFile text = same && now.running() != null ? now.running().text() : desk.read(jar.id());
        PluginAction action = now == null ? PluginAction.INSTALL : same ? PluginAction.START : PluginAction.UPDATE;
        return new Change(action, jar.id(), now, jar, text, true, true, signature, folderFile);
    }

    Change remove(LivePlugin now) {
        return new Change(PluginAction.REMOVE, now.id(), now, null, null, true, false, null, null);
    }

    Change start(LivePlugin now) {
        SettingsFile text = now.running() != null ? now.running().text() : desk.read(now.id());
        return new Change(PluginAction.START, now.id(), now, jar(now), text, true, true, null, null);
    }

    /** The settings that the plugin's file has now. */
    Change configured(LivePlugin now, SettingsFile text) {
        return settings(PluginAction.CONFIGURE, now, jar(now), text, true);
    }

    private Change settings(PluginAction action, LivePlugin now, StagedJar jar, SettingsFile text, boolean isFile) {
        return new Change(action, now.id(), now, jar, text, isFile, now.wanted().enabled(), null, null);
    }

    private Change rollback(String id, String version) {
        LivePlugin now = fleet.find(id);
        List<KeptVersion> versions = journal.versions(id);
        if (versions.isEmpty()) {
            throw unknown(id);
        }
        KeptVersion back = versions.stream()
                .filter(v -> version == null ? !v.current() && v.lastRan() != null : isCalled(v, version))
                .max(Comparator.comparing((KeptVersion v) -> !v.current())
                        .thenComparing(v -> v.lastRan() == null ? v.since() : v.lastRan()))
                .orElseThrow(() -> unknownVersion(id, version, versions));
        StagedJar jar = jars.kept(back.sha256(), back.file());
        Optional<Journal.Kept> kept = journal.kept(back.sha256());
        SettingsFile file = desk.read(id);
        SettingsFile text = back.lastRan() == null || kept.isEmpty() ? file
                : file.with(journal.revision(id, kept.get().settings()).map(Journal.Revision::content).orElse(null));
        return new Change(PluginAction.ROLLBACK, id, now, jar, text, text.equals(file), true,
                kept.map(Journal.Kept::signature).orElse(null), null);
    }

    private static boolean isCalled(KeptVersion v, String version) {
        return v.version().equals(version) || version.length() >= SHORTEST_DIGEST && v.sha256().startsWith(version);
    }

    private SettingsFile earlier(LivePlugin now, Long revision) {
        List<PluginSettings.Revision> all = journal.revisions(now.id());
        Long present = now.wanted().revision();
        Long number = revision != null ? revision : all.stream().map(PluginSettings.Revision::number)
                .filter(n -> present != null && n < present).findFirst().orElse(null);
        return journal.revision(now.id(), number).map(r -> desk.read(now.id()).with(r.content()))
                .orElseThrow(() -> new ProblemException(new Problem("unknown-revision", now.id(), revision == null
                        ? "The settings have no earlier revision." : "The settings have no revision " + revision + ".",
                        all.isEmpty() ? null : "There are " + all.stream().map(r -> String.valueOf(r.number()))
                                .collect(Collectors.joining(", ")) + ".")));
    }

    /** The jar of a plugin that is wanted. */
    StagedJar jar(LivePlugin now) {
        if (now.jar() == null) {
            now.has(jars.kept(now.wanted().sha256(), now.wanted().file()));
        }
        return now.jar();
    }

    static HubFile schema(StagedJar jar) {
        return jar.hubFile("settings.schema.json").orElse(null);
    }

    LivePlugin known(String id) {
        LivePlugin now = fleet.find(id);
        if (now == null) {
            throw unknown(id);
        }
        return now;
    }

    static ProblemException unknown(String id) {
        return new ProblemException(new Problem("unknown-plugin", id, "There is no plugin '" + id + "'.",
                "See which there are with: yuzui plugin list."));
    }

    private static ProblemException unknownVersion(String id, String version, List<KeptVersion> versions) {
        return new ProblemException(new Problem("unknown-version", id,
                version == null ? "No earlier version of '" + id + "' is kept."
                        : "No version " + version + " of '" + id + "' is kept.",
                "Kept are " + versions.stream().map(KeptVersion::version).distinct().collect(Collectors.joining(", "))
                        + "; any other must be installed from its jar."));
    }
}
