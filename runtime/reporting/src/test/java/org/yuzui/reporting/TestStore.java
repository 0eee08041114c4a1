package org.yuzui.reporting;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A real PostgreSQL for all tests of this room: one server, emptied before each test. */
public final class TestStore implements ParameterResolver, BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        empty(store(context));
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
        return store(context);
    }

    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(TestStore.class))
                .getOrComputeIfAbsent(Opened.class).store;
    }

    /** Closed by JUnit when all tests are over. */
    static final class Opened implements AutoCloseable {
        private final Path folder;
        private final Store store;

        Opened() throws IOException {
            folder = Files.createTempDirectory("reporting-test");
            store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
        }

        @Override
        public void close() throws IOException {
            store.close();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> {
                    try {
                        Files.delete(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }
}
