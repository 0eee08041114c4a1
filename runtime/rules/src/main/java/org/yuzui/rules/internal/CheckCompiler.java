package org.yuzui.rules.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.impl.FEELBuilder;
import org.kie.dmn.feel.lang.impl.FEELImpl;
import org.kie.dmn.feel.lang.impl.InterpretedExecutableExpression;
import org.kie.dmn.feel.lang.impl.MapBackedType;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.lang.types.GenListType;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.rules.RecordChecks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Compiles the {@code x-rules} of a contract against its schema. */
public final class CheckCompiler {

    private static final Set<String> KEYS = Set.of("id", "check", "message", "severity");
    private static final Set<String> SEVERITIES = Set.of("refuse", "warn");
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build(); // as contracts reads them

    private final HubFile file;
    private final JsonNode schema;
    private final YamlDocument lines;
    private final Shape.Parts shapes;
    private final Map<String, Type> types = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private CheckCompiler(HubFile file, JsonNode schema) {
        this.file = file;
        this.schema = schema;
        this.lines = lines(file);
        this.shapes = new SchemaShapes(schema).fields();
        shapes.fields().forEach((name, shape) -> types.put(name, type(shape)));
    }

    /**
     * The checks of one contract.
     *
     * @param schema the whole contract, so that it can be told from another version
     * @param checks null when there are problems
     */
    public record Outcome(String contract, JsonNode schema, RecordChecks checks, List<Problem> problems) {
    }

    /** @return null when the file has no checks, or isn't a contract */
    public static Outcome compile(HubFile file) {
        JsonNode schema;
        try {
            schema = JSON.readTree(file.bytes());
        } catch (JsonProcessingException e) {
            return null; // the contracts say what is wrong with it
        } catch (IOException e) {
            throw new IllegalStateException("bytes can be read", e);
        }
        return schema == null || !schema.has("x-rules") ? null : new CheckCompiler(file, schema).compile();
    }

    private Outcome compile() {
        JsonNode rules = schema.get("x-rules");
        List<FeelChecks.Check> checks = new ArrayList<>();
        Set<String> used = new LinkedHashSet<>();
        FEELImpl feel = (FEELImpl) FEELBuilder.builder().withProfiles(List.of(Patterns.PROFILE)).build();
        if (!rules.isArray()) {
            problem("wrong-type", "/x-rules", "x-rules is a list of checks.", "Write [{\"id\": …, \"check\": …, \"message\": …}].");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; rules.isArray() && i < rules.size(); i++) {
            check(rules.get(i), "/x-rules/" + i, ids, used, checks);
        }
        if (!problems.isEmpty()) {
            return new Outcome(file.id(), schema, null, problems);
        }
        Map<String, Shape> needed = new LinkedHashMap<>();
        used.forEach(name -> needed.put(name, shapes.fields().get(name)));
        return new Outcome(file.id(), schema, new FeelChecks(feel, new Shape.Parts(needed, null), checks), List.of());
    }

    private void check(JsonNode rule, String place, Set<String> ids, Set<String> used, List<FeelChecks.Check> checks) {
        if (!rule.isObject()) {
            problem("wrong-type", place, "A check is an object.", "Write {\"id\": …, \"check\": …, \"message\": …}.");
            return;
        }
        rule.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                problem("unknown-key", place + "/" + key, "'" + key + "' is not known in a check.", KnownKeys.cure(key, KEYS));
            }
        });
        String id = rule.path("id").asText("");
        if (!ID.matcher(id).matches()) {
            problem("bad-rule-id", place, "The id '" + id + "' is not kebab-case.",
                    "Use small letters, digits and single hyphens, starting with a letter.");
        } else if (!ids.add(id)) {
            problem("duplicate-rule", place, "There are two checks with the id '" + id + "'.", "Give one another id.");
        }
        Title message = Title.of(rule.get("message"), null);
        if (message.zh() == null || message.zh().isBlank()) {
            problem("missing-key", place, "The check '" + id + "' says nothing to those whose record it refuses.",
                    "Give it a message: {\"zh\": …, \"en\": …}.");
        }
        String severity = rule.path("severity").asText("refuse");
        if (!SEVERITIES.contains(severity)) {
            problem("bad-severity", place + "/severity", "'" + severity + "' is no severity.", KnownKeys.cure(severity, SEVERITIES));
        }
        if (!rule.path("check").isTextual()) {
            problem("missing-key", place, "The check '" + id + "' checks nothing.", "Give it a FEEL expression under 'check'.");
            return;
        }
        try {
            InterpretedExecutableExpression expression = expression(rule.get("check").asText(), used);
            checks.add(new FeelChecks.Check(new RecordChecks.Broken(id, message, severity.equals("refuse")), expression));
        } catch (FeelTyping.Mistake e) {
            problem(e.code(), place + "/check", e.getMessage(), e.cure());
        }
    }

    private InterpretedExecutableExpression expression(String text, Set<String> used) throws FeelTyping.Mistake {
        ParsedFeel parsed = ParsedFeel.parse(text, types, "contract");
        for (String name : parsed.used()) {
            if (shapes.fields().get(name) instanceof Shape.Unknown) {
                throw new FeelTyping.Mistake("untyped-field", "The field '" + name + "' has no single type in the contract.",
                        "Declare one: \"type\": \"string\" …");
            }
        }
        if (parsed.used().isEmpty()) {
            throw new FeelTyping.Mistake("empty-check", "'" + text + "' looks at no field of the record.", null);
        }
        if (parsed.type() != BuiltInType.BOOLEAN && parsed.type() != BuiltInType.UNKNOWN) {
            throw new FeelTyping.Mistake("wrong-type", "'" + text + "' is no condition.", "A check says true or false.");
        }
        used.addAll(parsed.used());
        return parsed.expression();
    }

    private static Type type(Shape shape) {
        if (shape instanceof Shape.Scalar scalar) {
            return switch (scalar) {
                case TEXT -> BuiltInType.STRING;
                case NUMBER -> BuiltInType.NUMBER;
                case BOOLEAN -> BuiltInType.BOOLEAN;
                case DATE -> BuiltInType.DATE;
                case TIME -> BuiltInType.TIME;
                case DATE_TIME -> BuiltInType.DATE_TIME;
                case DURATION -> BuiltInType.DURATION;
            };
        }
        if (shape instanceof Shape.Many many) {
            return new GenListType(type(many.item()));
        }
        if (shape instanceof Shape.Parts parts) {
            MapBackedType type = new MapBackedType();
            parts.fields().forEach((name, field) -> type.addField(name, type(field)));
            return type;
        }
        return BuiltInType.UNKNOWN;
    }

    /** JSON is YAML, nearly: what YAML can't read is known without its lines. */
    private static YamlDocument lines(HubFile file) {
        try {
            return YamlDocument.parse(file.bytes(), file.path());
        } catch (ProblemException e) {
            return YamlDocument.parse(new byte[0], file.path());
        }
    }

    private void problem(String code, String pointer, String message, String cure) {
        problems.add(lines.problem(code, pointer, message, cure));
    }
}
