package org.yuzui.reporting.internal;

import org.jdbi.v3.core.Handle;
import org.yuzui.reporting.Failure;
import org.yuzui.reporting.Form;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Submission;
import org.yuzui.reporting.internal.review.ReviewDesk;
import org.yuzui.reporting.internal.rollup.TotalDesk;
import org.yuzui.reporting.internal.submission.SubmissionDesk;

import java.util.Optional;

/** An answer passes the locks, may be the answer to a return, and changes the totals above it. */
record WayIn(ReviewDesk reviews, TotalDesk totals) implements SubmissionDesk.Gate {

    @Override
    public Optional<Failure> closed(Form form, Period period, String unit) {
        return reviews.closed(form, period, unit);
    }

    @Override
    public boolean counts(Handle handle, Submission latest) {
        return reviews.isReturned(handle, latest);
    }

    @Override
    public void with(Handle handle, Submission added, Submission before) {
        totals.replace(handle, added, before);
    }
}
