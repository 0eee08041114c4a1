package org.yuzui.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A plugin without Java, as a jar with the headers that the plugins' build writes. */
final class BenchPlugin {

    private final String id;
    private final String version;
    private final Map<String, String> files = new LinkedHashMap<>();

    BenchPlugin(String id, String version) {
        this.id = id;
        this.version = version;
        file("plugin.yaml", "id: " + id + "\nversion: \"" + version + "\"\n");
    }

    BenchPlugin file(String path, String text) {
        files.put("HUB-INF/" + path, text);
        return this;
    }

    /** Lays it ready under another name, in the same folder so that the rename is one step. */
    Path prepare(Path folder) throws IOException {
        return Files.write(folder.resolve("." + id + ".part"), bytes());
    }

    byte[] bytes() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "org.yuzui.plugin." + id);
        main.putValue("Bundle-Version", version);
        main.putValue("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=yuzui.plugin)\"");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                jar.putNextEntry(new JarEntry(file.getKey()));
                jar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** The moment at which the hub can see it, as {@link System#nanoTime()}. */
    long drop(Path prepared) throws IOException {
        Path jar = prepared.resolveSibling(id + ".jar");
        long now = System.nanoTime();
        Files.move(prepared, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return now;
    }
}
