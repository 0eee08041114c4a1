package org.yuzui.container.internal;

import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginDescriptor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A sound jar, copied out of the drop folder: whatever happens to the original, this copy stays as it was read.
 *
 * @param name     the file's name as its bringer calls it
 * @param file     the copy, a bundle
 * @param original the copy byte for byte; the same file when it was a bundle already
 * @param sha256   of the original, hexadecimal
 */
record StagedJar(String name, Path file, Path original, String sha256, PluginDescriptor descriptor) {

    String id() {
        return descriptor.id();
    }

    PluginVersion version() {
        return PluginVersion.of(descriptor.version());
    }

    String versionText() {
        return descriptor.version();
    }

    /** A file below {@code HUB-INF/}, without the bundle. */
    Optional<HubFile> hubFile(String path) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry("HUB-INF/" + path);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return Optional.of(new HubFile(path, name + "!HUB-INF/" + path, in.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UnreadableJarException(name, e);
        }
    }

    boolean sameContent(StagedJar other) {
        return sha256.equals(other.sha256);
    }

    /** The same content under another name. */
    StagedJar named(String newName) {
        return new StagedJar(newName, file, original, sha256, descriptor);
    }
}
