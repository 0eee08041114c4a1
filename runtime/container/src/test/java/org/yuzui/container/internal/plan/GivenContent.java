package org.yuzui.container.internal.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.spi.Settings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A version of a plugin whose files and settings stand in the test. */
record GivenContent(PluginDescriptor descriptor, Map<String, String> byPath, Settings settings) implements PluginContent {

    static GivenContent of(String id, String version) {
        return new GivenContent(new PluginDescriptor(id, version, new Title(id, id), null, List.of(), List.of(), List.of()),
                Map.of(), Settings.empty());
    }

    GivenContent file(String path, String text) {
        Map<String, String> more = new TreeMap<>(byPath);
        more.put(path, text);
        return new GivenContent(descriptor, more, settings);
    }

    GivenContent permits(List<String> consumes, List<String> publishes) {
        return new GivenContent(new PluginDescriptor(descriptor.id(), descriptor.version(), descriptor.title(), null, consumes,
                publishes, descriptor.listens()), byPath, settings);
    }

    GivenContent listens(String... listens) {
        return new GivenContent(new PluginDescriptor(descriptor.id(), descriptor.version(), descriptor.title(), null,
                descriptor.consumes(), descriptor.publishes(), List.of(listens)), byPath, settings);
    }

    /** {@code listen.host} and {@code listen.port}. */
    GivenContent at(String host, int port) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("listen").put("host", host).put("port", port);
        return new GivenContent(descriptor, byPath, Settings.of(tree));
    }

    @Override
    public List<HubFile> files(String folder, String suffix) {
        return byPath.entrySet().stream().filter(e -> e.getKey().startsWith(folder + "/") && e.getKey().endsWith(suffix))
                .map(e -> new HubFile(e.getKey().substring(folder.length() + 1, e.getKey().length() - suffix.length()),
                        e.getKey(), e.getValue().getBytes(StandardCharsets.UTF_8))).toList();
    }

    @Override
    public ClassLoader classLoader() {
        return getClass().getClassLoader();
    }
}
