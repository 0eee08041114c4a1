package org.yuzui.reporting.internal.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.RefusedSubmission;
import org.yuzui.reporting.Sheets;
import org.yuzui.reporting.Signature;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Files that are filled in: made from the form as its period has it, and taken back cell by cell. */
public final class SheetDesk implements Sheets {

    private final SubmissionDesk desk;

    public SheetDesk(SubmissionDesk desk) {
        this.desk = desk;
    }

    @Override
    public byte[] template(String formId, Period period, String code, Kind kind) {
        Map<String, String> filled = new HashMap<>();
        List<Submission> history = desk.history(formId, period, code);
        if (!history.isEmpty()) {
            history.get(0).values().forEach((cell, value) -> filled.put(cell, value.toPlainString()));
        }
        desk.draft(formId, period, code).ifPresent(draft -> draft.values().properties()
                .forEach(cell -> filled.put(cell.getKey(), cell.getValue().asText())));
        Form form = desk.form(formId, period);
        Unit unit = desk.unit(period, code);
        return kind == Kind.XLSX ? Workbooks.write(form, period, unit, filled) : CsvSheet.write(form, period, unit, filled);
    }

    @Override
    public Submission handIn(byte[] file, Kind kind, String note, Signature by, Consumer<String> mayActFor) {
        FilledSheet sheet = kind == Kind.XLSX ? Workbooks.read(file) : CsvSheet.read(file);
        if (sheet.form() == null || sheet.period() == null || sheet.unit() == null) {
            throw FilledSheet.bad(kind == Kind.XLSX ? Workbooks.COVER : "line 1", "It does not say which form, period and unit it is for.");
        }
        mayActFor.accept(sheet.unit());
        Form form = desk.form(sheet.form(), period(sheet));
        List<Failure> unknown = unknown(form, sheet);
        try {
            if (!unknown.isEmpty()) {
                desk.check(sheet.form(), answer(form, sheet)); // so that everything is said at once
                throw new RefusedSubmission(sheet.form(), unknown);
            }
            return desk.submit(sheet.form(), answer(form, sheet), null, note, by);
        } catch (RefusedSubmission e) {
            List<Failure> all = new ArrayList<>(unknown);
            e.failures().stream().filter(f -> !unknown.contains(f)).forEach(f -> all.add(f.at(place(f, sheet))));
            throw new RefusedSubmission(sheet.form(), all);
        }
    }

    private static Period period(FilledSheet sheet) {
        try {
            return Period.parse(sheet.period());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(new Problem("bad-file", sheet.places().get("period"), e.getMessage(), null), e);
        }
    }

    /** Lines of codes that the form doesn't have: somebody's figures would be lost silently. */
    private static List<Failure> unknown(Form form, FilledSheet sheet) {
        List<String> codes = form.indicators().stream().map(Indicator::code).toList();
        return sheet.cells().keySet().stream().filter(code -> !codes.contains(code)).map(code -> new Failure(null,
                sheet.places().get(code), null, true, "is for '" + code + "', which the form doesn't ask. " + KnownKeys.cure(code, codes),
                null)).toList();
    }

    private static JsonNode answer(Form form, FilledSheet sheet) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        Map<String, String> cells = new LinkedHashMap<>(sheet.cells());
        cells.forEach((code, text) -> form.indicator(code).ifPresent(indicator -> {
            if (!text.isEmpty()) {
                values.put(code, indicator.kind() == Indicator.Kind.CHOICE ? text.split(" ", 2)[0] : text);
            }
        }));
        return JsonNodeFactory.instance.objectNode().put("unit", sheet.unit()).put("period", sheet.period()).set("values", values);
    }

    private static String place(Failure failure, FilledSheet sheet) {
        String name = failure.cell() != null ? failure.cell() : failure.place() == null ? "" : failure.place().substring(1);
        return sheet.places().getOrDefault(name, failure.place());
    }
}
