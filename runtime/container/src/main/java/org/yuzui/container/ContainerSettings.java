package org.yuzui.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where plugins come from and how much the hub puts up with.
 *
 * @param dropFolder     {@code plugins/}: what lies here is what runs; made when it is missing
 * @param settingsFolder {@code config/plugins/}: {@code <id>.yaml} holds a plugin's settings; made when it is missing
 * @param cache          the container's own folder; all in it can be made again and may be deleted while the hub is down
 * @param hubVersion     such as {@code 0.1.0}: what the {@code hub} range of a plugin is held against
 * @param maxJarBytes    a larger jar is refused; what it unpacks to may be four times as much
 * @param quiet          how long an unreadable jar must lie still before it counts as broken and not as half copied
 * @param patience       how long one plugin may take to come up, or one of its parts to go down
 */
public record ContainerSettings(Path dropFolder, Path settingsFolder, Path cache, String hubVersion, long maxJarBytes,
                                Duration quiet, Duration patience) {

    public ContainerSettings {
        dropFolder = dropFolder.toAbsolutePath().normalize();
        settingsFolder = settingsFolder.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        Objects.requireNonNull(hubVersion, "hubVersion");
        Objects.requireNonNull(quiet, "quiet");
        Objects.requireNonNull(patience, "patience");
    }

    /** With jars of up to 256 MB, two seconds of quiet and a minute of patience. */
    public static ContainerSettings of(Path dropFolder, Path settingsFolder, Path cache, String hubVersion) {
        return new ContainerSettings(dropFolder, settingsFolder, cache, hubVersion, 256L << 20, Duration.ofSeconds(2),
                Duration.ofSeconds(60));
    }

    public ContainerSettings withMaxJarBytes(long bytes) {
        return new ContainerSettings(dropFolder, settingsFolder, cache, hubVersion, bytes, quiet, patience);
    }

    public ContainerSettings withQuiet(Duration newQuiet) {
        return new ContainerSettings(dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, newQuiet, patience);
    }

    public ContainerSettings withPatience(Duration newPatience) {
        return new ContainerSettings(dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, quiet, newPatience);
    }

    /** {@code data/keys/settings.key}, beside the cache's folder: the key of the secrets in the plugins' settings. */
    public Path keyFile() {
        return cache.resolveSibling("keys").resolve("settings.key");
    }
}
