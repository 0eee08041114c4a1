package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.yuzui.spi.Settings;
import org.yuzui.testkit.FreePorts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The plugin as the hub loads it: its own route files and settings schema, in a context with a {@link FakeHub}. */
final class PluginFixture {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    private PluginFixture() {
    }

    /** Settings written as YAML over the schema's defaults. */
    static Settings settings(String yaml) {
        try {
            JsonNode schema = JSON.readTree(Files.readString(Path.of("hub/settings.schema.json")));
            ObjectNode tree = defaults(schema);
            JsonNode own = YAML.readTree(yaml);
            if (own.isObject()) {
                merge(tree, (ObjectNode) own);
            }
            return Settings.of(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the routes that are named, and the one that every door leads to. */
    static CamelContext context(FakeHub hub, Settings settings, String... named) throws Exception {
        List<String> routes = new ArrayList<>(List.of(named));
        routes.add("take-message");
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("settings", settings);
        hub.addTo(context);
        Properties properties = new Properties();
        settings.flat().forEach(properties::setProperty);
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getShutdownStrategy().setTimeout(5);
        for (String route : routes) {
            Resource resource = ResourceHelper.fromBytes(route + ".camel.yaml",
                    Files.readAllBytes(Path.of("hub/routes/" + route + ".camel.yaml")));
            PluginHelper.getRoutesLoader(context).loadRoutes(List.of(resource));
        }
        return context;
    }

    static int freePort() {
        return FreePorts.next();
    }

    private static ObjectNode defaults(JsonNode schema) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        schema.path("properties").fields().forEachRemaining(e -> {
            if (e.getValue().has("default")) {
                tree.set(e.getKey(), e.getValue().get("default"));
            } else if (e.getValue().has("properties")) {
                tree.set(e.getKey(), defaults(e.getValue()));
            }
        });
        return tree;
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.fields().forEachRemaining(e -> {
            if (e.getValue().isObject() && into.path(e.getKey()).isObject()) {
                merge((ObjectNode) into.get(e.getKey()), (ObjectNode) e.getValue());
            } else {
                into.set(e.getKey(), e.getValue());
            }
        });
    }
}
