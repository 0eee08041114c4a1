package org.yuzui.container.internal.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The settings of one plugin as they lie on the disk.
 *
 * @param name  for messages, such as {@code config/plugins/his.yaml}
 * @param bytes null when there is no such file
 */
public record SettingsFile(String name, byte[] bytes) {

    static SettingsFile read(Path folder, String id) throws IOException {
        Path file = folder.resolve(id + ".yaml");
        int steps = file.getNameCount();
        String name = file.subpath(Math.max(0, steps - 3), steps).toString();
        try {
            return new SettingsFile(name, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return new SettingsFile(name, null);
        }
    }

    /** Other text under the same name. */
    public SettingsFile with(byte[] text) {
        return new SettingsFile(name, text);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SettingsFile f && name.equals(f.name) && Arrays.equals(bytes, f.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Without its content, which may hold secrets. */
    @Override
    public String toString() {
        return name;
    }
}
