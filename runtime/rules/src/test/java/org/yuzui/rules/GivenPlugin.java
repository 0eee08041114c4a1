package org.yuzui.rules;

import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plugin whose files stand in the test: {@code rules/vehicle-use.dmn}. */
record GivenPlugin(String id, Map<String, String> texts) implements PluginContent {

    static GivenPlugin of(String id, String path, String text) {
        return new GivenPlugin(id, Map.of(path, text));
    }

    /** A file of the test's resources. */
    static String resource(String path) {
        try (InputStream in = GivenPlugin.class.getResourceAsStream("/" + path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(id, "1.0.0", new Title(id, id), null, List.of(), List.of(), List.of());
    }

    @Override
    public List<HubFile> files(String folder, String suffix) {
        return new TreeMap<>(texts).entrySet().stream()
                .filter(e -> e.getKey().startsWith(folder + "/") && e.getKey().endsWith(suffix))
                .map(e -> new HubFile(e.getKey().substring(folder.length() + 1, e.getKey().length() - suffix.length()),
                        e.getKey(), e.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    @Override
    public ClassLoader classLoader() {
        return getClass().getClassLoader();
    }

    @Override
    public Settings settings() {
        return Settings.empty();
    }
}
