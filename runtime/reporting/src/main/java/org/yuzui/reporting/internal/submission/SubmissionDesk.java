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
import org.yuzui.reporting.internal.Office;
import org.yuzui.reporting.internal.form.CompiledForm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Where answers are handed in, from whatever door: each is checked, gets its version, and is added to the totals above it. */
public final class SubmissionDesk implements Submissions {

    private final Office office;
    private final SubmissionTable table;
    private final DraftTable drafts;
    private final Surroundings around;
    private final Gate gate;

    /** What may keep an answer out although all its cells are good, and what follows from one. */
    public interface Gate extends SubmissionTable.Again, SubmissionTable.Added {

        /** Why nobody may answer for the unit and period now. */
        Optional<Failure> closed(Form form, Period period, String unit);
    }

    public SubmissionDesk(Office office, SubmissionTable table, DraftTable drafts, Surroundings around, Gate gate) {
        this.office = office;
        this.table = table;
        this.drafts = drafts;
        this.around = around;
        this.gate = gate;
    }

    /** An answer that names its unit and period itself; see {@link org.yuzui.reporting.Reports#submit}. */
    public Submission submit(String formId, JsonNode answer, UUID record, String note, Signature by) {
        CompiledForm current = office.forms().require(formId);
        Answer checked = check(current, answer, period -> office.forms().periods().open(current, period));
        List<Failure> failures = new ArrayList<>(checked.failures());
        if (checked.unit() != null && checked.period() != null) {
            gate.closed(checked.form().form(), checked.period(), checked.unit()).ifPresent(failures::add);
        }
        if (failures.stream().anyMatch(Failure::hard)) {
            throw new RefusedSubmission(formId, failures);
        }
        return table.add(checked, record, by, note, gate, (handle, added, before) -> {
            office.forms().periods().expect(handle, formId, added.period(), added.unit());
            drafts.remove(handle, formId, added.period(), added.unit());
            gate.with(handle, added, before);
        });
    }

    /** @throws RefusedSubmission when it could not be taken; nothing is kept */
    void check(String formId, JsonNode answer) {
        List<Failure> failures = check(office.forms().require(formId), answer, period -> office.forms().of(formId, period)).failures();
        if (failures.stream().anyMatch(Failure::hard)) {
            throw new RefusedSubmission(formId, failures);
        }
    }

    private Answer check(CompiledForm current, JsonNode answer, Function<Period, CompiledForm> versions) {
        return new AnswerCheck(current, versions, (period, unit) -> office.forms().periods().isExpected(current.id(), period, unit),
                office.units(), office.today(), around).check(answer);
    }

    @Override
    public Draft keep(String form, Period period, String unit, JsonNode values, Signature by) {
        requireRespondent(form, period, unit);
        if (!values.isObject()) {
            throw new ProblemException(new Problem("bad-draft", "/values", "The draft is not an object of numbers.",
                    "Send {\"values\": {…}}."));
        }
        Instant at = office.clock().instant();
        drafts.keep(form, period, unit, values, by.who(), at);
        return draft(form, unit, period, values, by.who(), at);
    }

    @Override
    public Optional<Draft> draft(String form, Period period, String unit) {
        requireRespondent(form, period, unit);
        return drafts.find(form, period, unit).map(kept -> draft(form, unit, period, kept.values(), kept.who(), kept.at()));
    }

    private Draft draft(String form, String unit, Period period, JsonNode values, String who, Instant at) {
        Answer checked = check(office.forms().require(form), AnswerCheck.answer(unit, period, values), p -> office.forms().of(form, p));
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
        return table.versions(office.form(form, period), period, unit);
    }

    @Override
    public List<CellChange> diff(String form, Period period, String unit, int before, int after) {
        List<Submission> all = history(form, period, unit);
        Submission a = version(all, before);
        Submission b = version(all, after);
        List<CellChange> changes = new ArrayList<>();
        office.form(form, period).indicators().forEach(i -> {
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
        return office.form(form, period);
    }

    /** As it was in the period, if it was. */
    Unit unit(Period period, String code) {
        return office.tree(period).find(code).or(() -> office.units().find(code)).orElseThrow();
    }

    private void requireRespondent(String form, Period period, String unit) {
        Form current = office.newest(form);
        if (office.tree(period).find(unit).isEmpty()) {
            office.unit(unit);
        }
        Office.requireOwn(current, period);
    }
}
