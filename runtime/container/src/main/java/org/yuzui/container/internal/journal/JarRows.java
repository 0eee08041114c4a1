package org.yuzui.container.internal.journal;

import org.jdbi.v3.core.Handle;
import org.yuzui.container.KeptVersion;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** The kept jars of a node, inside one transaction. */
final class JarRows {

    private static final int CHUNK = 1 << 20;

    private final Handle h;
    private final String node;

    JarRows(Handle h, String node) {
        this.h = h;
        this.node = node;
    }

    /** Keeps the jar of a beginning, unless it is kept already. */
    void keep(Beginning b) {
        try {
            int added = h.createUpdate("""
                            INSERT INTO plugins.jar (node, sha256, plugin, version, file, bytes, since, signature)
                            VALUES (:node, :sha256, :plugin, :version, :file, :bytes, :since, :signature)
                            ON CONFLICT (node, sha256) DO NOTHING""")
                    .bind("node", node).bind("sha256", b.sha256()).bind("plugin", b.plugin()).bind("version", b.toVersion())
                    .bind("file", b.file()).bind("bytes", Files.size(b.jar())).bind("since", b.at())
                    .bind("signature", b.signature()).execute();
            if (added == 1) {
                insertChunks(b);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void insertChunks(Beginning b) throws IOException {
        try (InputStream in = Files.newInputStream(b.jar())) {
            int no = 0;
            for (byte[] data = in.readNBytes(CHUNK); data.length > 0; data = in.readNBytes(CHUNK)) {
                h.createUpdate("INSERT INTO plugins.jar_chunk (node, sha256, no, data) VALUES (:node, :sha256, :no, :data)")
                        .bind("node", node).bind("sha256", b.sha256()).bind("no", no++).bind("data", data).execute();
            }
        }
    }

    /** Notes on the jar what is wanted of it. */
    Wanted want(Ending e, Long revision, String who, Instant now) {
        return h.createQuery("""
                        UPDATE plugins.jar SET last_ran = CASE WHEN :ran THEN :now ELSE last_ran END,
                            settings = CASE WHEN :ran THEN :settings ELSE settings END
                        WHERE node = :node AND sha256 = :sha256 RETURNING version, file""")
                .bind("ran", e.ran()).bind("now", now).bind("settings", revision).bind("node", node)
                .bind("sha256", e.sha256())
                .map((row, c) -> new Wanted(e.plugin(), e.sha256(), row.getString("version"), row.getString("file"),
                        e.enabled(), revision, e.settingsDue(), who, now)).one();
    }

    /** Those that never came up go first, then those that ran longest ago; never the wanted one. */
    void prune(String plugin, int keep) {
        h.createUpdate("""
                        DELETE FROM plugins.jar j WHERE node = :node AND plugin = :plugin
                          AND NOT EXISTS (SELECT 1 FROM plugins.wanted w WHERE w.node = j.node AND w.sha256 = j.sha256)
                          AND sha256 NOT IN (SELECT k.sha256 FROM plugins.jar k
                              LEFT JOIN plugins.wanted w ON w.node = k.node AND w.sha256 = k.sha256
                              WHERE k.node = :node AND k.plugin = :plugin
                              ORDER BY w.sha256 IS NULL, k.last_ran DESC NULLS LAST, k.since DESC LIMIT :keep)""")
                .bind("node", node).bind("plugin", plugin).bind("keep", keep).execute();
    }

    List<KeptVersion> versions(String plugin) {
        return h.createQuery("""
                        SELECT j.*, w.sha256 IS NOT NULL AS current FROM plugins.jar j
                        LEFT JOIN plugins.wanted w ON w.node = j.node AND w.sha256 = j.sha256
                        WHERE j.node = :node AND j.plugin = :plugin
                        ORDER BY coalesce(j.last_ran, j.since) DESC, j.since DESC""")
                .bind("node", node).bind("plugin", plugin)
                .map((row, c) -> new KeptVersion(row.getString("version"), row.getString("sha256"), row.getString("file"),
                        row.getLong("bytes"), row.getTimestamp("since").toInstant(), instant(row.getTimestamp("last_ran")),
                        row.getBoolean("current")))
                .list();
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    boolean copy(String sha256, Path target) {
        try (OutputStream out = Files.newOutputStream(target);
             var chunks = h.createQuery("SELECT data FROM plugins.jar_chunk WHERE node = :node AND sha256 = :sha256 ORDER BY no")
                     .setFetchSize(4).bind("node", node).bind("sha256", sha256).mapTo(byte[].class).iterator()) {
            Iterator<byte[]> all = chunks;
            boolean any = false;
            while (all.hasNext()) {
                out.write(all.next());
                any = true;
            }
            return any;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
