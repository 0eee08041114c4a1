package org.yuzui.reporting.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Units;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One {@code *.form.yaml}. */
public final class FormFile {

    private static final List<String> KEYS = List.of("title", "period", "respondents", "indicators");
    private static final List<String> INDICATOR_KEYS =
            List.of("code", "title", "unit", "precision", "kind", "numerator", "denominator", "factor");
    private static final List<String> RATIO_KEYS = List.of("numerator", "denominator", "factor");
    private static final List<String> KINDS = Arrays.stream(Indicator.Kind.values()).map(Indicator.Kind::word).toList();
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern CODE = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");
    /** Fields of a submission beside which the values may stand. */
    private static final Set<String> RESERVED = Set.of("unit", "day", "period", "values");

    private final YamlDocument yaml;
    private final Map<String, Indicator> indicators = new LinkedHashMap<>();

    private FormFile(YamlDocument yaml) {
        this.yaml = yaml;
    }

    /** @throws ProblemException naming file, line and key */
    public static Form read(HubFile file, String plugin, Units units) {
        FormFile form = new FormFile(YamlDocument.parse(file.bytes(), file.path()));
        if (!ID.matcher(file.id()).matches()) {
            throw form.problem("bad-form-id", "", "The form id '" + file.id() + "' is not kebab-case.",
                    "Name the file with small letters, digits and single hyphens: hospital-daily.form.yaml.");
        }
        form.yaml.requireKnownKeys("", KEYS);
        String word = form.yaml.requireText("/period");
        Period.Kind period = Period.Kind.of(word).orElseThrow(() -> form.problem("unknown-period", "/period",
                "A form can't be answered by '" + word + "'.", KnownKeys.cure(word, Period.Kind.words())));
        List<String> respondents = new Respondents(form.yaml, units).codes();
        form.readIndicators();
        return new Form(file.id(), Title.of(form.yaml.root().get("title"), file.id()), plugin, period,
                List.copyOf(form.indicators.values()), respondents);
    }

    private void readIndicators() {
        JsonNode list = yaml.root().path("indicators");
        if (!list.isArray() || list.isEmpty()) {
            throw problem("missing-key", "/indicators", "The form has no list of indicators.",
                    "Write 'indicators:' and below it '- code: …' for each.");
        }
        for (int i = 0; i < list.size(); i++) {
            Indicator indicator = indicator(list.get(i), "/indicators/" + i);
            if (indicators.putIfAbsent(indicator.code(), indicator) != null) {
                throw problem("duplicate-indicator", "/indicators/" + i + "/code",
                        "The indicator '" + indicator.code() + "' stands here twice.", "Remove or rename one of them.");
            }
        }
        for (int i = 0; i < list.size(); i++) {
            Indicator indicator = indicators.get(list.get(i).path("code").asText());
            if (indicator.kind() == Indicator.Kind.RATIO) {
                requireAnswered(indicator.numerator(), "/indicators/" + i + "/numerator");
                requireAnswered(indicator.denominator(), "/indicators/" + i + "/denominator");
            }
        }
    }

    private Indicator indicator(JsonNode node, String at) {
        yaml.requireKnownKeys(at, INDICATOR_KEYS);
        String code = yaml.requireText(at + "/code");
        if (!CODE.matcher(code).matches() || RESERVED.contains(code)) {
            throw problem("bad-indicator-code", at + "/code", "'" + code + "' can't be an indicator's code.",
                    "Use letters, digits and hyphens, and none of unit, day, period, values.");
        }
        String kind = node.path("kind").asText("sum");
        if (!KINDS.contains(kind)) {
            throw problem("unknown-kind", at + "/kind", "'" + kind + "' is not a kind of indicator.",
                    KnownKeys.cure(kind, KINDS));
        }
        boolean ratio = kind.equals(Indicator.Kind.RATIO.word());
        for (String key : RATIO_KEYS) {
            if (!ratio && node.has(key)) {
                throw problem("not-a-ratio", at + "/" + key, "'" + key + "' belongs to a ratio, and '" + code
                        + "' is none.", "Remove it, or write 'kind: ratio'.");
            }
        }
        return new Indicator(code, Title.of(node.get("title"), code), node.path("unit").asText(null),
                whole(node, at, "precision", 0, 0, 9), Indicator.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                ratio ? yaml.requireText(at + "/numerator") : null,
                ratio ? yaml.requireText(at + "/denominator") : null,
                whole(node, at, "factor", 1, 1, 1_000_000));
    }

    private void requireAnswered(String code, String at) {
        Indicator part = indicators.get(code);
        if (part == null || !part.kind().answered()) {
            List<String> sums = indicators.values().stream().filter(i -> i.kind().answered())
                    .map(Indicator::code).toList();
            throw problem("unknown-indicator", at, "'" + code + "' is not an indicator that units answer.",
                    KnownKeys.cure(code, sums));
        }
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
        return new ProblemException(yaml.problem(code, pointer, message, cure));
    }
}
