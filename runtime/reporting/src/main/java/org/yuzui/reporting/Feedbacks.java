package org.yuzui.reporting;

import java.util.List;
import java.util.function.Consumer;

/** Sends back down what is held above. */
public interface Feedbacks {

    /** @throws org.yuzui.kernel.ProblemException {@code unknown-form}, {@code unknown-unit} or {@code bad-period} */
    Feedback of(String form, Period period, String unit);

    /**
     * Gives what changed since the last round: for every bureau below the province whose figures, ranks or disputes are other
     * than those that were sent to it, a period at a time. They count as sent when {@code publish} returns; when it throws, they
     * come again with the next round, and the first trouble is thrown when all periods were looked at.
     *
     * @return how many were published
     */
    int round(Consumer<List<Feedback>> publish);
}
