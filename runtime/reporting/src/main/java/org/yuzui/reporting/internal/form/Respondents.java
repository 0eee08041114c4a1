package org.yuzui.reporting.internal.form;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A form's {@code respondents}: all units of a {@code level}, of these only the ones whose {@code code} fits a pattern
 * ({@code "*-H*"}) or one of a list of them, those that have a {@code tag} or one of a list, or the {@code units} that are listed.
 */
final class Respondents {

    private static final String AT = "/respondents";
    private static final List<String> KEYS = List.of("level", "code", "tag", "units");
    static final List<String> LEVELS =
            Arrays.stream(Unit.Level.values()).map(l -> l.name().toLowerCase(Locale.ROOT)).toList();

    private final YamlDocument yaml;
    private final Units units;

    Respondents(YamlDocument yaml, Units units) {
        this.yaml = yaml;
        this.units = units;
    }

    /** In the order of the codes; empty when no unit of the tree fits, which a new site may have. */
    List<String> codes() {
        JsonNode node = yaml.root().path("respondents");
        if (!node.isObject() || node.isEmpty()) {
            throw problem("missing-key", AT, "The form does not say who answers it.",
                    "Write 'respondents: {level: institution}', or 'respondents: {units: […]}'.");
        }
        yaml.requireKnownKeys(AT, KEYS);
        if (!node.has("units")) {
            return fitting();
        }
        if (node.size() > 1) {
            throw problem("ambiguous-respondents", AT + "/units", "The respondents are listed and described at once.",
                    "Keep either 'units' or 'level', 'code' and 'tag'.");
        }
        return listed(node.get("units"));
    }

    private List<String> fitting() {
        JsonNode node = yaml.root().at(AT);
        String level = node.has("level") || !node.has("tag") ? yaml.requireText(AT + "/level") : null;
        if (level != null && !LEVELS.contains(level)) {
            throw problem("unknown-level", AT + "/level", "'" + level + "' is not a level.", KnownKeys.cure(level, LEVELS));
        }
        Pattern code = node.has("code") ? code(node.get("code")) : Pattern.compile(".*");
        Set<String> tags = node.has("tag") ? tags(node.get("tag")) : null;
        return units.all().stream()
                .filter(u -> level == null || u.level().name().equalsIgnoreCase(level))
                .filter(u -> code.matcher(u.code()).matches())
                .filter(u -> tags == null || u.tags().stream().anyMatch(tags::contains))
                .map(Unit::code).sorted().toList();
    }

    /** A tag that no unit has is taken: a new site may not have any yet. */
    private Set<String> tags(JsonNode written) {
        if (!written.isArray()) {
            return Set.of(yaml.requireText(AT + "/tag"));
        }
        Set<String> tags = new TreeSet<>();
        for (int i = 0; i < written.size(); i++) {
            tags.add(yaml.requireText(AT + "/tag/" + i));
        }
        return tags;
    }

    private Pattern code(JsonNode written) {
        if (!written.isArray()) {
            return Pattern.compile(pattern(yaml.requireText(AT + "/code")));
        }
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            patterns.add(pattern(yaml.requireText(AT + "/code/" + i)));
        }
        if (patterns.isEmpty()) {
            throw problem("wrong-type", AT + "/code", "The list of patterns is empty.", "Write [\"*-F*\", \"*-H*\"].");
        }
        return Pattern.compile(String.join("|", patterns));
    }

    private static String pattern(String withStars) {
        return Arrays.stream(withStars.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    private List<String> listed(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw problem("wrong-type", AT + "/units", "A list of unit codes is expected here.", "Write [510104-H01, …].");
        }
        Set<String> codes = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            String code = list.get(i).asText();
            if (units.find(code).isEmpty()) {
                throw problem("unknown-unit", AT + "/units/" + i, "The unit '" + code + "' is not known.",
                        units.cure(code));
            }
            codes.add(code);
        }
        return List.copyOf(codes);
    }

    private ProblemException problem(String code, String pointer, String message, String cure) {
        return new ProblemException(yaml.problem(code, pointer, message, cure));
    }
}
