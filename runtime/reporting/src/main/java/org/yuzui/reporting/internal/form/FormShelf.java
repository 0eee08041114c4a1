package org.yuzui.reporting.internal.form;

import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Period;

/** The forms that are there now, and each period's own version of them. */
public record FormShelf(DeployedForms deployed, FormVersions versions, OpenPeriods periods) {

    /** @throws ProblemException {@code unknown-form}, naming the nearest */
    public CompiledForm require(String id) {
        return deployed.find(id).orElseThrow(() -> new ProblemException(new Problem("unknown-form", null,
                "The form '" + id + "' is not known; no running plugin brings it.",
                KnownKeys.cure(id, deployed.all().stream().map(CompiledForm::id).toList()))));
    }

    /** The form as a period has it: the current one where the period isn't open. */
    public CompiledForm of(String id, Period period) {
        CompiledForm current = require(id);
        return period.kind() == current.form().period() ? periods.version(id, period).orElse(current) : current;
    }
}
