package org.yuzui.records.internal.store;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.records.View;
import org.yuzui.records.Views;
import org.yuzui.store.Store;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** {@code records.view}. A link is a row too, under a name that nobody can give: {@code ~} and the link. */
public final class ViewTable implements Views {

    private static final char LINK = '~';
    private static final String NAMED = "name NOT LIKE '~%'";
    /** Fifty bits: among a million links two are the same once in a thousand times, and then the second is refused. */
    private static final int LETTERS = 10;
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private final Store store;
    private final Clock clock;

    public ViewTable(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<View> all() {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT name, search, who, at FROM records.view WHERE " + NAMED
                        + " ORDER BY name LIMIT :most")
                .bind("most", MOST)
                .map((row, context) -> new View(row.getString("name"), row.getString("search"), row.getString("who"),
                        row.getObject("at", OffsetDateTime.class).toInstant())).list());
    }

    @Override
    public View keep(String name, String search, String who) {
        String called = text(name, "name", LONGEST_NAME);
        if (isLink(called)) {
            throw new ProblemException(new Problem("bad-view", "name", "The name of a view begins with " + LINK + ".", "Call it otherwise."));
        }
        View view = new View(called, text(search, "search", LONGEST_SEARCH), who, clock.instant().truncatedTo(ChronoUnit.MICROS));
        int kept = store.jdbi().withHandle(h -> h.createUpdate("""
                        INSERT INTO records.view (name, search, who, at)
                        SELECT :name, :search, :who, :at
                        WHERE (SELECT count(*) FROM records.view WHERE name <> :name AND name NOT LIKE '~%') < :most
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
        return !isLink(name) && store.jdbi().withHandle(h -> h.createUpdate("DELETE FROM records.view WHERE name = :name").bind("name", name).execute()) > 0;
    }

    @Override
    public String link(String search, String who) {
        String kept = text(search, "search", LONGEST_SEARCH);
        String link = shortened(kept);
        String behind = store.jdbi().inTransaction(h -> {
            h.createUpdate("INSERT INTO records.view (name, search, who, at) VALUES (:name, :search, :who, :at) ON CONFLICT (name) DO NOTHING")
                    .bind("name", LINK + link).bind("search", kept).bind("who", who)
                    .bind("at", clock.instant().atOffset(ZoneOffset.UTC)).execute();
            return h.createQuery("SELECT search FROM records.view WHERE name = :name").bind("name", LINK + link).mapTo(String.class).one();
        });
        if (!behind.equals(kept)) {
            throw new ProblemException(new Problem("bad-view", "search", "Another search has this link already.", "Send the whole address."));
        }
        return link;
    }

    @Override
    public Optional<String> linked(String link) {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT search FROM records.view WHERE name = :name").bind("name", LINK + link)
                .mapTo(String.class).findOne());
    }

    private static boolean isLink(String name) {
        return !name.isEmpty() && name.charAt(0) == LINK;
    }

    private static String shortened(String search) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(search.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        StringBuilder link = new StringBuilder();
        BigInteger bits = new BigInteger(1, digest);
        for (int i = 0; i < LETTERS; i++) {
            link.append(ALPHABET.charAt(bits.intValue() & 31));
            bits = bits.shiftRight(5);
        }
        return link.toString();
    }

    private static String text(String given, String what, int longest) {
        String text = given == null ? "" : given.strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(new Problem("bad-view", what, "The " + what + " of a view has not 1 to " + longest + " letters.", null));
        }
        return text;
    }
}
