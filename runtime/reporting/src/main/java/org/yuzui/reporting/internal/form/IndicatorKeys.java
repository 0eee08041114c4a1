package org.yuzui.reporting.internal.form;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Indicator.Kind;
import org.yuzui.reporting.Section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The {@code indicators} of a form file, or its {@code sections} with those of each. */
final class IndicatorKeys {

    /** What a submission and a formula call something else. */
    static final List<String> RESERVED = List.of("unit", "day", "period", "values", "previous", "lastYear", "factors");
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final List<String> KEYS = List.of("code", "title", "unit", "precision", "kind", "numerator", "denominator",
            "factor", "weight", "formula", "verified", "signed", "optional", "choices");
    private static final List<String> SECTION_KEYS = List.of("id", "title", "indicators");
    private static final List<String> RATIO_KEYS = List.of("numerator", "denominator", "factor");
    private static final List<String> KINDS = Arrays.stream(Kind.values()).map(Kind::word).toList();
    private static final Pattern CODE = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    private static final Pattern CHOICE = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final YamlDocument yaml;
    private final Map<String, Indicator> indicators = new LinkedHashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final List<Section> sections = new ArrayList<>();

    IndicatorKeys(YamlDocument yaml) {
        this.yaml = yaml;
    }

    List<Indicator> indicators() {
        return List.copyOf(indicators.values());
    }

    List<Section> sections() {
        return List.copyOf(sections);
    }

    /** Where an indicator stands in the file. */
    String place(String code) {
        return places.get(code);
    }

    /** @param title of the form, and so of its only section when it has none */
    void read(Title title) {
        if (yaml.root().has("sections")) {
            readSections();
        } else {
            sections.add(new Section("form", title, list("/indicators")));
        }
        indicators.values().forEach(this::requireParts);
    }

    private void readSections() {
        JsonNode list = yaml.root().get("sections");
        if (yaml.root().has("indicators")) {
            throw problem("ambiguous-indicators", "/indicators", "A form has either sections or indicators.",
                    "Put these into one of the sections.");
        }
        if (!list.isArray() || list.isEmpty()) {
            throw problem("wrong-type", "/sections", "A list of sections is expected here.",
                    "Write '- id: …' with 'indicators:' for each.");
        }
        for (int i = 0; i < list.size(); i++) {
            String at = "/sections/" + i;
            yaml.requireKnownKeys(at, SECTION_KEYS);
            String id = yaml.requireText(at + "/id");
            if (!ID.matcher(id).matches() || sections.stream().anyMatch(s -> s.id().equals(id))) {
                throw problem("bad-section-id", at + "/id", "'" + id + "' is no name for this section.",
                        "Use small letters, digits and single hyphens, for each section others.");
            }
            sections.add(new Section(id, Title.of(list.get(i).get("title"), id), list(at + "/indicators")));
        }
    }

