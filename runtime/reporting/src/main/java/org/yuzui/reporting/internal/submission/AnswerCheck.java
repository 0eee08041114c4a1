package org.yuzui.reporting.internal.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.form.CompiledForm;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Checks one answer and says everything that is wrong with it together. */
final class AnswerCheck {

    /** An earlier day is a mistyped year. */
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    /** What is quoted in a message: a code, never a text that might be somebody's name. */
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z-]{1,40}");

    private final CompiledForm current;
    private final Function<Period, CompiledForm> versions;
    private final BiPredicate<Period, String> expected;
    private final Units units;
    private final LocalDate today;
    private final Surroundings around;
    private final List<Failure> failures = new ArrayList<>();

    /**
     * @param versions the form as a period has it
     * @param expected whether a unit has to answer for a period, although it would not for a new one
     */
    AnswerCheck(CompiledForm current, Function<Period, CompiledForm> versions, BiPredicate<Period, String> expected,
                       Units units, LocalDate today, Surroundings around) {
        this.current = current;
        this.versions = versions;
        this.expected = expected;
        this.units = units;
        this.today = today;
        this.around = around;
    }

    /** Its unit and period are null where they can't be told, and its values are those that can. */
    Answer check(JsonNode answer) {
        if (answer == null || !answer.isObject()) {
            wrong(null, "It is not a JSON object. Send {unit, period, values}.");
            return new Answer(current, null, null, Map.of(), failures);
        }
        Period period = period(answer);
        List<Failure> ofPeriod = List.copyOf(failures);
        failures.clear();
        String unit = unit(answer.path("unit"), period);
        boolean unitGood = failures.isEmpty();
        failures.addAll(ofPeriod);
        boolean whole = failures.isEmpty();
        CompiledForm form = period == null || !whole ? current : versions.apply(period);
        JsonNode nested = answer.path("values");
        if (!absent(nested) && !nested.isObject()) {
            wrong("/values", "is not an object of numbers.");
            return new Answer(form, unit, period, Map.of(), failures);
        }
        JsonNode cells = nested.isObject() ? nested : answer;
        CellCheck check = new CellCheck(form, code -> (nested.isObject() ? "/values/" : "/") + code);
        check.read(cells);
        if (whole) {
            check.ask(cells, period, unit, around);
        }
        failures.addAll(check.failures());
        Map<String, BigDecimal> values = check.values();
        return new Answer(form, unitGood ? unit : null, period, values, List.copyOf(failures));
    }

    /** The shape of an answer whose unit and period are known already. */
    static JsonNode answer(String unit, Period period, JsonNode values) {
        return JsonNodeFactory.instance.objectNode().put("unit", unit).put("period", period.toString())
                .set("values", values == null ? JsonNodeFactory.instance.objectNode() : values);
    }

    /** @param period null where it can't be told */
    private String unit(JsonNode node, Period period) {
        String code = node.isTextual() || node.isIntegralNumber() ? node.asText().trim() : "";
        Units then = period == null ? units : units.of(period, today);
        if (code.isEmpty()) {
            wrong("/unit", "is missing; give the code of the unit that answers.");
        } else if (then.find(code).isEmpty()) {
            wrong("/unit", !CODE.matcher(code).matches() ? "is not a unit's code." : units.find(code).isEmpty()
                    ? "'" + code + "' is not known. " + units.cure(code) : "'" + code + "' was not there yet in " + period + ".");
        } else if (!current.form().respondents().contains(code) && (period == null || !expected.test(period, code))) {
            wrong("/unit", "'" + code + "' does not answer this form.");
        }
        return code;
    }

    /** What it is for; null when that can't be told. */
    private Period period(JsonNode answer) {
        Form form = current.form();
        JsonNode written = answer.path("period");
        JsonNode day = answer.path("day");
        if (absent(written) && absent(day)) {
            wrong("/period", "is missing; write a " + form.period() + " as " + form.period().example() + ".");
            return null;
        }
        LocalDate within = absent(day) ? null : day(day);
        Period period = absent(written) ? within == null ? null : Period.of(form.period(), within) : period(form, written.asText());
        if (period == null) {
            return null;
        }
        String at = absent(written) ? "/day" : "/period";
        if (within != null && !period.contains(within)) {
            wrong("/day", within + " is not in " + period + "; leave one of them out.");
        }
        // one day of grace: the unit's clock may be past midnight before the hub's
        if (period.first().isAfter(today.plusDays(1))) {
            wrong(at, period + " has not come yet.");
        } else if (period.first().isBefore(EARLIEST)) {
            wrong(at, period + " is too long ago.");
        }
        return period;
    }

    private Period period(Form form, String text) {
        try {
            Period period = Period.parse(text.trim());
            if (period.kind() == form.period()) {
                return period;
            }
            wrong("/period", "is the " + period.kind() + " " + period + ", and this form is answered by "
                    + form.period() + "; write it as " + form.period().example() + ".");
        } catch (IllegalArgumentException e) { // without its message: the text may be somebody's name
            wrong("/period", "is not a " + form.period() + "; write it as " + form.period().example() + ".");
        }
        return null;
    }

    private LocalDate day(JsonNode node) {
        try {
            return LocalDate.parse(node.asText().trim());
        } catch (DateTimeException e) {
            wrong("/day", "is not a day; write it as 2026-11-22.");
            return null;
        }
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private void wrong(String place, String message) {
        failures.add(new Failure(null, place, null, true, message, null));
    }
}
