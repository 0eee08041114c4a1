package org.yuzui.access;

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

/** A real PostgreSQL for all tests of this room: one server. The audit can't be emptied, so each test has names of its own. */
public final class TestStore implements ParameterResolver {

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
            folder = Files.createTempDirectory("access-test");
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
