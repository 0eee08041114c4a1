package org.yuzui.launcher.authoring;

import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plugin as it lies in its author's folder: {@code hub/}, perhaps {@code src/main/java}, {@code lib/} and a pom. */
public final class PluginFolder {

    static final String DESCRIPTOR = "hub/plugin.yaml";
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)}");
    private static final Pattern LEFTOVER = Pattern.compile("\\..*|.*~|#.*#|.*\\.(sw[op]|bak|orig|rej|tmp|part)|Thumbs\\.db|desktop\\.ini");
    private static final List<String> NOT_THE_PLUGINS = List.of("target", "out", "node_modules");

    private final Path root;
    private final Map<String, String> properties;

    private PluginFolder(Path root) {
        this.root = root;
        this.properties = PomFile.properties(root.resolve("pom.xml"));
    }

    /** @throws ProblemException {@code no-plugin-folder} when there is no {@code hub/plugin.yaml} in it */
    public static PluginFolder of(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        if (!Files.isRegularFile(root.resolve(DESCRIPTOR))) {
            throw new ProblemException(new Problem("no-plugin-folder", folder.toString(),
                    "There is no " + DESCRIPTOR + " in this folder.", "Name the folder above hub/, or make one: yuzui plugin new ID."));
        }
        return new PluginFolder(root);
    }

    public Path root() {
        return root;
    }

    /** Whether a file is none of the plugin's: an editor's backup, a hidden file, what a build has left. */
    static boolean isLeftover(Path name) {
        return LEFTOVER.matcher(name.toString()).matches();
    }

    /** Whether a change of this file, relative to the folder, may change the plugin. */
    public static boolean matters(Path relative) {
        for (Path name : relative) {
            if (isLeftover(name)) {
                return false;
            }
        }
        String first = relative.getName(0).toString();
        return first.equals("hub") || first.equals("lib") || relative.startsWith("src/main") || relative.toString().equals("pom.xml");
    }

    /** The files below a folder of the plugin by their path relative to it, sorted; none when there is no such folder. */
    Map<String, Path> files(String under) {
        Map<String, Path> files = new TreeMap<>();
        Path top = root.resolve(under);
        if (!Files.isDirectory(top)) {
            return files;
        }
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                    boolean skip = !folder.equals(top) && (isLeftover(folder.getFileName())
                            || NOT_THE_PLUGINS.contains(folder.getFileName().toString()));
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                    if (!isLeftover(file.getFileName())) {
                        files.put(top.relativize(file).toString().replace('\\', '/'), file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw unreadable(under, e);
        }
        return files;
    }

    /** The files directly in {@code hub/<kind>} that end in {@code suffix}; their place is {@code hub/<kind>/<name>}. */
    List<HubFile> hubFiles(String kind, String suffix) {
        List<HubFile> files = new ArrayList<>();
        files("hub/" + kind).forEach((name, path) -> {
            if (name.endsWith(suffix) && !name.contains("/")) {
                files.add(new HubFile(name.substring(0, name.length() - suffix.length()), "hub/" + kind + "/" + name,
                        bytes(path)));
            }
        });
        return files;
    }

    /** {@code plugin.yaml} with {@code ${project.version}} and the pom's own properties filled in. */
    byte[] descriptor() {
        String text = new String(bytes(root.resolve(DESCRIPTOR)), StandardCharsets.UTF_8);
        return PROPERTY.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(properties.getOrDefault(m.group(1), m.group())))
                .getBytes(StandardCharsets.UTF_8);
    }

    boolean hasJava() {
        return files("src/main/java").keySet().stream().anyMatch(f -> f.endsWith(".java"));
    }

    /** Jars that go into the bundle: those in {@code lib/}, and those that a Maven build has put beside its classes. */
    List<Path> libraries() {
        Map<String, Path> jars = new TreeMap<>();
        for (String folder : List.of("target/classes/lib", "lib")) {
            files(folder).forEach((name, path) -> {
                if (name.endsWith(".jar")) {
                    jars.put(path.getFileName().toString(), path);
                }
            });
        }
        return List.copyOf(jars.values());
    }

    String relative(Path file) {
        return root.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static ProblemException unreadable(String place, IOException e) {
        return new ProblemException(new Problem("unreadable-file", place, "It can't be read: " + e.getMessage() + ".",
                "Check that this user may read it."), new UncheckedIOException(e));
    }
}
