package org.yuzui.container.internal.settings;

import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The settings of one plugin as they lie on the disk, or as they are to lie there.
 *
 * @param name  for messages, such as {@code config/plugins/his.yaml}
 * @param bytes null when there is no such file
 */
public record SettingsFile(String name, byte[] bytes) {

    static SettingsFile read(Path folder, String id) throws IOException {
        Path file = folder.resolve(id + ".yaml");
        try {
            return new SettingsFile(name(file), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return new SettingsFile(name(file), null);
        }
    }

    private static String name(Path file) {
        int steps = file.getNameCount();
        return file.subpath(Math.max(0, steps - 3), steps).toString();
    }

    /** The plugin's id: the file is named after it. */
    public String plugin() {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).replaceFirst("\\.yaml$", "");
    }

    /** Its characters; none when there is no file. What isn't UTF-8 is refused when it is parsed. */
    String text() {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Other text under the same name; null for no file. */
    public SettingsFile with(byte[] text) {
        return new SettingsFile(name, text);
    }

    SettingsFile withText(String text) {
        return text.equals(text()) ? this : with(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws org.yuzui.kernel.ProblemException when it isn't YAML, or isn't UTF-8 */
    YamlDocument parse() {
        return YamlDocument.parse(bytes == null ? new byte[0] : bytes, name);
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
