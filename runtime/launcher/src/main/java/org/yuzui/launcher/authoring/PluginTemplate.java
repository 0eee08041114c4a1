package org.yuzui.launcher.authoring;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.Hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A new plugin out of the plain files in {@code template/}: what all plugins have, and what those with or without Java have
 * beside. In them, and in their paths, {@code @id@} and its like stand for what the author chose.
 */
public final class PluginTemplate {

    private static final String ROOT = "template/";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern NAME = Pattern.compile("@([a-zA-Z]+)@");

    private final boolean java;
    private final Map<String, String> values;

    /**
     * @param id      kebab-case
     * @param titleZh null for the id
     * @param titleEn null for the id
     * @throws ProblemException {@code bad-plugin-id}
     */
    public PluginTemplate(String id, String titleZh, String titleEn, boolean java) {
        if (!ID.matcher(id).matches()) {
            throw new ProblemException(new Problem("bad-plugin-id", null, "The id '" + id + "' is not kebab-case.",
                    "Use small letters, digits and single hyphens, starting with a letter."));
        }
        this.java = java;
        String words = Stream.of(id.split("-")).map(PluginTemplate::capital).collect(Collectors.joining());
        this.values = Map.of("id", id, "package", "org.yuzui.plugin." + id.replace("-", ""),
                "folder", "org/yuzui/plugin/" + id.replace("-", ""), "class", words,
                "titleZh", quoted(titleZh == null ? id : titleZh), "titleEn", quoted(titleEn == null ? id : titleEn),
                "hub", Hub.VERSION);
    }

    /**
     * Writes the plugin.
     *
     * @param folder made when it isn't there
     * @return the folder
     * @throws ProblemException {@code folder-not-empty}; nothing is written then
     */
    public Path writeTo(Path folder) {
        try {
            if (Files.exists(folder) && (!Files.isDirectory(folder) || !isEmpty(folder))) {
                throw new ProblemException(new Problem("folder-not-empty", folder.toString(), "This is no empty folder.",
                        "Name another with --dir."));
            }
            for (String part : List.of("common", java ? "java" : "plain")) {
                for (String name : text(ROOT + part + ".txt").lines().filter(l -> !l.isBlank()).toList()) {
                    // A file that Git or Maven would take for its own has no dot in front here.
                    Path file = folder.resolve(filled(name).replaceFirst("^_", "."));
                    Files.createDirectories(file.toAbsolutePath().getParent());
                    Files.writeString(file, filled(text(ROOT + part + "/" + name)));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new ProblemException(new Problem("not-writable", folder.toString(), "It can't be written: " + e.getMessage()
                    + ".", "Check that this user may write there."), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private String filled(String text) {
        return NAME.matcher(text).replaceAll(m -> Matcher.quoteReplacement(values.getOrDefault(m.group(1), m.group())));
    }

    private static String text(String resource) {
        try (InputStream in = PluginTemplate.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the launcher's jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Titles stand in YAML and Markdown. */
    private static String quoted(String title) {
        return title.replace("\\", "").replace("\"", "").replaceAll("\\s+", " ").strip();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
