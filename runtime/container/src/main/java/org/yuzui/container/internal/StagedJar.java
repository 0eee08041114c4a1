package org.yuzui.container.internal;

import org.yuzui.kernel.PluginDescriptor;

import java.nio.file.Path;

/**
 * A sound jar, copied out of the drop folder: whatever happens to the original, this copy stays as it was read.
 *
 * @param name   the file name in the drop folder
 * @param file   the copy, a bundle
 * @param sha256 of the original, hexadecimal
 */
record StagedJar(String name, Path file, String sha256, PluginDescriptor descriptor) {

    String id() {
        return descriptor.id();
    }

    PluginVersion version() {
        return PluginVersion.of(descriptor.version());
    }

    boolean sameContent(StagedJar other) {
        return sha256.equals(other.sha256);
    }

    /** The same content under another name. */
    StagedJar named(String newName) {
        return new StagedJar(newName, file, sha256, descriptor);
    }
}
