package org.yuzui.reporting;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.yuzui.store.SharedStore;
import org.yuzui.store.Store;

/** The database of all tests of this room, emptied before each of them. */
public final class TestStore implements ParameterResolver, BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        empty(SharedStore.get());
    }

    /** For those who play several times in one test. */
    static void empty(Store store) {
        store.jdbi().useHandle(h -> h.execute("truncate reporting.submissions, reporting.form_versions, reporting.periods, reporting.expected, reporting.drafts, "
                + "reporting.reviews, reporting.locks, reporting.exceptions, reporting.totals, reporting.totalled, reporting.recounts, "
                + "reporting.disputes, reporting.dispute_answers, reporting.feedback, reporting.feedback_rounds"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Store.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return SharedStore.get();
    }
}
