package org.yuzui.launcher.authoring;

import org.yuzui.kernel.Problem;
import org.yuzui.spi.Settings;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Compiles a plugin's Java against what a running plugin would see of the hub, and nothing more. */
final class JavaSources {

    /** The hub's jars that plugins may import from. */
    private static final Pattern SHARED = Pattern.compile("(camel|jackson|slf4j-api)-.*\\.jar");

    private final PluginFolder folder;

    JavaSources(PluginFolder folder) {
        this.folder = folder;
    }

    /** Compiles into a folder; gives javac's errors with file and line. */
    List<Problem> compileTo(Path target) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            return List.of(new Problem("no-compiler", "src/main/java",
                    "This Java has no compiler: it is a JRE (" + System.getProperty("java.home") + ").",
                    "Install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless), or set JAVA_HOME to one."));
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        Collection<Path> sources = folder.files("src/main/java").values().stream()
                .filter(p -> p.toString().endsWith(".java")).toList();
        try (StandardJavaFileManager files = javac.getStandardFileManager(said, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            Files.createDirectories(target);
            List<String> options = List.of("--release", "17", "-parameters", "-proc:none", "-g", "-encoding", "UTF-8",
                    "-d", target.toString(), "-cp", String.join(File.pathSeparator, classPath()));
            boolean good = javac.getTask(null, files, said, options, null, files.getJavaFileObjectsFromPaths(sources)).call();
            return good ? List.of() : said.getDiagnostics().stream()
                    .filter(d -> d.getKind() == Diagnostic.Kind.ERROR).map(this::problem).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> classPath() {
        List<String> path = new ArrayList<>();
        path.add(spi().toString());
        Stream.of(System.getProperty("java.class.path", "").split(Pattern.quote(File.pathSeparator)))
                .filter(p -> SHARED.matcher(Path.of(p).getFileName().toString()).matches()).forEach(path::add);
        folder.libraries().forEach(jar -> path.add(jar.toString()));
        return path;
    }

    private static Path spi() {
        try {
            return Path.of(Settings.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the hub's own jar has no path", e);
        }
    }

    private Problem problem(Diagnostic<? extends JavaFileObject> error) {
        String message = error.getMessage(Locale.ENGLISH).replaceAll("\\s*\\R\\s*", "; ");
        String place = error.getSource() == null ? "src/main/java"
                : folder.relative(Path.of(error.getSource().toUri())) + ":" + error.getLineNumber();
        boolean missing = message.startsWith("package ") && message.contains("does not exist");
        return new Problem("does-not-compile", place, message.endsWith(".") ? message : message + ".",
                missing ? "Put the library's jar into lib/ (with a pom: run 'mvn package' once)." : null);
    }
}
