package org.yuzui.container;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Packs plugins for tests, sound ones and others. */
final class PluginJar {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private PluginJar() {
    }

    /** A sound plugin with OSGi headers and a descriptor, without classes. */
    static PluginJar of(String id, String version) {
        return new PluginJar()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", "test." + id)
                .header("Bundle-Version", version.replaceFirst("-.*", ""))
                .header("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=yuzui.plugin)\"")
                .entry("HUB-INF/plugin.yaml", "id: " + id + "\nversion: \"" + version + "\"\n");
    }

    PluginJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    PluginJar withoutManifest() {
        headers.clear();
        return this;
    }

    PluginJar entry(String path, String text) {
        entries.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PluginJar without(String path) {
        entries.remove(path);
        return this;
    }

    /** Compiles one source file against the class path of the tests. */
    PluginJar source(String className, String source) {
        try {
            Path folder = Files.createTempDirectory("plugin-source");
            Path file = folder.resolve(className.substring(className.lastIndexOf('.') + 1) + ".java");
            Files.writeString(file, source);
            Path out = Files.createDirectory(folder.resolve("out"));
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            int result = compiler.run(null, null, errors, "--release", "17", "-cp", System.getProperty("java.class.path"),
                    "-d", out.toString(), file.toString());
            if (result != 0) {
                throw new IllegalArgumentException(errors.toString(StandardCharsets.UTF_8));
            }
            try (Stream<Path> classes = Files.walk(out)) {
                for (Path c : classes.filter(p -> p.toString().endsWith(".class")).toList()) {
                    entries.put(out.relativize(c).toString().replace('\\', '/'), Files.readAllBytes(c));
                }
            }
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            if (!headers.isEmpty()) {
                jar.putNextEntry(entry("META-INF/MANIFEST.MF"));
                jar.write(manifest().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(entry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Always of the same time, so that the same plugin is the same bytes. */
    private static JarEntry entry(String path) {
        JarEntry entry = new JarEntry(path);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        return entry;
    }

    private String manifest() {
        List<String> lines = new ArrayList<>(List.of("Manifest-Version: 1.0"));
        headers.forEach((name, value) -> {
            String line = name + ": " + value;
            for (int i = 0; i < line.length(); i += 60) {
                lines.add((i == 0 ? "" : " ") + line.substring(i, Math.min(line.length(), i + 60)));
            }
        });
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** Writes it in one go, as {@code cp} does. */
    Path copyTo(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(bytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it beside the file and renames it, as a careful person does. */
    Path renameTo(Path file) {
        try {
            Path part = Files.write(file.resolveSibling(file.getFileName() + ".part"), bytes());
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