    private List<String> list(String at) {
        JsonNode list = yaml.root().at(at);
        if (!list.isArray() || list.isEmpty()) {
            throw problem("missing-key", at, "The form has no list of indicators.",
                    "Write 'indicators:' and below it '- code: …' for each.");
        }
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Indicator indicator = indicator(list.get(i), at + "/" + i);
            if (indicators.putIfAbsent(indicator.code(), indicator) != null) {
                throw problem("duplicate-indicator", at + "/" + i + "/code",
                        "The indicator '" + indicator.code() + "' stands here twice.", "Remove or rename one of them.");
            }
            places.put(indicator.code(), at + "/" + i);
            codes.add(indicator.code());
        }
        return List.copyOf(codes);
    }

    private Indicator indicator(JsonNode node, String at) {
        yaml.requireKnownKeys(at, KEYS);
        String code = yaml.requireText(at + "/code");
        if (!CODE.matcher(code).matches() || RESERVED.contains(code)) {
            throw problem("bad-indicator-code", at + "/code", "'" + code + "' can't be an indicator's code.",
                    "Use letters, digits and hyphens, and none of " + String.join(", ", RESERVED) + ".");
        }
        String word = node.path("kind").asText("sum");
        if (!KINDS.contains(word)) {
            throw problem("unknown-kind", at + "/kind", "'" + word + "' is not a kind of indicator.", KnownKeys.cure(word, KINDS));
        }
        Kind kind = Kind.valueOf(word.toUpperCase(Locale.ROOT));
        boolean ratio = kind == Kind.RATIO;
        RATIO_KEYS.forEach(key -> requireKind(node, at, key, code, ratio, Kind.RATIO));
        requireKind(node, at, "weight", code, kind == Kind.WEIGHTED, Kind.WEIGHTED);
        requireKind(node, at, "choices", code, kind == Kind.CHOICE, Kind.CHOICE);
        boolean made = ratio || node.has("formula");
        for (String key : ratio ? List.of("formula", "signed", "optional") : made ? List.of("optional") : List.of("verified")) {
            if (node.has(key)) {
                throw problem("wrong-type", at + "/" + key, "'" + key + "' has no meaning for '" + code + "', which "
                        + (made ? "is made from others." : "units answer."), "Remove it.");
            }
        }
        return new Indicator(code, Title.of(node.get("title"), code), node.path("unit").asText(null),
                whole(node, at, "precision", 0, 0, 9), kind, ratio ? yaml.requireText(at + "/numerator") : null,
                ratio ? yaml.requireText(at + "/denominator") : null, whole(node, at, "factor", 1, 1, 1_000_000),
                kind == Kind.WEIGHTED ? yaml.requireText(at + "/weight") : null,
                node.has("formula") ? yaml.requireText(at + "/formula") : null, flag(node, at, "verified", node.has("formula")),
                flag(node, at, "signed", false), flag(node, at, "optional", false),
                kind == Kind.CHOICE ? choices(node.path("choices"), at + "/choices") : Map.of());
    }

    private void requireKind(JsonNode node, String at, String key, String code, boolean fits, Kind kind) {
        if (!fits && node.has(key)) {
            String article = kind == Kind.RATIO ? "a ratio" : "'kind: " + kind.word() + "'";
            throw problem(kind == Kind.RATIO ? "not-a-ratio" : "wrong-kind", at + "/" + key, "'" + key + "' belongs to " + article
                    + ", and '" + code + "' is none.", "Remove it, or write 'kind: " + kind.word() + "'.");
        }
    }

    private Map<String, Title> choices(JsonNode node, String at) {
        Map<String, Title> choices = new LinkedHashMap<>();
        node.properties().forEach(e -> {
            if (!CHOICE.matcher(e.getKey()).matches()) {
                throw problem("bad-choice", at + "/" + e.getKey(), "'" + e.getKey() + "' is not a whole number without leading zeros.",
                        "Write 21: {zh: 教育, en: Education}.");
            }
            choices.put(e.getKey(), Title.of(e.getValue(), e.getKey()));
        });
        if (choices.isEmpty()) {
            throw problem("missing-key", at, "There is nothing to choose from.", "Write 'choices: {1: {zh: 国家机关, en: Authority}}'.");
        }
        return Collections.unmodifiableMap(choices);
    }

    private void requireParts(Indicator indicator) {
        String at = places.get(indicator.code());
        if (indicator.kind() == Kind.RATIO) {
            requireAnswered(indicator.numerator(), at + "/numerator");
            requireAnswered(indicator.denominator(), at + "/denominator");
        } else if (indicator.kind() == Kind.WEIGHTED) {
            requireAnswered(indicator.weight(), at + "/weight");
        }
    }

    private void requireAnswered(String code, String at) {
        Set<Kind> fitting = Set.of(Kind.SUM, Kind.LAST, Kind.MAX);
        Indicator part = indicators.get(code);
        if (part == null || !fitting.contains(part.kind())) {
            throw problem("unknown-indicator", at, "'" + code + "' is not an indicator that units answer.", KnownKeys.cure(code,
                    indicators.values().stream().filter(i -> fitting.contains(i.kind())).map(Indicator::code).toList()));
        }
    }

    private boolean flag(JsonNode node, String at, String key, boolean otherwise) {
        JsonNode flag = node.path(key);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            throw problem("wrong-type", at + "/" + key, "'" + key + "' is true or false.", "Write '" + key + ": true'.");
        }
        return flag.asBoolean(otherwise);
    }

    private int whole(JsonNode node, String at, String key, int otherwise, int least, int most) {
        JsonNode value = node.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw problem("bad-number", at + "/" + key, "'" + key + "' must be a whole number from " + least + " to "
                    + most + ".", "Write for example '" + key + ": " + Math.max(least, 1) + "'.");
        }
        return value.intValue();
    }

    private ProblemException problem(String code, String pointer, String message, String cure) {
        Problem problem = yaml.problem(code, pointer, message, cure);
        return new ProblemException(problem);
    }
}
