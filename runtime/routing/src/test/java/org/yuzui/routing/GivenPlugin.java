package org.yuzui.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.spi.Settings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plugin whose files stand in the test.
 *
 * @param files by path: {@code routes/r.camel.yaml}
 */
record GivenPlugin(String id, String version, Map<String, String> files, Map<String, Object> settingTree,
                   List<String> consumes, List<String> publishes) implements PluginContent {

    static GivenPlugin of(String id, String routes) {
        return new GivenPlugin(id, "1.0.0", new TreeMap<>(Map.of("routes/r.camel.yaml", routes)), Map.of(), List.of(), List.of());
    }

    GivenPlugin file(String path, String text) {
        Map<String, String> more = new TreeMap<>(files);
        more.put(path, text);
        return new GivenPlugin(id, version, more, settingTree, consumes, publishes);
    }

    GivenPlugin with(Map<String, Object> settings) {
        return new GivenPlugin(id, version, files, settings, consumes, publishes);
    }

    GivenPlugin consuming(String... contracts) {
        return new GivenPlugin(id, version, files, settingTree, List.of(contracts), publishes);
    }

    GivenPlugin publishing(String... contracts) {
        return new GivenPlugin(id, version, files, settingTree, consumes, List.of(contracts));
    }

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(id, version, new Title(id, id), null, consumes, publishes, List.of());
    }

    @Override
    public List<HubFile> files(String folder, String suffix) {
        return files.entrySet().stream()
                .filter(e -> e.getKey().startsWith(folder + "/") && e.getKey().endsWith(suffix))
                .map(e -> new HubFile(e.getKey().substring(folder.length() + 1, e.getKey().length() - suffix.length()),
                        id + ".jar!HUB-INF/" + e.getKey(), e.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    @Override
    public ClassLoader classLoader() {
        return getClass().getClassLoader();
    }

    @Override
    public Settings settings() {
        return Settings.of(new ObjectMapper().valueToTree(settingTree));
    }
}
