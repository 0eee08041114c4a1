package org.yuzui.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes a plugin without Maven: a bundle whose {@code HUB-INF/} holds the given files. */
public final class PluginJar {

    private final String id;
    private final String version;
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private String imports;
    private List<String> consumes = List.of();
    private List<String> publishes = List.of();

    private PluginJar(String id, String version) {
        this.id = id;
        this.version = version;
        describe();
    }

    private PluginJar describe() {
        return file("plugin.yaml", "id: " + id + "\nversion: \"" + version + "\"\nconsumes: " + consumes + "\npublishes: "
                + publishes + "\n");
    }

    /** Declares contracts of others that it reads; writes {@code plugin.yaml} anew. */
    public PluginJar consumes(String... contracts) {
        consumes = List.of(contracts);
        return describe();
    }

    /** Declares contracts of others that it publishes; writes {@code plugin.yaml} anew. */
    public PluginJar publishes(String... contracts) {
        publishes = List.of(contracts);
        return describe();
    }

    public static PluginJar of(String id, String version) {
        return new PluginJar(id, version);
    }

    /** @param path under {@code HUB-INF/}: {@code contracts/x.v1.schema.json} */
    public PluginJar file(String path, String text) {
        files.put("HUB-INF/" + path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** @param packages of the hub that its classes use, as {@code Import-Package} lists them */
    public PluginJar imports(String packages) {
        imports = packages;
        return this;
    }

    /**
     * A compiled class.
     *
     * @param name such as {@code org.example.Reader}
     */
    public PluginJar type(String name, byte[] bytecode) {
        files.put(name.replace('.', '/') + ".class", bytecode);
        return this;
    }

    public byte[] bytes() {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "org.yuzui.plugin." + id);
        main.putValue("Bundle-Version", version);
        main.putValue("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=yuzui.plugin)\"");
        if (imports != null) {
            main.putValue("Import-Package", imports);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                jar.putNextEntry(new JarEntry(file.getKey()));
                jar.write(file.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Puts {@code <id>.jar} into a folder, whole or not at all, as a person who is careful does. */
    public Path dropInto(Path folder) {
        try {
            Path part = folder.resolve("." + id + ".part");
            Files.write(part, bytes());
            return Files.move(part, folder.resolve(id + ".jar"), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
