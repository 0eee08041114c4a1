package org.yuzui.container.internal.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.resource.DisallowSchemaLoader;
import com.networknt.schema.ValidationMessage;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code HUB-INF/settings.schema.json}: what a plugin's settings may be, and what they are when nobody says. An object
 * with {@code properties} takes no others unless its schema says so: a slip of the pen is never silently ignored.
 */
final class SettingsSchema {

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final JsonSchemaFactory FACTORY = factory();
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER).locale(Locale.ENGLISH).formatAssertionsEnabled(true).build();
    /** The library takes any other name for a type that nothing has, and so would refuse every value. */
    private static final List<String> TYPES = List.of("object", "array", "string", "integer", "number", "boolean", "null");
    /** With one of these beside it, {@code properties} alone doesn't tell which keys are allowed. */
    private static final List<String> OPENERS = List.of("additionalProperties", "unevaluatedProperties",
            "patternProperties", "allOf", "anyOf", "oneOf", "if", "$ref", "$dynamicRef", "dependentSchemas");

    /** Where schemas stand inside a schema; anything else ({@code default}, {@code enum}) is a plain value. */
    private static final List<String> VALUES = List.of("items", "additionalProperties", "unevaluatedProperties", "contains");
    private static final List<String> MAPS = List.of("properties", "patternProperties", "$defs");
    private static final List<String> SHARES = List.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "prefixItems");

    /** One change of a plugin asks several times for the schema of the same file. */
    private static final Map<HubFile, SettingsSchema> LATEST = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HubFile, SettingsSchema> eldest) {
            return size() > 16;
        }
    };

    private final JsonNode schema;
    /** Null when there are no settings. */
    private final JsonSchema validator;

    private final JsonNode source;
    private final SecretFields secrets;
    private final SettingsMoves moves;

    private SettingsSchema(JsonNode source, JsonNode schema, JsonSchema validator, String place) {
        this.source = source;
        this.schema = schema;
        this.validator = validator;
        this.secrets = new SecretFields(schema);
        this.moves = SettingsMoves.of(source, place);
    }

    private static JsonSchemaFactory factory() {
        // x-secret, x-title and whatever else a schema says to people is no concern of the check.
        JsonMetaSchema dialect = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword)).build();
        return JsonSchemaFactory.builder().defaultMetaSchemaIri(dialect.getIri()).metaSchema(dialect)
                .schemaLoaders(l -> l.add(DisallowSchemaLoader.getInstance()))
                .enableSchemaCache(false) // by $id, which the next version of a plugin has too
                .build();
    }

    /** The schema of a plugin that has no settings. */
    static SettingsSchema none() {
        return new SettingsSchema(JSON.createObjectNode(), JSON.createObjectNode(), null, "");
    }

    /** @throws PluginException as {@link #parse} does */
    static SettingsSchema of(HubFile file) {
        if (file == null) {
            return none();
        }
        synchronized (LATEST) {
            SettingsSchema known = LATEST.get(file);
            if (known == null) {
                known = parse(file.bytes(), file.path());
                LATEST.put(file, known);
            }
            return known;
        }
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
        String dialect = tree.path("$schema").asText(DIALECT);
        if (!dialect.equals(DIALECT)) {
            throw new PluginException(new Problem("bad-settings-schema", place + " $schema",
                    "The schema is written in another dialect: " + dialect + ".", "Write it in " + DIALECT + "."));
        }
        JsonNode closed = tree.deepCopy();
        close(closed, "", place, true);
        JsonSchema validator;
        try {
            validator = FACTORY.getSchema(closed, CONFIG);
            validator.initializeValidators();
        } catch (RuntimeException e) { // of many kinds: a bad pattern, a $ref to nowhere, a keyword of the wrong type
            throw new PluginException(new Problem("bad-settings-schema", place,
                    "The schema makes no sense: " + e.getMessage() + ".", "It must be JSON Schema 2020-12."), e);
        }
        return new SettingsSchema(tree, closed, validator, place);
    }

    /** @param alone whether the schema stands for a whole value; one of several in {@code allOf} sees only its share */
    private static void close(JsonNode node, String pointer, String place, boolean alone) {
        if (!node.isObject()) {
            return;
        }
        JsonNode ref = node.path("$ref");
        if (ref.isTextual() && !ref.asText().startsWith("#")) {
            throw new PluginException(new Problem("bad-settings-schema", place + " " + pointer + "/$ref",
                    "A schema may not refer to another file or address: " + ref.asText() + ".",
                    "Move what it refers to into $defs."));
        }
        JsonNode type = node.path("type");
        if (type.isTextual() && !TYPES.contains(type.asText())) {
            throw new PluginException(new Problem("bad-settings-schema", place + " " + pointer + "/type",
                    "There is no type '" + type.asText() + "'.", KnownKeys.cure(type.asText(), TYPES)));
        }
        if (alone && node.path("properties").isObject() && OPENERS.stream().noneMatch(node::has)) {
            ((ObjectNode) node).put("additionalProperties", false);
        }
        VALUES.forEach(k -> close(node.path(k), pointer + "/" + k, place, true));
        MAPS.forEach(k -> node.path(k).properties().forEach(
                e -> close(e.getValue(), Pointers.child(pointer + "/" + k, e.getKey()), place, true)));
        SHARES.forEach(k -> {
            JsonNode shares = node.path(k);
            if (shares.isObject()) {
                close(shares, pointer + "/" + k, place, false);
            }
            for (int i = 0; shares.isArray() && i < shares.size(); i++) {
                close(shares.get(i), pointer + "/" + k + "/" + i, place, false);
            }
        });
    }

    /**
     * The settings that hold: the file's values over the schema's defaults.
     *
     * @throws ProblemException telling everything that is wrong, each with file, line and key
     */
    Settings read(SettingsFile file, Placeholders placeholders) {
        YamlDocument document = file.parse();
        return read(document.root(), file, placeholders, document::problem);
    }

    /**
     * The same for a text that isn't in the file yet.
     *
     * @param places where the file, as it is, has what is complained about
     */
    Settings read(JsonNode root, SettingsFile file, Placeholders placeholders, Places places) {
        if (!root.isObject()) {
            throw new ProblemException(places.problem("wrong-type", "", "A mapping is expected here.",
                    "Write 'key: value' lines."));
        }
        if (validator == null && !root.isEmpty()) {
            throw new ProblemException(places.problem("unknown-key",
                    Pointers.child("", root.fieldNames().next()), "The plugin has no settings.", "Remove the file."));
        }
        if (validator == null) {
            return Settings.empty();
        }
        List<Problem> problems = new ArrayList<>();
        Placeholders.Filled filled = placeholders.fill(moves.withoutGone(root), file.plugin(), places, problems);
        JsonNode tree = new SchemaDefaults(schema, filled.filled()).apply(filled.tree());
        SettingsComplaints complaints = new SettingsComplaints(schema, places);
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

    /** As the plugin's author wrote it. */
    JsonNode source() {
        return source;
    }

    SecretFields secrets() {
        return secrets;
    }

    SettingsMoves moves() {
        return moves;
    }

    /** What would hold if placeholders were values. */
    JsonNode withDefaults(JsonNode tree) {
        JsonNode filled = new SchemaDefaults(schema, Set.of()).apply(tree);
        return filled.isMissingNode() ? tree : filled;
    }
}
