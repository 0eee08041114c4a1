package org.yuzui.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The bundle of the plugin whose module runs the test, made of what the build has compiled: tests run before it is packaged. */
public final class BuiltPlugin {

    private BuiltPlugin() {
    }

    /** Packs {@code target/classes} as {@code target/under-test/<id>.jar}. */
    public static Path jar(String id) {
        Path classes = Path.of("target/classes");
        Path jar = Path.of("target/under-test", id + ".jar");
        try (InputStream in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF")); Stream<Path> all = Files.walk(classes)) {
            Files.createDirectories(jar.getParent());
            List<Path> files = all.filter(Files::isRegularFile).filter(f -> !f.endsWith("META-INF/MANIFEST.MF")).sorted().toList();
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), new Manifest(in))) {
                for (Path file : files) {
                    out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
