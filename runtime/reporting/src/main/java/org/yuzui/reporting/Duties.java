package org.yuzui.reporting;

import java.util.List;

/** What the hub does for reports by itself, by the clock. Doing it twice does no harm. */
public interface Duties {

    /**
     * Opens the periods of all forms that have begun: everybody who has to answer has a row from then on.
     *
     * @return how many are open now that the clock has been looked at
     */
    int openPeriods();

    /**
     * Whoever has to be told something now: an answer is due soon, it is missing, a returned one has to be answered. The same
     * reminder comes again with every call for as long as it holds, word for word.
     */
    List<Reminder> reminders();
}
