package org.yuzui.web.internal;

import org.yuzui.kernel.Problem;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.RefusedSubmission;

import java.util.List;

/** An answer to a form that can't be taken; answered with everything that is wrong with it. */
final class NotTaken extends Refusal {

    private static final long serialVersionUID = 1L;

    private final transient List<Failure> failures;

    NotTaken(RefusedSubmission refused) {
        super(422, new Problem(refused.code(), refused.place(), refused.getMessage(), null));
        this.failures = refused.failures();
    }

    List<Failure> failures() {
        return failures;
    }
}
