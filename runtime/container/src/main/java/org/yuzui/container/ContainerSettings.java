package org.yuzui.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where plugins come from and how much the hub puts up with.
 *
 * @param node           whose plugins these are: nodes that share a database each have their own
 * @param dropFolder     {@code plugins/}: what lies here is what runs; made when it is missing
 * @param settingsFolder {@code config/plugins/}: {@code <id>.yaml} holds a plugin's settings; made when it is missing
 * @param cache          the container's own folder; all in it can be made again and may be deleted while the hub is down
 * @param hubVersion     such as {@code 0.1.0}: what the {@code hub} range of a plugin is held against
 * @param maxJarBytes    a larger jar is refused; what it unpacks to may be four times as much
 * @param quiet          how long an unreadable jar must lie still before it counts as broken and not as half copied
 * @param patience       how long one plugin may take to come up, or one of its parts to go down
 * @param drain          how long the version before gets to finish what it is working on when another takes its place
 * @param keep           how many versions of a plugin can be gone back to, the present one among them
 * @param trustFolder    {@code config/trust/}: {@code <signer>.pem} are the keys by which a plugin may be signed; made when it is
 *                       missing
 * @param unsigned       what is done with a plugin that none of these has signed
 */
public record ContainerSettings(String node, Path dropFolder, Path settingsFolder, Path cache, String hubVersion,
                                long maxJarBytes, Duration quiet, Duration patience, Duration drain, int keep,
                                Path trustFolder, UnsignedPlugins unsigned) {

    public ContainerSettings {
        Objects.requireNonNull(node, "node");
        dropFolder = dropFolder.toAbsolutePath().normalize();
        settingsFolder = settingsFolder.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        Objects.requireNonNull(hubVersion, "hubVersion");
        Objects.requireNonNull(quiet, "quiet");
        Objects.requireNonNull(patience, "patience");
        Objects.requireNonNull(drain, "drain");
        trustFolder = trustFolder.toAbsolutePath().normalize();
        Objects.requireNonNull(unsigned, "unsigned");
    }

    /** With jars of up to 256 MB, two seconds of quiet, a minute of patience, 15 seconds to drain, and five versions kept. */
    public static ContainerSettings of(String node, Path dropFolder, Path settingsFolder, Path cache, String hubVersion) {
        return new ContainerSettings(node, dropFolder, settingsFolder, cache, hubVersion, 256L << 20, Duration.ofSeconds(2),
                Duration.ofSeconds(60), Duration.ofSeconds(15), 5, settingsFolder.resolveSibling("trust"), UnsignedPlugins.ALLOW);
    }

    public ContainerSettings withMaxJarBytes(long bytes) {
        return new ContainerSettings(node, dropFolder, settingsFolder, cache, hubVersion, bytes, quiet, patience, drain,
                keep, trustFolder, unsigned);
    }

    public ContainerSettings withQuiet(Duration newQuiet) {
        return new ContainerSettings(node, dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, newQuiet, patience, drain,
                keep, trustFolder, unsigned);
    }

    public ContainerSettings withPatience(Duration newPatience) {
        return new ContainerSettings(node, dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, quiet, newPatience, drain,
                keep, trustFolder, unsigned);
    }

    public ContainerSettings withDrain(Duration newDrain) {
        return new ContainerSettings(node, dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, quiet, patience, newDrain,
                keep, trustFolder, unsigned);
    }

    public ContainerSettings withKeep(int versions) {
        return new ContainerSettings(node, dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, quiet, patience, drain,
                versions, trustFolder, unsigned);
    }

    public ContainerSettings withCache(Path folder) {
        return new ContainerSettings(node, dropFolder, settingsFolder, folder, hubVersion, maxJarBytes, quiet, patience, drain,
                keep, trustFolder, unsigned);
    }

    public ContainerSettings withUnsigned(UnsignedPlugins policy) {
        return new ContainerSettings(node, dropFolder, settingsFolder, cache, hubVersion, maxJarBytes, quiet, patience, drain,
                keep, trustFolder, policy);
    }

    /** {@code data/keys/settings.key}, beside the cache's folder: the key of the secrets in the plugins' settings. */
    public Path keyFile() {
        return cache.resolveSibling("keys").resolve("settings.key");
    }
}
