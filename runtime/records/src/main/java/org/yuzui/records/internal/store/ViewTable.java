package org.yuzui.records.internal.store;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.records.View;
import org.yuzui.records.Views;
import org.yuzui.store.Store;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code records.view}. */
public final class ViewTable implements Views {

    private final Store store;
    private final Clock clock;

    public ViewTable(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<View> all() {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT name, search, who, at FROM records.view ORDER BY name LIMIT :most")
                .bind("most", MOST)
                .map((row, context) -> new View(row.getString("name"), row.getString("search"), row.getString("who"),
                        row.getObject("at", OffsetDateTime.class).toInstant())).list());
    }

    @Override
    public View keep(String name, String search, String who) {
        String called = text(name, "name", LONGEST_NAME);
        View view = new View(called, text(search, "search", LONGEST_SEARCH), who, clock.instant().truncatedTo(ChronoUnit.MICROS));
        int kept = store.jdbi().withHandle(h -> h.createUpdate("""
                        INSERT INTO records.view (name, search, who, at)
                        SELECT :name, :search, :who, :at
                        WHERE (SELECT count(*) FROM records.view WHERE name <> :name) < :most
                        ON CONFLICT (name) DO UPDATE SET search = excluded.search, who = excluded.who, at = excluded.at""")
                .bind("name", view.name()).bind("search", view.search()).bind("who", who).bind("at", view.at().atOffset(ZoneOffset.UTC))
                .bind("most", MOST).execute());
        if (kept == 0) {
            throw new ProblemException(new Problem("too-many-views", null, "There are " + MOST + " views already.",
                    "Delete one that nobody uses."));
        }
        return view;
    }

    @Override
    public boolean remove(String name) {
        return store.jdbi().withHandle(h -> h.createUpdate("DELETE FROM records.view WHERE name = :name").bind("name", name).execute()) > 0;
    }

    private static String text(String given, String what, int longest) {
        String text = given == null ? "" : given.strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(new Problem("bad-view", what, "The " + what + " of a view has not 1 to " + longest + " letters.", null));
        }
        return text;
    }
}
