package org.yuzui.container.internal.journal;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.yuzui.container.KeptVersion;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginEvent;
import org.yuzui.container.PluginSettings;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.store.Store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * The rows of one node in the schema {@code plugins}. Every method is one transaction; when the database is away it throws
 * {@code journal-unavailable}, and what was to be written may be there or not.
 */
public final class Journal {

    /** The code of the problem that the database is away. */
    public static final String UNAVAILABLE = "journal-unavailable";

    private final Store store;
    private final String node;
    private final int keep;
    private final LongConsumer told;

    /**
     * @param keep how many versions of a plugin are kept, the wanted one among them
     * @param told hears the number of every entry once it is written that it begins, and that it has ended
     */
    public Journal(Store store, String node, int keep, LongConsumer told) {
        this.store = store;
        this.node = node;
        this.keep = keep;
        this.told = told;
    }

    private long tell(long number) {
        told.accept(number);
        return number;
    }

    private <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        try {
            return store.jdbi().inTransaction(work);
        } catch (JdbiException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(RuntimeException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new ProblemException(new Problem(UNAVAILABLE, null,
                "What is done with plugins can't be written down: " + String.valueOf(root.getMessage()).lines().findFirst().orElse("")
                        + ".", "See what the hub's /ready says about the store, and try again."), e);
    }

    /** Returns when the database is there. */
    public void reach() {
        inTransaction(h -> h.createQuery("SELECT 1").mapTo(Integer.class).one());
    }

    // What is wanted.

    public List<Wanted> wanted() {
        return inTransaction(h -> h.createQuery("""
                        SELECT w.*, j.version, j.file FROM plugins.wanted w JOIN plugins.jar j USING (node, sha256)
                        WHERE node = :node ORDER BY w.plugin""")
                .bind("node", node)
                .map((row, c) -> new Wanted(row.getString("plugin"), row.getString("sha256"), row.getString("version"),
                        row.getString("file"), row.getBoolean("enabled"), EventRow.number(row, "settings"),
                        row.getBoolean("settings_due"), row.getString("who"), row.getTimestamp("at").toInstant()))
                .list());
    }

    /** The plugin's file says what its revision says. */
    public void settingsWritten(String plugin) {
        inTransaction(h -> h.createUpdate("UPDATE plugins.wanted SET settings_due = false WHERE node = :node AND plugin = :plugin")
                .bind("node", node).bind("plugin", plugin).execute());
    }

    // What is done.

    /** @return the number of the new entry, which is under way */
    public long begin(Beginning b) {
        return tell(inTransaction(h -> {
            if (b.jar() != null) {
                new JarRows(h, node).keep(b);
            }
            return insert(h, b, PluginEvent.Outcome.UNDER_WAY, null, null);
        }));
    }

    /** Something that was refused before it began. */
    public void refused(Beginning b, Problem problem, Duration took) {
        tell(inTransaction(h -> insert(h, b, PluginEvent.Outcome.FAILED, problem, took)));
    }

    private long insert(Handle h, Beginning b, PluginEvent.Outcome outcome, Problem problem, Duration took) {
        return h.createUpdate("""
                        INSERT INTO plugins.event (node, plugin, action, from_version, to_version, file, sha256, who, door,
                                                   started_at, outcome, problem, took_us, plan)
                        VALUES (:node, :plugin, :action, :from, :to, :file, :sha256, :who, :door, :at, :outcome, :problem,
                                :took, :plan)""")
                .bind("node", node).bind("plugin", b.plugin()).bind("action", b.action().name())
                .bind("from", b.fromVersion()).bind("to", b.toVersion()).bind("file", b.file()).bind("sha256", b.sha256())
                .bind("who", b.mandate().who()).bind("door", b.mandate().door()).bind("at", b.at())
                .bind("outcome", outcome.name()).bind("problem", EventRow.json(problem)).bind("took", EventRow.micros(took))
                .bind("plan", EventRow.json(b.plan()))
                .executeAndReturnGeneratedKeys("number").mapTo(Long.class).one();
    }

    /** @return the row that a start goes by from now on; empty when the plugin is gone */
    public Optional<Wanted> end(Ending e, Mandate mandate, Instant at) {
        Optional<Wanted> wanted = inTransaction(h -> {
            Long revision = e.sha256() == null || !e.told() ? e.revision() : revision(h, e, mandate.who(), at);
            h.createUpdate("""
                            UPDATE plugins.event SET outcome = 'DONE', took_us = :took, paused_us = :paused, settings = :settings
                            WHERE number = :number""")
                    .bind("took", EventRow.micros(e.took())).bind("paused", EventRow.micros(e.paused()))
                    .bind("settings", revision).bind("number", e.number()).execute();
            if (e.folderFile() != null) {
                see(h, e.folderFile());
            }
            if (e.sha256() == null) {
                forget(h, e.plugin());
                return Optional.empty();
            }
            JarRows jars = new JarRows(h, node);
            Wanted now = jars.want(e, revision, mandate.who(), at);
            want(h, now);
            jars.prune(e.plugin(), keep);
            return Optional.of(now);
        });
        tell(e.number());
        return wanted;
    }

    /**
     * It came to nothing, or it is unknown to what.
     *
     * @param before what was wanted before it began, and is wanted again; null for nothing
     */
    public void failed(long number, String plugin, Problem problem, Duration took, Duration paused, Wanted before) {
        inTransaction(h -> {
            h.createUpdate("""
                            UPDATE plugins.event SET outcome = 'FAILED', problem = :problem, took_us = :took, paused_us = :paused
                            WHERE number = :number""")
                    .bind("problem", EventRow.json(problem)).bind("took", EventRow.micros(took))
                    .bind("paused", EventRow.micros(paused)).bind("number", number).execute();
            if (before == null) {
                forget(h, plugin);
            } else {
                want(h, before);
            }
            new JarRows(h, node).prune(plugin, keep);
            return null;
        });
        tell(number);
    }

    private void want(Handle h, Wanted w) {
        h.createUpdate("""
                        INSERT INTO plugins.wanted (node, plugin, sha256, enabled, settings, settings_due, who, at)
                        VALUES (:node, :plugin, :sha256, :enabled, :settings, :due, :who, :at)
                        ON CONFLICT (node, plugin) DO UPDATE SET sha256 = excluded.sha256, enabled = excluded.enabled,
                            settings = excluded.settings, settings_due = excluded.settings_due, who = excluded.who,
                            at = excluded.at""")
                .bind("node", node).bind("plugin", w.plugin()).bind("sha256", w.sha256()).bind("enabled", w.enabled())
                .bind("settings", w.revision()).bind("due", w.settingsDue()).bind("who", w.who()).bind("at", w.at())
                .execute();
    }

    private void forget(Handle h, String plugin) {
        h.createUpdate("DELETE FROM plugins.wanted WHERE node = :node AND plugin = :plugin")
                .bind("node", node).bind("plugin", plugin).execute();
    }

    /** What was under way when the hub ended. */
    public void interruptAll() {
        inTransaction(h -> h.createUpdate("""
                        UPDATE plugins.event SET outcome = 'INTERRUPTED' WHERE node = :node AND outcome = 'UNDER_WAY'""")
                .bind("node", node).execute());
    }

    // What was done.

    public List<PluginEvent> history(String plugin, Long before, int limit) {
        return inTransaction(h -> h.createQuery("""
                        SELECT number, plugin, action, from_version, to_version, file, sha256, who, door, started_at, outcome,
                               problem, took_us, paused_us, settings, NULL AS plan
                        FROM plugins.event WHERE node = :node AND plugin = :plugin AND number < :before
                        ORDER BY number DESC LIMIT :limit""")
                .bind("node", node).bind("plugin", plugin).bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit).map((row, c) -> EventRow.read(row)).list());
    }

