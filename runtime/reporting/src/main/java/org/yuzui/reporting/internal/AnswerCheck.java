package org.yuzui.reporting.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Units;
import org.yuzui.spi.RefusedException;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks all cells of one answer and says everything that is wrong with them together. */
final class AnswerCheck {

    /** An earlier day is a mistyped year. */
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    /** What is quoted in a message: a code, never a text that might be somebody's name. */
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z-]{1,40}");

    private final Form form;
    private final Units units;
    private final LocalDate today;
    private final Map<String, String> failures = new LinkedHashMap<>();

    AnswerCheck(Form form, Units units, LocalDate today) {
        this.form = form;
        this.units = units;
        this.today = today;
    }

    /** @throws RefusedException {@code bad-submission}, its place the pointers of all failing cells */
    Answer check(JsonNode answer) {
        if (answer == null || !answer.isObject()) {
            throw new RefusedException("bad-submission", null, "The submission to '" + form.id()
                    + "' is not a JSON object. Send {unit, period, values}.");
        }
        String unit = unit(answer.path("unit"));
        Period period = period(answer);
        Map<String, BigDecimal> values = values(answer);
        if (!failures.isEmpty()) {
            StringBuilder message = new StringBuilder("The submission to '" + form.id() + "' can't be taken.");
            failures.forEach((pointer, what) -> message.append(' ').append(pointer).append(' ').append(what));
            throw new RefusedException("bad-submission", String.join(", ", failures.keySet()), message.toString());
        }
        return new Answer(unit, period, values);
    }

    private String unit(JsonNode node) {
        String code = node.isTextual() || node.isIntegralNumber() ? node.asText().trim() : "";
        if (code.isEmpty()) {
            failures.put("/unit", "is missing; give the code of the unit that answers.");
        } else if (units.find(code).isEmpty()) {
            failures.put("/unit", CODE.matcher(code).matches() ? "'" + code + "' is not known. " + units.cure(code)
                    : "is not a unit's code.");
        } else if (!form.respondents().contains(code)) {
            failures.put("/unit", "'" + code + "' does not answer this form.");
        }
        return code;
    }

    /** What it is for; null when that can't be told. */
    private Period period(JsonNode answer) {
        JsonNode written = answer.path("period");
        JsonNode day = answer.path("day");
        if (absent(written) && absent(day)) {
            failures.put("/period", "is missing; write a " + form.period() + " as " + form.period().example() + ".");
            return null;
        }
        LocalDate within = absent(day) ? null : day(day);
        Period period = absent(written) ? within == null ? null : Period.of(form.period(), within) : period(written.asText());
        if (period == null) {
            return null;
        }
        String at = absent(written) ? "/day" : "/period";
        if (within != null && !period.contains(within)) {
            failures.put("/day", within + " is not in " + period + "; leave one of them out.");
        }
        // one day of grace: the unit's clock may be past midnight before the hub's
        if (period.first().isAfter(today.plusDays(1))) {
            failures.put(at, period + " has not come yet.");
        } else if (period.first().isBefore(EARLIEST)) {
            failures.put(at, period + " is too long ago.");
        }
        return period;
    }

    private Period period(String text) {
        try {
            Period period = Period.parse(text.trim());
            if (period.kind() == form.period()) {
                return period;
            }
            failures.put("/period", "is the " + period.kind() + " " + period + ", and this form is answered by "
                    + form.period() + "; write it as " + form.period().example() + ".");
        } catch (IllegalArgumentException e) { // without its message: the text may be somebody's name
            failures.put("/period", "is not a " + form.period() + "; write it as " + form.period().example() + ".");
        }
        return null;
    }

    private LocalDate day(JsonNode node) {
        try {
            return LocalDate.parse(node.asText().trim());
        } catch (DateTimeException e) {
            failures.put("/day", "is not a day; write it as 2026-11-22.");
            return null;
        }
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private Map<String, BigDecimal> values(JsonNode answer) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        JsonNode nested = answer.path("values");
        if (!nested.isMissingNode() && !nested.isNull() && !nested.isObject()) {
            failures.put("/values", "is not an object of numbers.");
            return values;
        }
        JsonNode cells = nested.isObject() ? nested : answer;
        String prefix = nested.isObject() ? "/values/" : "/";
        for (Indicator indicator : form.indicators()) {
            if (indicator.kind().answered()) {
                value(cells.path(indicator.code()), prefix + indicator.code())
                        .ifPresent(number -> values.put(indicator.code(), number));
            }
        }
        return values;
    }

    private Optional<BigDecimal> value(JsonNode cell, String pointer) {
        if (cell.isMissingNode() || cell.isNull()) {
            failures.put(pointer, "is missing; write 0 when there was nothing.");
            return Optional.empty();
        }
        Optional<BigDecimal> number = Numbers.read(cell);
        if (number.isEmpty()) {
            failures.put(pointer, "is not a number of at most " + Numbers.MOST_DIGITS
                    + " digits before and after the point.");
        } else if (number.get().signum() < 0) {
            failures.put(pointer, "is negative (" + number.get().toPlainString() + ").");
            return Optional.empty();
        }
        return number;
    }
}
