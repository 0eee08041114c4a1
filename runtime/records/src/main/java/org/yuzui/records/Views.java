package org.yuzui.records;

import org.yuzui.records.internal.store.ViewTable;
import org.yuzui.store.Store;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Searches over records that are kept for all who read the hub: under a name, or behind a short link. Thread-safe. */
public interface Views {

    /** More are not looked through by anybody. */
    int MOST = 200;
    int LONGEST_NAME = 60;
    int LONGEST_SEARCH = 4_000;

    static Views in(Store store, Clock clock) {
        return new ViewTable(store, clock);
    }

    /** By their names. */
    List<View> all();

    /**
     * Keeps a search under a name. One that has the name gives way.
     *
     * @throws org.yuzui.kernel.ProblemException {@code bad-view}: the name or the search is empty or too long, or the name begins like a
     *         link's; {@code too-many-views}
     */
    View keep(String name, String search, String who);

    /** @return whether there was one of this name */
    boolean remove(String name);

    /**
     * A short link to a search. The same search has the same link, whoever asks and whenever, and it never ends.
     *
     * @return ten letters and digits
     * @throws org.yuzui.kernel.ProblemException {@code bad-view}: the search is empty or too long
     */
    String link(String search, String who);

    /** The search behind a link. */
    Optional<String> linked(String link);
}
