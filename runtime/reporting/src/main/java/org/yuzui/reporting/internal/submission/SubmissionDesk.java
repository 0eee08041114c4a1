package org.yuzui.reporting.internal.submission;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.CellChange;
import org.yuzui.reporting.Draft;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.RefusedSubmission;
import org.yuzui.reporting.Signature;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.Submissions;
import org.yuzui.reporting.Unit;
import org.yuzui.reporting.Units;
import org.yuzui.reporting.internal.form.CompiledForm;
import org.yuzui.reporting.internal.form.FormShelf;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Where answers are handed in, from whatever door: each is checked, gets its version, and is added to the totals above it. */
public final class SubmissionDesk implements Submissions {

    private final FormShelf forms;
    private final Units units;
    private final Clock clock;
    private final SubmissionTable table;
    private final DraftTable drafts;
    private final Surroundings around;
    private final Gate gate;

    /** What may keep an answer out although all its cells are good, and what follows from one. */
    public interface Gate extends SubmissionTable.Again, SubmissionTable.Added {

        /** Why nobody may answer for the unit and period now. */
        Optional<Failure> closed(Form form, Period period, String unit);
    }

    /** @param clock in the hub's zone */
    public SubmissionDesk(FormShelf forms, Units units, Clock clock, SubmissionTable table, DraftTable drafts, Surroundings around,
                          Gate gate) {
        this.forms = forms;
        this.units = units;
        this.clock = clock;
        this.table = table;
        this.drafts = drafts;
        this.around = around;
        this.gate = gate;
    }

    /** An answer that names its unit and period itself; see {@link org.yuzui.reporting.Reports#submit}. */
    public Submission submit(String formId, JsonNode answer, UUID record, String note, Signature by) {
        CompiledForm current = forms.require(formId);
        Answer checked = check(current, answer, period -> forms.periods().open(current, period));
        List<Failure> failures = new ArrayList<>(checked.failures());
        if (checked.unit() != null && checked.period() != null) {
            gate.closed(checked.form().form(), checked.period(), checked.unit()).ifPresent(failures::add);
        }
        if (failures.stream().anyMatch(Failure::hard)) {
            throw new RefusedSubmission(formId, failures);
        }
        return table.add(checked, record, by, note, gate, (handle, added, before) -> {
            forms.periods().expect(handle, formId, added.period(), added.unit());
            drafts.remove(handle, formId, added.period(), added.unit());
            gate.with(handle, added, before);
        });
    }

    /** @throws RefusedSubmission when it could not be taken; nothing is kept */
    void check(String formId, JsonNode answer) {
        List<Failure> failures = check(forms.require(formId), answer, period -> forms.of(formId, period)).failures();
        if (failures.stream().anyMatch(Failure::hard)) {
            throw new RefusedSubmission(formId, failures);
        }
    }

    private Answer check(CompiledForm current, JsonNode answer, Function<Period, CompiledForm> versions) {
        return new AnswerCheck(current, versions, (period, unit) -> forms.periods().isExpected(current.id(), period, unit), units,
                LocalDate.now(clock), around).check(answer);
    }

    @Override
    public Draft keep(String form, Period period, String unit, JsonNode values, Signature by) {
        requireRespondent(form, period, unit);
        if (!values.isObject()) {
            throw new ProblemException(new Problem("bad-draft", "/values", "The draft is not an object of numbers.",
                    "Send {\"values\": {…}}."));
        }
        Instant at = clock.instant();
        drafts.keep(form, period, unit, values, by.who(), at);
        return draft(form, unit, period, values, by.who(), at);
    }

    @Override
    public Optional<Draft> draft(String form, Period period, String unit) {
        requireRespondent(form, period, unit);
        return drafts.find(form, period, unit).map(kept -> draft(form, unit, period, kept.values(), kept.who(), kept.at()));
    }

    private Draft draft(String form, String unit, Period period, JsonNode values, String who, Instant at) {
        Answer checked = check(forms.require(form), AnswerCheck.answer(unit, period, values), p -> forms.of(form, p));
        return new Draft(form, unit, period, values, who, at, checked.failures());
    }

    @Override
    public Submission handIn(String form, Period period, String unit, JsonNode values, String note, Signature by) {
        JsonNode cells = values != null ? values : drafts.find(form, period, unit).map(DraftTable.Kept::values)
                .orElseThrow(() -> new ProblemException(new Problem("unknown-draft", null, "There is no draft of '" + unit + "' for "
                        + period + ".", "Keep one first, or send the values.")));
        return submit(form, AnswerCheck.answer(unit, period, cells), null, note, by);
    }

    @Override
    public List<Submission> history(String form, Period period, String unit) {
        requireRespondent(form, period, unit);
        return table.versions(forms.of(form, period).form(), period, unit);
    }

    @Override
    public List<CellChange> diff(String form, Period period, String unit, int before, int after) {
        List<Submission> all = history(form, period, unit);
        Submission a = version(all, before);
        Submission b = version(all, after);
        List<CellChange> changes = new ArrayList<>();
        forms.of(form, period).form().indicators().forEach(i -> {
            if (!Objects.equals(a.values().get(i.code()), b.values().get(i.code()))) {
                changes.add(new CellChange(i.code(), a.values().get(i.code()), b.values().get(i.code())));
            }
        });
        return changes;
    }

    private static Submission version(List<Submission> all, int number) {
        return all.stream().filter(s -> s.version() == number).findFirst().orElseThrow(() -> new ProblemException(new Problem(
                "unknown-version", null, "There is no version " + number + ".", all.isEmpty() ? "Nothing was handed in yet."
                : "There are the versions 1 to " + all.get(0).version() + ".")));
    }

    @Override
    public Form form(String form, Period period) {
        return forms.of(form, period).form();
    }

    /** As it was in the period, if it was. */
    Unit unit(Period period, String code) {
        return units.of(period, LocalDate.now(clock)).find(code).or(() -> units.find(code)).orElseThrow();
    }

    private void requireRespondent(String form, Period period, String unit) {
        Form current = forms.require(form).form();
        if (units.find(unit).isEmpty() && units.of(period, LocalDate.now(clock)).find(unit).isEmpty()) {
            throw new ProblemException(new Problem("unknown-unit", null, "The unit '" + unit + "' is not known.", units.cure(unit)));
        }
        if (period.kind() != current.period()) {
            throw new ProblemException(new Problem("bad-period", null, "The form '" + form + "' is answered by " + current.period()
                    + ", and " + period + " is a " + period.kind() + ".", "Write it as " + current.period().example() + "."));
        }
    }
}
