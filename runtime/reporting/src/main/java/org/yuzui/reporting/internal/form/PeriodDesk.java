package org.yuzui.reporting.internal.form;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.FormPeriods;
import org.yuzui.reporting.Period;

import java.util.List;

/** Shows which version of its form a period has, and moves it to another. */
public final class PeriodDesk implements FormPeriods {

    private final FormShelf forms;

    public PeriodDesk(FormShelf forms) {
        this.forms = forms;
    }

    @Override
    public List<Version> versions(String form, Period period) {
        forms.require(form);
        return forms.periods().versions(form, period);
    }

    @Override
    public Version move(String formId, Period period, Integer version, String reason, String who) {
        CompiledForm newest = forms.require(formId);
        if (reason == null || reason.isBlank()) {
            throw new ProblemException(new Problem("bad-reasons", "/reason", "What is done without a reason can't be explained later.",
                    "Say why."));
        }
        Form current = forms.periods().version(formId, period).map(CompiledForm::form).orElseThrow(() -> new ProblemException(
                new Problem("period-not-open", null, period + " is not open for '" + formId + "'.",
                        "It gets the newest version when it opens.")));
        CompiledForm to = version == null || version == newest.form().version() ? newest : kept(formId, version, newest.form().version());
        if (to.form().version() == current.version()) {
            throw new ProblemException(new Problem("same-version", "/version", period + " has version " + current.version()
                    + " of '" + formId + "' already.", null));
        }
        if (to.form().period() != period.kind()) {
            throw new ProblemException(new Problem("period-changed", "/version", "Version " + to.form().version() + " is answered by "
                    + to.form().period() + ", and " + period + " is a " + period.kind() + ".", null));
        }
        return forms.periods().move(to, period, reason, who);
    }

    private CompiledForm kept(String form, int version, int newest) {
        if (version < 1 || version > newest) {
            throw new ProblemException(new Problem("unknown-version", "/version", "'" + form + "' has no version " + version + ".",
                    newest == 1 ? "There is version 1 alone." : "There are the versions 1 to " + newest + "."));
        }
        return forms.versions().of(form, version);
    }
}
