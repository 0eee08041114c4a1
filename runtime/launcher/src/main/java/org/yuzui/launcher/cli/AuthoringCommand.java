package org.yuzui.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.authoring.FolderProblemsException;
import org.yuzui.launcher.authoring.PackedPlugin;
import org.yuzui.launcher.authoring.PluginFolder;
import org.yuzui.launcher.authoring.PluginPacker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** What the commands of a plugin's author share: a folder is packed, and everything that is wrong with it is shown. */
abstract class AuthoringCommand extends LocalCommand {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    static Clock clock() {
        return Clock.system(ZONE);
    }

    /** The folder packed; ends the command with a line for everything that is wrong. */
    final PackedPlugin pack(Path folder, Path target) {
        try {
            return new PluginPacker(PluginFolder.of(folder), clock()).pack(target);
        } catch (FolderProblemsException e) {
            throw new Failure(ExitCode.FAILED, sentences(e.problems()));
        } catch (ProblemException e) {
            throw new Failure(ExitCode.FAILED, say(e.problem()));
        }
    }

    final String sentences(List<Problem> problems) {
        StringBuilder all = new StringBuilder(text("plugin.problems", problems.size()));
        problems.forEach(p -> all.append(System.lineSeparator()).append("  ").append(say(p)));
        return all.toString();
    }

    /** A place in a jar is one in the folder that it was made of: that is where the author mends it. */
    static String inFolder(String text) {
        return text.replaceAll("[\\w.-]+\\.jar!HUB-INF/", "hub/").replaceAll("[\\w.-]+\\.jar!/?", "");
    }

    static boolean colourful() {
        return System.console() != null && System.getenv("NO_COLOR") == null;
    }

    /** A line of a diff as a terminal shows it. */
    static String coloured(String line) {
        if (!colourful() || line.isEmpty()) {
            return line;
        }
        return switch (line.charAt(0)) {
            case '-' -> "\u001b[31m" + line + "\u001b[0m";
            case '+' -> "\u001b[32m" + line + "\u001b[0m";
            case '@' -> "\u001b[36m" + line + "\u001b[0m";
            default -> line;
        };
    }

    static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0);
    }

    static Path workFolder(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (java.util.stream.Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL's programs are unpacked once for all trials, into the home where there is one. */
    static void shareStoreBinaries() {
        if (System.getProperty("yuzui.store.binaries") == null) {
            Path home = home().path();
            Path of = Files.isWritable(home.resolve("data")) ? home.resolve("data/postgres-bin")
                    : Path.of(System.getProperty("java.io.tmpdir"), "yuzui-postgres-" + System.getProperty("user.name"));
            System.setProperty("yuzui.store.binaries", of.toString());
        }
    }

    final void printJson(Object value) {
        try {
            out().println(HubClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This can't be written as JSON: " + value, e);
        }
    }
}
