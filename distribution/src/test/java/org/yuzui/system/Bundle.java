package org.yuzui.system;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A jar under change: entry by entry, as an author or somebody who means ill would write it. */
final class Bundle {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    static Bundle of(Path jar) throws IOException {
        Bundle bundle = new Bundle();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                bundle.entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return bundle;
    }

    static Bundle of(String... namesAndTexts) {
        Bundle bundle = new Bundle();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            bundle.with(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return bundle;
    }

    /** The one of a site's jars whose name has this in it. */
    static Bundle in(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return of(files.filter(f -> f.getFileName().toString().contains(name)).findFirst().orElseThrow());
        }
    }

    Bundle with(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Replaces what stands once in an entry. */
    Bundle edit(String name, String old, String text) {
        String before = new String(entries.get(name), StandardCharsets.UTF_8);
        if (before.split(java.util.regex.Pattern.quote(old), -1).length != 2) {
            throw new IllegalArgumentException("'" + old + "' does not stand once in " + name + ":\n" + before);
        }
        return with(name, before.replace(old, text));
    }

    Bundle version(String from, String to) {
        edit("HUB-INF/plugin.yaml", from, to);
        if (entries.containsKey(MANIFEST)) {
            try {
                Manifest manifest = new Manifest(new ByteArrayInputStream(entries.get(MANIFEST)));
                manifest.getMainAttributes().putValue("Bundle-Version", to);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                manifest.write(bytes);
                entries.put(MANIFEST, bytes.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path writeTo(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes());
    }
}
