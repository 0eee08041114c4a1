package org.yuzui.reporting;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.PluginPart;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Forms, submissions and totals. As a part it takes in a plugin's {@code reports/*.form.yaml}: a form can be found when it is
 * deployed, and is the one that counts from its start on. When the plugin goes, its forms go and their submissions stay.
 * Thread-safe.
 */
public interface Reports extends PluginPart {

    Units units();

    List<Form> forms();

    Optional<Form> form(String id);

    /**
     * Hands in a unit's answer for a period. The same values again are no new version; concurrent answers of one unit get
     * versions one after the other.
     *
     * @param answer {@code {unit, period, values: {code: number}}}, or the same with the values beside unit and period;
     *               {@code day} instead of {@code period} is any day of it. Numbers may be written as texts. Every
     *               indicator that units are asked for must be there, zero or more; what is made from the others is passed
     *               over, or compared where the form says so
     * @param record the record that brought it; may be null
     * @throws org.yuzui.spi.RefusedException    {@code bad-submission}, a {@link RefusedSubmission} naming every failing cell and check
     * @throws org.yuzui.kernel.ProblemException {@code unknown-form}: no running plugin brings it now, one may later
     */
    Submission submit(String form, JsonNode answer, UUID record);

    /**
     * The total of a unit for a period, which may be longer than those that the form is answered for.
     *
     * @throws org.yuzui.kernel.ProblemException {@code unknown-form} or {@code unknown-unit}, naming the nearest;
     *         {@code bad-period} when it is not made up of whole periods of the form
     */
    Total total(String form, Period period, String unit);

    /** Drafts, handing in by hand, history. */
    Submissions submissions();

    /** Answers as files that people fill in. */
    Sheets sheets();

    /** Who has looked at what, and where everybody stands. */
    Reviews reviews();

    /** Totals that are kept, tables of them, their recomputation. */
    Totals totals();

    /** What the hub does by itself, by the clock. */
    Duties duties();

    /** How everybody stands over many periods, and who will probably be late. */
    Outlook outlook();

    /** Figures beside each other. */
    Comparisons comparisons();

    /** What units say against figures that are held about them. */
    Disputes disputes();

    /** What is sent back down. */
    Feedbacks feedback();

    /** Which version of its form a period has. */
    FormPeriods periods();

    /** Tables as files for people. */
    Prints prints();

    /** @throws org.yuzui.kernel.ProblemException {@code no-unit-folder} when the units came from nowhere */
    UnitFolder unitFolder();
}
