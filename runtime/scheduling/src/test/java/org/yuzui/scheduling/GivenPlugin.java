package org.yuzui.scheduling;

import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.spi.Settings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plugin whose schedules stand in the test. */
public record GivenPlugin(String id, Map<String, String> schedules) implements PluginContent {

    public static GivenPlugin of(String id, String schedule, String yaml) {
        return new GivenPlugin(id, Map.of(schedule, yaml));
    }

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(id, "1.0.0", new Title(id, id), null, List.of(), List.of(), List.of());
    }

    @Override
    public List<HubFile> files(String folder, String suffix) {
        return new TreeMap<>(schedules).entrySet().stream()
                .map(e -> new HubFile(e.getKey(), folder + "/" + e.getKey() + suffix,
                        e.getValue().getBytes(StandardCharsets.UTF_8)))
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
