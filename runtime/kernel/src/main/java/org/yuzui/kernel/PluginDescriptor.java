package org.yuzui.kernel;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code HUB-INF/plugin.yaml}: who the plugin is and what passes its border.
 *
 * @param id        kebab-case, unique in the hub
 * @param version   {@code major.minor.patch[-qualifier]}
 * @param title     for people
 * @param hub       the range of hub versions that it fits, such as {@code [0.1,1)}; null means any
 * @param consumes  contracts whose records it reads
 * @param publishes contracts whose records it makes
 * @param listens   ports that it opens, readable, such as {@code mllp 2575}
 */
public record PluginDescriptor(String id, String version, Title title, String hub, List<String> consumes,
                               List<String> publishes, List<String> listens) {

    /** Under this id stands what the hub does itself, such as the schedule {@code hub/retention}. */
    public static final String HUB = "hub";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+([.-][0-9A-Za-z.-]+)?");
    private static final Set<String> KEYS =
            Set.of("id", "version", "title", "hub", "consumes", "publishes", "listens");

    /** @throws ProblemException naming the file, the line and the key */
    public static PluginDescriptor read(byte[] bytes, String place) {
        YamlDocument yaml = YamlDocument.parse(bytes, place);
        yaml.requireKnownKeys("", KEYS);
        String id = yaml.requireText("/id");
        if (!ID.matcher(id).matches()) {
            throw new ProblemException(yaml.problem("bad-plugin-id", "/id", "The id '" + id + "' is not kebab-case.",
                    "Use small letters, digits and single hyphens, starting with a letter."));
        }
        if (id.equals(HUB)) {
            throw new ProblemException(yaml.problem("bad-plugin-id", "/id", "The id '" + id + "' is the hub's own.",
                    "Name the plugin after the system that it speaks to."));
        }
        String version = yaml.requireText("/version");
        if (!VERSION.matcher(version).matches()) {
            throw new ProblemException(yaml.problem("bad-version", "/version",
                    "The version '" + version + "' is not major.minor.patch.", "Write for example 1.0.0, in quotes."));
        }
        JsonNode root = yaml.root();
        return new PluginDescriptor(id, version, Title.of(root.get("title"), id), root.path("hub").asText(null),
                texts(yaml, "/consumes"), texts(yaml, "/publishes"), texts(yaml, "/listens"));
    }

    private static List<String> texts(YamlDocument yaml, String pointer) {
        JsonNode node = yaml.root().at(pointer);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw new ProblemException(yaml.problem("wrong-type", pointer, "A list is expected here.", "Write [a, b]."));
        }
        List<String> texts = new ArrayList<>();
        node.forEach(n -> texts.add(n.asText()));
        return List.copyOf(texts);
    }
}
