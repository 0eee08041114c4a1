package org.yuzui.kernel;

import org.yuzui.spi.Settings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A plugin whose files stand in the test.
 *
 * @param texts by path: {@code rules/vehicle-use.dmn}
 */
public record GivenPlugin(String id, Map<String, String> texts) implements PluginContent {

    public static GivenPlugin of(String id, String path, String text) {
        return new GivenPlugin(id, Map.of(path, text));
    }

    /** All of one kind. @param texts by name, without folder and suffix */
    public static GivenPlugin of(String id, String folder, String suffix, Map<String, String> texts) {
        return new GivenPlugin(id, texts.entrySet().stream().collect(Collectors.toMap(e -> folder + "/" + e.getKey() + suffix, Map.Entry::getValue)));
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
