package org.yuzui.container.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code HUB-INF/settings.schema.json}: what a plugin's settings may be, and what they are when nobody says. An object
 * with {@code properties} takes no others unless its schema says so: a slip of the pen is never silently ignored.
 */
final class SettingsSchema {

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER).locale(Locale.ENGLISH).formatAssertionsEnabled(true).build();
    /** With one of these beside it, {@code properties} alone doesn't tell which keys are allowed. */
    private static final List<String> OPENERS = List.of("additionalProperties", "unevaluatedProperties",
            "patternProperties", "allOf", "anyOf", "oneOf", "if", "$ref", "$dynamicRef", "dependentSchemas");

    private final JsonNode schema;
    private final JsonSchema validator;

    private SettingsSchema(JsonNode schema, JsonSchema validator) {
        this.schema = schema;
        this.validator = validator;
    }

    /** The schema of a plugin that has no settings. */
    static SettingsSchema none() {
        return of(JSON.createObjectNode().set("properties", JSON.createObjectNode()), "settings.schema.json");
    }

    /** @throws PluginException naming the place in the schema that is wrong */
    static SettingsSchema parse(byte[] bytes, String place) {
        try {
            return of(JSON.readTree(bytes), place);
        } catch (JsonProcessingException e) {
            throw new PluginException(new Problem("bad-settings-schema", place + ":" + e.getLocation().getLineNr(),
                    "This is not valid JSON: " + e.getOriginalMessage() + ".", null), e);
        } catch (IOException e) {
            throw new PluginException(new Problem("bad-settings-schema", place, "It can't be read: " + e.getMessage() + ".",
                    null), e);
        }
    }

    private static SettingsSchema of(JsonNode tree, String place) {
        if (!tree.isObject()) {
            throw new PluginException(new Problem("bad-settings-schema", place, "The schema is not a JSON object.", null));
        }
        JsonNode closed = tree.deepCopy();
        close(closed, "", place);
        try {
            return new SettingsSchema(closed, FACTORY.getSchema(closed, CONFIG));
        } catch (JsonSchemaException | IllegalArgumentException e) {
            throw new PluginException(new Problem("bad-settings-schema", place,
                    "The schema makes no sense: " + e.getMessage() + ".", "It must be JSON Schema 2020-12."), e);
        }
    }

    private static void close(JsonNode node, String pointer, String place) {
        JsonNode ref = node.path("$ref");
        if (ref.isTextual() && !ref.asText().startsWith("#")) {
            throw new PluginException(new Problem("bad-settings-schema", place + " " + pointer + "/$ref",
                    "A schema may not refer to another file or address: " + ref.asText() + ".",
                    "Move what it refers to into $defs."));
        }
        if (node.path("properties").isObject() && OPENERS.stream().noneMatch(node::has)) {
            ((ObjectNode) node).put("additionalProperties", false);
        }
        node.fields().forEachRemaining(e -> close(e.getValue(), Pointers.child(pointer, e.getKey()), place));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            close(node.get(i), pointer + "/" + i, place);
        }
    }

    /**
     * The settings that hold: the file's values over the schema's defaults.
     *
     * @throws ProblemException telling everything that is wrong, each with file, line and key
     */
    Settings read(SettingsFile file, Placeholders placeholders) {
        YamlDocument document = YamlDocument.parse(file.bytes() == null ? new byte[0] : file.bytes(), file.name());
        if (!document.root().isObject()) {
            throw new ProblemException(document.problem("wrong-type", "", "A mapping is expected here.",
                    "Write 'key: value' lines."));
        }
        List<Problem> problems = new ArrayList<>();
        Placeholders.Filled filled = placeholders.fill(document, problems);
        JsonNode tree = new SchemaDefaults(schema, filled.filled()).apply(filled.tree());
        SettingsComplaints complaints = new SettingsComplaints(schema, document);
        Set<ValidationMessage> messages = validator.validate(tree);
        messages.stream()
                .filter(m -> !filled.unfilled().contains(m.getInstanceLocation().toString()))
                .map(complaints::of)
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new ProblemException(SettingsComplaints.together(problems.stream().distinct().toList(), file.name()));
        }
        return Settings.of(tree);
    }
}
