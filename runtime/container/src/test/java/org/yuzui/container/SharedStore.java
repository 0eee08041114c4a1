package org.yuzui.container;

import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** One database for all tests of this room: starting it takes longer than most of them. Nodes keep them apart. */
final class SharedStore {

    private static final Store STORE = open();

    private SharedStore() {
    }

    static Store get() {
        return STORE;
    }

    private static Store open() {
        try {
            Path data = Files.createTempDirectory("yuzui-container");
            Store store = Store.open(StoreSettings.embedded(data.resolve("postgres")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                store.close();
                remove(data);
            }));
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
