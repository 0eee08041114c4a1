package org.yuzui.reporting.internal.form;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Title;
import org.yuzui.kernel.YamlDocument;
import org.yuzui.reporting.Deadline;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.form.CompiledForm.CompiledCheck;
import org.yuzui.rules.Formula;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** One {@code *.form.yaml}. */
public final class FormFile {

    private static final List<String> KEYS = List.of("title", "period", "respondents", "indicators", "sections", "checks",
            "factors", "with", "deadline", "review");
    private static final List<String> DEADLINE_KEYS = List.of("workdays", "days", "at");
    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

    private final YamlDocument yaml;

    private FormFile(YamlDocument yaml) {
        this.yaml = yaml;
    }

    /** @throws ProblemException naming file, line and key */
    public static CompiledForm read(HubFile file, String plugin, Units units) {
        FormFile form = new FormFile(YamlDocument.parse(file.bytes(), file.path()));
        if (!IndicatorKeys.ID.matcher(file.id()).matches()) {
            throw form.problem("bad-form-id", "", "The form id '" + file.id() + "' is not kebab-case.",
                    "Name the file with small letters, digits and single hyphens: hospital-daily.form.yaml.");
        }
        return form.form(file, plugin, units);
    }

    private CompiledForm form(HubFile file, String plugin, Units units) {
        yaml.requireKnownKeys("", KEYS);
        String word = yaml.requireText("/period");
        Period.Kind period = Period.Kind.of(word).orElseThrow(() -> problem("unknown-period", "/period",
                "A form can't be answered by '" + word + "'.", KnownKeys.cure(word, Period.Kind.words())));
        List<String> respondents = new Respondents(yaml, units).codes();
        Title title = Title.of(yaml.root().get("title"), file.id());
        IndicatorKeys indicators = new IndicatorKeys(yaml);
        indicators.read(title);
        FormulaKeys feel = new FormulaKeys(yaml, indicators);
        feel.readNames();
        Map<String, Formula> formulas = feel.formulas();
        List<CompiledCheck> checks = feel.checks();
        Form form = new Form(file.id(), 0, title, plugin, period, indicators.sections(), indicators.indicators(), respondents,
                checks.stream().map(CompiledCheck::check).toList(), feel.factors(), feel.with(), deadline(), review());
        return new CompiledForm(form, formulas, checks, file.path(), new String(file.bytes(), StandardCharsets.UTF_8));
    }

    private Deadline deadline() {
        JsonNode node = yaml.root().path("deadline");
        if (node.isMissingNode()) {
            return null;
        }
        yaml.requireKnownKeys("/deadline", DEADLINE_KEYS);
        JsonNode count = node.has("workdays") ? node.get("workdays") : node.path("days");
        if (node.has("workdays") == node.has("days") || !count.isInt() || count.intValue() < 1 || count.intValue() > 366) {
            throw problem("bad-deadline", "/deadline", "The deadline is not counted in working days or in days.",
                    "Write 'deadline: {workdays: 5}', the 5th working day after the period's end, or 'deadline: {days: 20}'.");
        }
        try {
            LocalTime at = node.has("at") ? LocalTime.parse(yaml.requireText("/deadline/at")) : END_OF_DAY;
            return node.has("workdays") ? new Deadline(count.intValue(), 0, at) : new Deadline(0, count.intValue(), at);
        } catch (DateTimeException e) {
            throw problem("bad-time", "/deadline/at", "'" + node.path("at").asText() + "' is no time of day.", "Write \"17:00\".");
        }
    }

    /** From the lowest level up, however they are written. */
    private List<Unit.Level> review() {
        JsonNode list = yaml.root().path("review");
        if (!list.isMissingNode() && !list.isArray()) {
            throw problem("wrong-type", "/review", "A list of levels is expected here.", "Write 'review: [county, city, province]'.");
        }
        TreeSet<Unit.Level> levels = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            String word = yaml.requireText("/review/" + i);
            if (!Respondents.LEVELS.contains(word) || word.equals("institution")) {
                throw problem("unknown-level", "/review/" + i, "A " + word + " does not review.", "Choose of county, city, province.");
            }
            levels.add(Unit.Level.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return List.copyOf(levels.descendingSet());
    }

    private ProblemException problem(String code, String pointer, String message, String cure) {
        return new ProblemException(yaml.problem(code, pointer, message, cure));
    }
}
