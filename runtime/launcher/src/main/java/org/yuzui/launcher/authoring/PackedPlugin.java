package org.yuzui.launcher.authoring;

import org.yuzui.kernel.PluginDescriptor;

import java.nio.file.Path;

/**
 * A bundle that was made of a folder.
 *
 * @param file   the jar
 * @param sha256 hexadecimal; the same folder always gives the same
 * @param bytes  its size
 */
public record PackedPlugin(PluginDescriptor descriptor, Path file, String sha256, long bytes) {
}
