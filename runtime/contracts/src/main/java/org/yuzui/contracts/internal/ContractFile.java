package org.yuzui.contracts.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.yuzui.contracts.Capture;
import org.yuzui.contracts.Violation;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.YamlDocument;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One {@code contracts/*.schema.json}: read strictly as JSON, and complained about with its lines. */
public final class ContractFile {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+\\.v[1-9][0-9]*");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final HubFile file;
    private final JsonNode schema;
    private final YamlDocument lines;
    private final SchemaFields fields;

    private ContractFile(HubFile file, JsonNode schema, YamlDocument lines) {
        this.file = file;
        this.schema = schema;
        this.lines = lines;
        this.fields = new SchemaFields(schema);
    }

    /** @throws PluginException naming file, line and cure of the first thing that is wrong */
    public static SchemaContract read(HubFile file, String plugin, ZoneId zone) {
        if (!ID.matcher(file.id()).matches()) {
            throw new PluginException(new Problem("bad-contract-id", file.path(),
                    "'" + file.id() + "' is no name of a contract.",
                    "Name the file like his.visit.v1.schema.json: small letters, dots, and a version at the end."));
        }
        JsonNode schema = parse(file);
        return new ContractFile(file, schema, lines(file)).contract(plugin, zone);
    }

    /** A schema that was read before, exactly as it was. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A schema that was accepted can't be read any more.", e);
        }
    }

    private SchemaContract contract(String plugin, ZoneId zone) {
        requireSchema();
        new SchemaLint(schema, fields, this::problem).run();
        List<SchemaContract.Reading> index = readings("x-index");
        SchemaContract.Words words = new SchemaContract.Words(
                readings("x-key"), one("x-unit"), one("x-date"), one("x-order"),
                schema.path("x-stored").asBoolean(true), Capture.of(schema.path("x-capture").asText()).orElse(Capture.ARRIVAL),
                index.stream().filter(r -> !r.personal()).toList(), index.stream().filter(SchemaContract.Reading::personal).toList());
        requireKey();
        JsonNode title = schema.has("x-title") ? schema.get("x-title") : schema.path("title");
        return new SchemaContract(file.id(), Title.of(title, file.id()), plugin, schema, words, zone, compile());
    }

    private static JsonNode parse(HubFile file) {
        try {
            return JSON.readTree(file.bytes());
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null ? file.path() : file.path() + ":" + e.getLocation().getLineNr();
            throw new PluginException(new Problem("bad-json", place, "This is not valid JSON: " + e.getOriginalMessage(),
                    "A contract is one JSON object."), e);
        } catch (IOException e) {
            throw new PluginException(new Problem("bad-json", file.path(), "The file can't be read: " + e.getMessage(),
                    null), e);
        }
    }

    /** JSON is YAML, nearly: what YAML can't read (a tab before a key, say) is known without its lines. */
    private static YamlDocument lines(HubFile file) {
        try {
            return YamlDocument.parse(file.bytes(), file.path());
        } catch (ProblemException e) {
            return YamlDocument.parse(new byte[0], file.path());
        }
    }

    private void requireSchema() {
        if (!schema.isObject()) {
            throw problem("bad-schema", "", "A contract is a JSON object.", "Write { \"type\": \"object\", … }.");
        }
        String dialect = schema.path("$schema").asText("https://json-schema.org/draft/2020-12/schema");
        if (!dialect.replace("#", "").equals("https://json-schema.org/draft/2020-12/schema")) {
            throw problem("bad-schema", "/$schema", "The contract is written in another dialect of JSON Schema.",
                    "Write https://json-schema.org/draft/2020-12/schema.");
        }
        for (Violation violation : SchemaCheck.ofSchemas().violations(schema)) {
            throw problem("bad-schema", violation.pointer(), "This is not JSON Schema: it " + violation.message(), null);
        }
        if (!SchemaFields.types(schema).equals(Set.of("object"))) {
            throw problem("bad-schema", "/type", "A record is an object.", "Write \"type\": \"object\" at the top.");
        }
    }

    private SchemaCheck compile() {
        try {
            return SchemaCheck.compile(schema);
        } catch (RuntimeException e) { // the library has no common type for what it can't compile
            throw new PluginException(new Problem("bad-schema", file.path(),
                    "The schema can't be compiled: " + e.getMessage(), null), e);
        }
    }

    private void requireKey() {
        if (!schema.has("x-key") || schema.get("x-key").isEmpty()) {
            throw problem("missing-key", schema.has("x-key") ? "/x-key" : "", "The contract has no x-key.",
                    "Name what tells its records apart: \"x-key\": [\"/number\"].");
        }
        for (JsonNode pointer : schema.get("x-key")) {
            SchemaFields.Field field = fields.find(pointer.asText()).orElseThrow();
            if (!field.required()) {
                throw problem("bad-pointer", "/x-key", "The key " + field.pointer() + " may be absent.",
                        "List it under 'required', and every object above it.");
            }
        }
    }

    private SchemaContract.Reading one(String word) {
        JsonNode pointer = schema.get(word);
        if (pointer == null) {
            return null;
        }
        SchemaContract.Reading reading = reading(word, "/" + word, pointer);
        if (word.equals("x-date") && !Set.of("date", "date-time").contains(reading.format())) {
            throw problem("bad-pointer", "/x-date", "The field " + reading.pointer() + " is not a date.",
                    "Give it \"format\": \"date\" or \"date-time\".");
        }
        return reading;
    }

    private List<SchemaContract.Reading> readings(String word) {
        JsonNode pointers = schema.path(word);
        if (pointers.isMissingNode()) {
            return List.of();
        }
        if (!pointers.isArray()) {
            throw problem("wrong-type", "/" + word, word + " is a list of JSON pointers.", "Write [\"/number\"].");
        }
        List<SchemaContract.Reading> readings = new ArrayList<>();
        for (int i = 0; i < pointers.size(); i++) {
            readings.add(reading(word, "/" + word + "/" + i, pointers.get(i)));
        }
        return List.copyOf(readings);
    }

    private SchemaContract.Reading reading(String word, String place, JsonNode pointer) {
        if (!pointer.isTextual()) {
            throw problem("wrong-type", place, word + " holds something else than a JSON pointer.", "Write \"/number\".");
        }
        SchemaFields.Field field = fields.find(pointer.asText()).orElseThrow(() -> problem("bad-pointer", place,
                word + " points at " + pointer.asText() + ", which is no property of the contract.",
                KnownKeys.cure(pointer.asText(), fields.pointers())));
        if (!field.isScalar()) {
            throw problem("bad-pointer", place, word + " points at " + field.pointer()
                    + ", which is not declared as a text, number or truth value.", "Declare its type, without null.");
        }
        // A hash of the value serves who knows it; a key, a unit or a day is shown, and has to be a value.
        if (field.masked() && !word.equals("x-index")) {
            throw problem("personal-pointer", place, word + " points at " + field.pointer()
                    + ", which is personal and hidden at capture.", "Choose a field that says nothing about a person.");
        }
        return SchemaContract.Reading.of(field);
    }

    private PluginException problem(String code, String pointer, String message, String cure) {
        return new PluginException(lines.problem(code, pointer, message, cure));
    }
}
