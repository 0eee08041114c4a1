package org.yuzui.store;

import java.nio.file.Path;

/**
 * Where the records live.
 *
 * @param url      {@code jdbc:postgresql://…} of an existing server; null for the embedded one
 * @param user     for {@code url}
 * @param password for {@code url}
 * @param data     the folder of the embedded server ({@code data/postgres}), also when {@code url} is set and it stays unused
 * @param poolSize connections at most
 */
public record StoreSettings(String url, String user, String password, Path data, int poolSize) {

    public static StoreSettings embedded(Path data) {
        return new StoreSettings(null, null, null, data, 12);
    }

    @Override
    public String toString() {
        return "StoreSettings[url=" + url + ", user=" + user + ", data=" + data + "]";
    }
}
