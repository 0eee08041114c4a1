package org.yuzui.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** One database for all tests of a room: starting it takes longer than most of them. What they write keeps them apart. */
public final class SharedStore {

    private static final Store STORE = open();

    private SharedStore() {
    }

    public static Store get() {
        return STORE;
    }

    private static Store open() {
        try {
            Path data = Files.createTempDirectory("yuzui-store");
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
