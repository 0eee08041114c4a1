package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code *.camel.yaml} as it is written: which routes it has, and which endpoints they name on which line. It knows
 * nothing of Camel, so it can be asked about a file that does not run.
 */
final class RouteFile {

    private static final Set<String> ROUTES = Set.of("route", "from");
    /** Steps that may name their endpoint in short: {@code - to: record:his.visit.v1}. */
    private static final Set<String> SHORT = Set.of("from", "to", "toD");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}:?]+)(?::([^{}]*))?}}");

    private final HubFile file;
    private final YamlDocument yaml;
    private final Map<String, String> settings;
    private final List<Written> routes = new ArrayList<>();

    /**
     * A route.
     *
     * @param id        null when it has none
     * @param node      all that is said about it
     * @param place     file and line
     * @param endpoints those that it names, in order
     */
    record Written(String id, JsonNode node, String place, List<Named> endpoints) {
    }

    /**
     * An endpoint that a route names.
     *
     * @param scheme     {@code record}
     * @param name       what stands behind the scheme, without parameters; placeholders are filled in where they are known
     * @param parameters those behind {@code ?} and those written as a mapping
     * @param from       whether the route reads from it
     * @param place      file and line
     */
    record Named(String scheme, String name, Map<String, String> parameters, boolean from, String place) {

        /** Whether its name is only known when an exchange comes by. */
        boolean isDynamic() {
            return name.contains("${") || name.contains("{{");
        }
    }

    private RouteFile(HubFile file, YamlDocument yaml, Map<String, String> settings) {
        this.file = file;
        this.yaml = yaml;
        this.settings = settings;
        for (int i = 0; i < yaml.root().size(); i++) {
            JsonNode item = yaml.root().get(i);
            if (item == null || !item.isObject()) {
                continue;
            }
            for (String kind : ROUTES) {
                if (item.has(kind)) {
                    routes.add(route(item.get(kind), "/" + i + "/" + kind, kind));
                }
            }
        }
    }

    /** @throws ProblemException when it is no YAML, with its line */
    static RouteFile read(HubFile file, Map<String, String> settings) {
        return new RouteFile(file, YamlDocument.parse(file.bytes(), file.path()), settings);
    }

    HubFile file() {
        return file;
    }

    List<Written> routes() {
        return routes;
    }

    /** What stands in the file beside its routes, such as beans. */
    List<JsonNode> others() {
        List<JsonNode> others = new ArrayList<>();
        yaml.root().forEach(item -> {
            if (ROUTES.stream().noneMatch(item::has)) {
                others.add(item);
            }
        });
        return others;
    }

    private Written route(JsonNode node, String pointer, String kind) {
        List<Named> endpoints = new ArrayList<>();
        if (kind.equals("from")) {
            add(kind, node, pointer, endpoints);
        }
        collect(node, pointer, endpoints);
        return new Written(node.path("id").asText(null), node, yaml.place(pointer), List.copyOf(endpoints));
    }

    private void collect(JsonNode node, String pointer, List<Named> endpoints) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, endpoints);
            }
        } else if (node.isObject()) {
            node.properties().forEach(e -> {
                String child = pointer + "/" + e.getKey().replace("~", "~0").replace("/", "~1");
                add(e.getKey(), e.getValue(), child, endpoints);
                collect(e.getValue(), child, endpoints);
            });
        }
    }

    private void add(String key, JsonNode value, String pointer, List<Named> endpoints) {
        boolean inShort = value.isTextual() && SHORT.contains(key);
        JsonNode uri = inShort ? value : value.path("uri");
        if (!uri.isTextual()) {
            return;
        }
        String text = filled(uri.asText());
        int colon = text.indexOf(':');
        if (colon <= 0) {
            return;
        }
        int question = text.indexOf('?');
        String name = text.substring(colon + 1, question < colon ? text.length() : question).replaceFirst("^//", "");
        Map<String, String> parameters = new HashMap<>();
        if (question > colon) {
            for (String pair : text.substring(question + 1).split("&")) {
                int equals = pair.indexOf('=');
                parameters.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        value.path("parameters").properties().forEach(p -> parameters.put(p.getKey(), filled(p.getValue().asText())));
        endpoints.add(new Named(text.substring(0, colon), name, parameters, key.equals("from"),
                yaml.place(inShort ? pointer : pointer + "/uri")));
    }

    private String filled(String text) {
        Matcher m = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (m.find()) {
            String value = settings.getOrDefault(m.group(1).strip(), m.group(2));
            m.appendReplacement(filled, Matcher.quoteReplacement(value == null ? m.group() : value));
        }
        return m.appendTail(filled).toString();
    }
}
