package org.yuzui.reporting;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/**
 * Answers that come by hand: drafts, handing in, history. All calls throw {@link org.yuzui.kernel.ProblemException}
 * {@code unknown-form} or {@code unknown-unit} with the nearest.
 */
public interface Submissions {

    /** Keeps what was typed, complete or not; says what would be wrong with it. */
    Draft keep(String form, Period period, String unit, JsonNode values, Signature by);

    Optional<Draft> draft(String form, Period period, String unit);

    /**
     * Hands in; the draft is gone then. The same values again are no new version, unless the latest was returned: then they
     * are the unit's answer to that.
     *
     * @param values null for those of the draft
     * @param note   what is said about them; may be null
     * @throws RefusedSubmission naming everything that is wrong at once; also {@code locked}
     */
    Submission handIn(String form, Period period, String unit, JsonNode values, String note, Signature by);

    /** All versions, the newest first. */
    List<Submission> history(String form, Period period, String unit);

    /**
     * The cells that differ between two versions, in the form's order.
     *
     * @throws org.yuzui.kernel.ProblemException {@code unknown-version}
     */
    List<CellChange> diff(String form, Period period, String unit, int before, int after);

    /** The form as a period has it: by the version that it was opened with, the current one when it isn't open yet. */
    Form form(String form, Period period);
}