    public Optional<PluginEvent> event(long number) {
        return inTransaction(h -> h.createQuery("SELECT * FROM plugins.event WHERE node = :node AND number = :number")
                .bind("node", node).bind("number", number).map((row, c) -> EventRow.read(row)).findOne());
    }

    /** By plugin: how long it paused at its last change. */
    public Map<String, Duration> lastPauses() {
        return inTransaction(h -> h.createQuery("""
                        SELECT DISTINCT ON (plugin) plugin, paused_us FROM plugins.event
                        WHERE node = :node AND outcome = 'DONE' AND paused_us IS NOT NULL ORDER BY plugin, number DESC""")
                .bind("node", node)
                .map((row, c) -> Map.entry(row.getString("plugin"), EventRow.micros(row, "paused_us")))
                .list()).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    // Versions.

    /** The newest first. */
    public List<KeptVersion> versions(String plugin) {
        return inTransaction(h -> new JarRows(h, node).versions(plugin));
    }

    /**
     * What goes with a kept jar.
     *
     * @param settings  the revision that it ran with last; null when it ran with none
     * @param signature the detached one; null when there is none
     */
    public record Kept(Long settings, String signature) {
    }

    public Optional<Kept> kept(String sha256) {
        return inTransaction(h -> h.createQuery("""
                        SELECT settings, signature FROM plugins.jar WHERE node = :node AND sha256 = :sha256""")
                .bind("node", node).bind("sha256", sha256)
                .map((row, c) -> new Kept(EventRow.number(row, "settings"), row.getString("signature"))).findOne());
    }

    /** Writes a kept jar to a file. False when it isn't kept. */
    public boolean copyJar(String sha256, Path target) {
        return inTransaction(h -> new JarRows(h, node).copy(sha256, target));
    }

    // Settings.

    /** A text of the settings that held once. */
    public record Revision(long number, byte[] content) {
    }

    public Optional<Revision> revision(String plugin, Long number) {
        return number == null ? Optional.empty() : inTransaction(h -> h.createQuery("""
                        SELECT revision, content FROM plugins.settings
                        WHERE node = :node AND plugin = :plugin AND revision = :number""")
                .bind("node", node).bind("plugin", plugin).bind("number", number)
                .map((row, c) -> new Revision(row.getLong("revision"), row.getBytes("content"))).findOne());
    }

    /** The newest first. */
    public List<PluginSettings.Revision> revisions(String plugin) {
        return inTransaction(h -> h.createQuery("""
                        SELECT revision, at, who, version FROM plugins.settings WHERE node = :node AND plugin = :plugin
                        ORDER BY revision DESC""")
                .bind("node", node).bind("plugin", plugin)
                .map((row, c) -> new PluginSettings.Revision(row.getLong("revision"), row.getTimestamp("at").toInstant(),
                        row.getString("who"), row.getString("version"))).list());
    }

    private Long revision(Handle h, Ending e, String who, Instant now) {
        Optional<Revision> held = e.revision() == null ? Optional.empty() : revision(e.plugin(), e.revision());
        if (held.isEmpty() && e.settings() == null
                || held.isPresent() && Arrays.equals(held.get().content(), e.settings())) {
            return e.revision();
        }
        return h.createQuery("""
                        INSERT INTO plugins.settings (node, plugin, revision, content, version, who, at)
                        SELECT :node, :plugin, 1 + coalesce((SELECT max(revision) FROM plugins.settings
                                                             WHERE node = :node AND plugin = :plugin), 0),
                               :content, (SELECT version FROM plugins.jar WHERE node = :node AND sha256 = :sha256), :who, :at
                        RETURNING revision""")
                .bind("node", node).bind("plugin", e.plugin()).bind("content", e.settings()).bind("sha256", e.sha256())
                .bind("who", who).bind("at", now).mapTo(Long.class).one();
    }

    // The drop folder.

    public List<FolderFile> folderFiles() {
        return inTransaction(h -> h.createQuery("SELECT * FROM plugins.folder_file WHERE node = :node ORDER BY name")
                .bind("node", node)
                .map((row, c) -> new FolderFile(row.getString("name"), row.getString("sha256"), row.getString("plugin"),
                        EventRow.object(row.getString("refusal"), Problem.class)))
                .list());
    }

    public void folder(Collection<FolderFile> seen, Collection<String> gone) {
        inTransaction(h -> {
            seen.forEach(f -> see(h, f));
            gone.forEach(name -> h.createUpdate("DELETE FROM plugins.folder_file WHERE node = :node AND name = :name")
                    .bind("node", node).bind("name", name).execute());
            return null;
        });
    }

    private void see(Handle h, FolderFile f) {
        h.createUpdate("""
                        INSERT INTO plugins.folder_file (node, name, sha256, plugin, refusal)
                        VALUES (:node, :name, :sha256, :plugin, :refusal)
                        ON CONFLICT (node, name) DO UPDATE SET sha256 = excluded.sha256, plugin = excluded.plugin,
                            refusal = excluded.refusal""")
                .bind("node", node).bind("name", f.name()).bind("sha256", f.sha256()).bind("plugin", f.plugin())
                .bind("refusal", EventRow.json(f.refusal())).execute();
    }
}
