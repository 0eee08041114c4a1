package org.yuzui.contracts.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import org.yuzui.contracts.Violation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A compiled schema. Formats are asserted; every violation is found, not only the first; nothing is ever fetched. */
final class SchemaCheck {

    private static final int MAX_VIOLATIONS = 100;
    private static final int MAX_NAME = 64;

    private final JsonSchema schema;
    private final SureCheck sure;

    private SchemaCheck(JsonSchema schema, SureCheck sure) {
        this.schema = schema;
        this.sure = sure;
    }

    /** @throws RuntimeException of the library's own when the schema can't be compiled, such as for a bad pattern */
    static SchemaCheck compile(JsonNode schema) {
        JsonMetaSchema.Builder words = JsonMetaSchema.builder(JsonMetaSchema.getV202012());
        SchemaVocabulary.words().stream().filter(w -> w.startsWith("x-"))
                .forEach(w -> words.keyword(new NonValidationKeyword(w)));
        words.format(RfcTime.DATE).format(RfcTime.DATE_TIME);
        JsonSchemaFactory factory = JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
                .metaSchema(words.build())
                .schemaLoaders(l -> l.add(DisallowSchemaLoader.getInstance()))
                .build();
        JsonSchema compiled = factory.getSchema(schema, config());
        compiled.initializeValidators();
        return new SchemaCheck(compiled, SureCheck.of(schema));
    }

    /** The rules for schemas themselves, which the library carries. */
    static SchemaCheck ofSchemas() {
        return OfSchemas.CHECK;
    }

    private static SchemaValidatorsConfig config() {
        return SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).failFast(false)
                .pathType(PathType.JSON_POINTER).locale(Locale.ROOT).build();
    }

    /** Every way in which the value breaks the schema, at most a hundred; never with a value in it. */
    List<Violation> violations(JsonNode value) {
        return sure != null && sure.keeps(value) ? List.of() : found(value);
    }

    private List<Violation> found(JsonNode value) {
        Set<ValidationMessage> messages = schema.validate(value);
        if (messages.isEmpty()) {
            return List.of();
        }
        Set<Violation> violations = new LinkedHashSet<>();
        for (ValidationMessage message : messages) {
            if (violations.size() == MAX_VIOLATIONS) {
                violations.add(new Violation("", "limit", "There are more; these are the first " + MAX_VIOLATIONS + "."));
                break;
            }
            violations.add(new Violation(pointer(message), message.getType(), text(message)));
        }
        return new ArrayList<>(violations);
    }

    /** Whether the quick look and the library don't contradict each other about the value; for tests. */
    boolean isConsistent(JsonNode value) {
        return sure == null || !sure.keeps(value) || found(value).isEmpty();
    }

    /** Whether the quick look is enough for the value; for tests. */
    boolean isSure(JsonNode value) {
        return sure != null && sure.keeps(value);
    }

    private static String pointer(ValidationMessage message) {
        String at = message.getInstanceLocation().toString();
        return switch (message.getType()) {
            case "required", "additionalProperties", "unevaluatedProperties" ->
                    message.getProperty() == null ? at : at + "/" + SchemaVocabulary.escape(cut(message.getProperty()));
            default -> at;
        };
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    }

    /** Our own words: the library's quote values here and there. What is said comes from the schema alone. */
    private static String text(ValidationMessage message) {
        JsonNode said = message.getSchemaNode();
        String limit = said == null || said.isContainerNode() ? "" : said.asText();
        return switch (message.getType()) {
            case "type" -> "must be of type " + list(said) + ".";
            case "required" -> "is missing.";
            case "additionalProperties", "unevaluatedProperties" -> "is not a field of this contract.";
            case "enum" -> "must be one of " + list(said) + ".";
            case "const" -> "must be " + list(said) + ".";
            case "format" -> "is not a valid " + limit + ".";
            case "pattern" -> "doesn't match the pattern " + limit + ".";
            case "minimum" -> "must be at least " + limit + ".";
            case "maximum" -> "must be at most " + limit + ".";
            case "exclusiveMinimum" -> "must be greater than " + limit + ".";
            case "exclusiveMaximum" -> "must be less than " + limit + ".";
            case "multipleOf" -> "must be a multiple of " + limit + ".";
            case "minLength" -> "must have at least " + limit + " characters.";
            case "maxLength" -> "must have at most " + limit + " characters.";
            case "minItems" -> "must have at least " + limit + " items.";
            case "maxItems" -> "must have at most " + limit + " items.";
            case "minProperties" -> "must have at least " + limit + " fields.";
            case "maxProperties" -> "must have at most " + limit + " fields.";
            case "uniqueItems" -> "has items that are the same.";
            case "contains", "minContains", "maxContains" -> "has too few or too many items of the kind that is asked for.";
            case "oneOf" -> "must fit exactly one of the alternatives.";
            case "anyOf" -> "must fit one of the alternatives.";
            case "not" -> "has a form that is ruled out.";
            case "dependentRequired" -> "lacks a field that another one asks for.";
            case "propertyNames" -> "has a field with a name that isn't allowed.";
            default -> "breaks the rule '" + message.getType() + "'.";
        };
    }

    private static String list(JsonNode said) {
        if (said == null) {
            return "what the contract says";
        }
        if (!said.isArray()) {
            return said.isTextual() ? said.asText() : said.toString();
        }
        List<String> texts = new ArrayList<>();
        said.forEach(n -> texts.add(n.isTextual() ? n.asText() : n.toString()));
        return texts.size() <= 20 ? String.join(", ", texts)
                : String.join(", ", texts.subList(0, 20)) + " … (" + texts.size() + ")";
    }

    private static final class OfSchemas {
        private static final SchemaCheck CHECK = new SchemaCheck(
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaLocation.of(SchemaId.V202012), config()), null);
    }
}
