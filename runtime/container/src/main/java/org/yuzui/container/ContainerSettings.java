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
 * @param trustFolder    {@code config/trust/}: {@code <signer>.pem} are the keys by which a plugin may be signed
 * @param unsigned       what is done with a plugin that none of these has signed
 */
public record ContainerSettings(Path dropFolder, Path settingsFolder, Path cache, String hubVersion, long maxJarBytes,
                                Duration quiet, Duration patience, Path trustFolder, UnsignedPlugins unsigned) {

    public ContainerSettings {
        dropFolder = dropFolder.toAbsolutePath().normalize();
        settingsFolder = settingsFolder.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        Objects.requireNonNull(hubVersion, "hubVersion");
        Objects.requireNonNull(quiet, "quiet");
        Objects.requireNonNull(patience, "patience");
        trustFolder = trustFolder.toAbsolutePath().normalize();
        Objects.requireNonNull(unsigned, "unsigned");
    }

    /**
     * With jars of up to 256 MB, two seconds of quiet and a minute of patience; trusted keys lie beside the folder of the
     * settings, and unsigned plugins are allowed.
     */
    public static ContainerSettings of(Path dropFolder, Path settingsFolder, Path cache, String hubVersion) {
        return new ContainerSettings(dropFolder, settingsFolder, cache, hubVersion, 256L << 20, Duration.ofSeconds(2),
                Duration.ofSeconds(60), settingsFolder.resolveSibling("trust"), UnsignedPlugins.ALLOW);
    }

    public ContainerSettings withMaxJarBytes(long bytes) {
        return new ContainerSettings(dropFolder, settingsFolder, cache, hubVersion, bytes, quiet, patience, trustFolder,
                unsigned);
    }

    public ContainerSettings withQuiet(Duration newQuiet) {
        return new ContainerSettings(dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, newQuiet, patience, trustFolder,
                unsigned);
    }

    public ContainerSettings withPatience(Duration newPatience) {
        return new ContainerSettings(dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, quiet, newPatience, trustFolder,
                unsigned);
    }

    public ContainerSettings withUnsigned(UnsignedPlugins policy) {
        return new ContainerSettings(dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, quiet, patience, trustFolder,
                policy);
    }

    /** {@code data/keys/settings.key}, beside the cache's folder: the key of the secrets in the plugins' settings. */
    public Path keyFile() {
        return cache.resolveSibling("keys").resolve("settings.key");
    }
}
