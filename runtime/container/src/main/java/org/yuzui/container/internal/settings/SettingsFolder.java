package org.yuzui.container.internal.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The settings of the plugins as their files say, without the moments in between: an editor that saves empties a file, or
 * takes it away, before the new text is there, and half a YAML file is often valid. A change counts once it has lain still
 * for a while; until then the text before it does.
 */
public final class SettingsFolder {

    static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private record Change(SettingsFile file, long settledAt) {
    }

    private final Path folder;
    private final LongSupplier nanoTime;
    private final Map<String, SettingsFile> settled = new HashMap<>();
    private final Map<String, Change> changing = new HashMap<>();

    /** @param nanoTime {@link System#nanoTime()}, or what a test says */
    public SettingsFolder(Path folder, LongSupplier nanoTime) {
        this.folder = folder;
        this.nanoTime = nanoTime;
    }

    public Path path() {
        return folder;
    }

    /** What counts now for the plugin. */
    public SettingsFile read(String id) throws IOException {
        SettingsFile now = SettingsFile.read(folder, id);
        SettingsFile before = settled.get(id);
        if (before == null || before.equals(now)) {
            changing.remove(id);
            settled.put(id, now);
            return now;
        }
        Change change = changing.get(id);
        if (change == null || !change.file().equals(now)) {
            changing.put(id, new Change(now, nanoTime.getAsLong() + SETTLE_NANOS));
            return before;
        }
        if (nanoTime.getAsLong() - change.settledAt() < 0) {
            return before;
        }
        changing.remove(id);
        settled.put(id, now);
        return now;
    }

    /** What the hub wrote itself counts at once. */
    void counts(String id, SettingsFile written) {
        changing.remove(id);
        settled.put(id, written);
    }

    /** For how long to wait, at most, until the next change may count; empty when nothing is changing. */
    public OptionalLong nanosToNextChange() {
        long now = nanoTime.getAsLong();
        return changing.values().stream().mapToLong(c -> Math.max(0, c.settledAt() - now)).min();
    }

    /** Forgets all plugins but these. */
    public void keepOnly(Collection<String> ids) {
        settled.keySet().retainAll(ids);
        changing.keySet().retainAll(ids);
    }
}
