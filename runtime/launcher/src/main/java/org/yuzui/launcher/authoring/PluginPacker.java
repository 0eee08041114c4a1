package org.yuzui.launcher.authoring;

import org.yuzui.container.PluginFiles;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Problem;
import org.yuzui.launcher.Hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the bundle of a plugin's folder without Maven: {@code hub/} becomes {@code HUB-INF/}, Java is compiled, jars are
 * embedded. The same folder gives the same bytes, whenever and wherever it is packed.
 */
public final class PluginPacker {

    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 2, 1, 0, 0);
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final PluginFolder folder;
    private final Clock clock;

    /** @param clock in the zone of the hub's days; says which schedules are never due again */
    public PluginPacker(PluginFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Checks everything that can be checked without a hub.
     *
     * @return all that is wrong, with places relative to the folder; empty when it can be packed
     */
    public List<Problem> check() {
        return withClasses((classes, problems) -> problems);
    }

    /**
     * Checks and packs.
     *
     * @param target the jar's path; null for {@code target/<id>-<version>.jar} in the folder. Written whole or not at all
     * @throws FolderProblemsException with everything that is wrong
     */
    public PackedPlugin pack(Path target) {
        return withClasses((classes, problems) -> {
            if (!problems.isEmpty()) {
                throw new FolderProblemsException(problems);
            }
            PluginDescriptor descriptor = PluginFiles.descriptor(folder.descriptor(), PluginFolder.DESCRIPTOR, Hub.VERSION);
            Path file = target != null ? target.toAbsolutePath()
                    : folder.root().resolve("target").resolve(descriptor.id() + "-" + descriptor.version() + ".jar");
            byte[] jar = zip(descriptor, entries(classes));
            write(jar, file);
            return new PackedPlugin(descriptor, file, sha256(jar), jar.length);
        });
    }

    private interface Work<T> {
        T with(Path classes, List<Problem> problems) throws IOException;
    }

    private <T> T withClasses(Work<T> work) {
        try {
            Path classes = Files.createTempDirectory("yuzui-classes");
            try {
                List<Problem> problems = new ArrayList<>();
                if (folder.hasJava()) {
                    problems.addAll(new JavaSources(folder).compileTo(classes));
                }
                boolean compiled = problems.isEmpty();
                try (URLClassLoader loader = new URLClassLoader(urls(classes), PluginPacker.class.getClassLoader())) {
                    // Without its classes every bean would be called missing, which says nothing new.
                    new FolderCheck(folder, clock).problems(loader).stream()
                            .filter(p -> compiled || !p.code().equals("class-not-found")).forEach(problems::add);
                }
                return work.with(classes, problems);
            } finally {
                delete(classes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URL[] urls(Path classes) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(classes.toUri().toURL());
        Path resources = folder.root().resolve("src/main/resources");
        if (Files.isDirectory(resources)) { // a component of its own is announced there, and beans may read them when they are made
            urls.add(resources.toUri().toURL());
        }
        for (Path jar : folder.libraries()) {
            urls.add(jar.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private Map<String, byte[]> entries(Path classes) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        folder.files("hub").forEach((name, path) -> entries.put("HUB-INF/" + name, PluginFolder.bytes(path)));
        entries.put("HUB-INF/plugin.yaml", folder.descriptor());
        folder.files("src/main/resources").forEach((name, path) -> entries.put(name, PluginFolder.bytes(path)));
        folder.libraries().forEach(jar -> entries.put("lib/" + jar.getFileName(), PluginFolder.bytes(jar)));
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        entries.remove(MANIFEST);
        return entries;
    }

    private Manifest manifest(PluginDescriptor descriptor, Map<String, byte[]> entries) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-Name", descriptor.title().en());
        headers.putValue("Bundle-SymbolicName", "org.yuzui.plugin." + descriptor.id());
        headers.putValue("Bundle-Version", PluginFiles.osgiVersion(descriptor.version()));
        headers.putValue("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=yuzui.plugin)\"");
        List<String> libraries = entries.keySet().stream().filter(n -> n.matches("lib/[^/]+\\.jar")).toList();
        if (!libraries.isEmpty()) {
            headers.putValue("Bundle-ClassPath", ".," + String.join(",", libraries));
        }
        ImportedPackages imports = new ImportedPackages();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getKey().endsWith(".class")) {
                imports.ownClass(entry.getValue());
            }
        }
        for (Path jar : folder.libraries()) {
            imports.library(jar);
        }
        if (imports.header() != null) {
            headers.putValue("Import-Package", imports.header());
        }
        return manifest;
    }

    private byte[] zip(PluginDescriptor descriptor, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, MANIFEST, out -> manifest(descriptor, entries).write(out));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(zip, entry.getKey(), out -> out.write(entry.getValue()));
            }
        }
        return bytes.toByteArray();
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static void put(ZipOutputStream zip, String name, Writing content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ALWAYS);
        zip.putNextEntry(entry);
        content.to(zip);
        zip.closeEntry();
    }

    private static void write(byte[] jar, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, jar);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
