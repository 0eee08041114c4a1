package org.yuzui.container.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.spi.ApiVersion;
import org.yuzui.spi.Settings;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packages of the hub's class path that plugins may import: the spi, Camel, SLF4J and Jackson, and nothing else.
 *
 * <p>The spi is exported in its own version, which is not the hub's. SLF4J and Jackson say themselves what they export. Camel's jars carry no OSGi headers, so their packages are read
 * from the jars' directories, and remembered in a file for as long as the same jars are there.
 */
final class HostPackages {

    private static final Logger LOG = LoggerFactory.getLogger(HostPackages.class);
    private static final Pattern SHARED = Pattern.compile("(camel|jackson|slf4j-api)-.*?-?(\\d+\\.\\d+(?:\\.\\d+)?).*\\.jar");
    private static final String CAMEL_FOLDER = "org/apache/camel/";

    /** What a plugin that was compiled against the spi names a range around. */
    private static final String API_VERSION = Settings.class.getPackage().getAnnotation(ApiVersion.class).value();

    private HostPackages() {
    }

    /** The class path of this JVM, jars and folders. */
    static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path", "").split(Pattern.quote(File.pathSeparator)))
                .filter(s -> !s.isEmpty()).map(Path::of).toList();
    }

    /** The value of {@code Export-Package} for the system bundle. */
    static String of(List<Path> classPath, Path memory) throws IOException {
        List<Path> jars = classPath.stream()
                .filter(p -> SHARED.matcher(p.getFileName().toString()).matches())
                .sorted(Comparator.comparing((Path p) -> p.getFileName().toString()).thenComparing(Path::toString))
                .toList();
        String key = key(jars);
        String known = remembered(memory, key);
        if (known != null) {
            return known;
        }
        List<String> exports = new ArrayList<>();
        exports.add("org.yuzui.spi;version=\"" + API_VERSION + "\"");
        TreeSet<String> camel = new TreeSet<>();
        for (Path jar : jars) {
            exportsOf(jar, exports, camel);
        }
        exports.addAll(camel);
        String line = String.join(",", exports);
        remember(memory, key, line);
        return line;
    }

    private static void exportsOf(Path jar, List<String> exports, TreeSet<String> camel) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            String header = file.getManifest() == null ? null
                    : file.getManifest().getMainAttributes().getValue("Export-Package");
            if (header != null) {
                exports.add(header);
                return;
            }
            Matcher name = SHARED.matcher(jar.getFileName().toString());
            String version = name.matches() ? PluginVersion.of(name.group(2)).numbers() : "0.0.0";
            file.stream().map(JarEntry::getName)
                    .filter(n -> n.startsWith(CAMEL_FOLDER) && n.endsWith(".class"))
                    .map(n -> n.substring(0, n.lastIndexOf('/')).replace('/', '.'))
                    .distinct()
                    .forEach(p -> camel.add(p + ";version=\"" + version + "\""));
        }
    }

    private static String key(List<Path> jars) throws IOException {
        StringBuilder key = new StringBuilder(API_VERSION);
        for (Path jar : jars) {
            key.append(' ').append(jar.getFileName()).append(':').append(Files.size(jar));
        }
        return key.toString();
    }

    private static String remembered(Path memory, String key) throws IOException {
        if (!Files.isRegularFile(memory)) {
            return null;
        }
        List<String> lines = Files.readAllLines(memory);
        return lines.size() == 2 && lines.get(0).equals(key) ? lines.get(1) : null;
    }

    private static void remember(Path memory, String key, String line) {
        try {
            Files.write(memory, List.of(key, line));
        } catch (IOException e) {
            LOG.warn("The list of exported packages can't be kept in {}: {}", memory, e.toString());
        }
    }
}
