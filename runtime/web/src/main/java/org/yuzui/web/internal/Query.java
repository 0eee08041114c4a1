package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.kernel.KnownKeys;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The query parameters of a call: each known, given once unless it is a list, and readable. An empty value is as good as none. */
public final class Query {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Map<String, List<String>> given;

    /** Refuses parameters that the call doesn't know, naming the nearest. */
    Query(Context ctx, Endpoint endpoint) {
        Set<String> known = endpoint.query();
        given = ctx.queryParamMap();
        given.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw Refusal.badRequest("unknown-parameter", place(name),
                        "The parameter '" + name + "' is not known here.",
                        known.isEmpty() ? "This call takes none." : KnownKeys.cure(name, known));
            }
            if (values.size() > 1 && !endpoint.lists().contains(name)) {
                throw Refusal.badRequest("repeated-parameter", place(name),
                        "The parameter '" + name + "' is given " + values.size() + " times.", "Give it once.");
            }
            if (values.stream().anyMatch(v -> v.indexOf('\0') >= 0)) { // no text of the database can hold it, so nothing could be found
                throw Refusal.badRequest("bad-text", place(name), "The parameter '" + name + "' holds the character U+0000.", null);
            }
        });
    }

    String text(String name) {
        List<String> values = given.get(name);
        return values == null || values.get(0).isBlank() ? null : values.get(0).strip();
    }

    /** All values of a parameter that may be given more than once. */
    Set<String> texts(String name) {
        return given.getOrDefault(name, List.of()).stream().map(String::strip).filter(v -> !v.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether something is wanted; no when nothing is said. */
    boolean flag(String name) {
        String text = text(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        // Taking a misspelt "true" for "false" would do what was only asked about.
        throw Refusal.badRequest("bad-flag", place(name), "'" + text + "' is neither true nor false.", null);
    }

    /** A whole number above 0; null when nothing is said. */
    Long id(String name) {
        String text = text(name);
        return text == null ? null : positive(text, place(name));
    }

    static long positive(String text, String place) {
        try {
            long n = Long.parseLong(text);
            if (n > 0) {
                return n;
            }
        } catch (NumberFormatException e) {
            // answered below, the same way as a number out of range
        }
        throw Refusal.badRequest("bad-number", place, "'" + text + "' is not a number above 0.", null);
    }

    int number(String name, int min, int max, int otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int n = Integer.parseInt(text);
            if (n >= min && n <= max) {
                return n;
            }
        } catch (NumberFormatException e) {
            // answered below, the same way as a number out of range
        }
        throw Refusal.badRequest("bad-number", place(name), "'" + text + "' is not a number from " + min + " to " + max + ".",
                null);
    }

    /** Of a parameter that may be given more than once. */
    <E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
        return texts(name).stream().map(text -> choice(name, text, type)).collect(Collectors.toUnmodifiableSet());
    }

    private static <E extends Enum<E>> E choice(String name, String text, Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        return Arrays.stream(type.getEnumConstants()).filter(e -> e.name().equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> Refusal.badRequest("bad-" + name, place(name), "'" + text + "' is not a " + name + ".",
                        "Choose one of " + String.join(", ", names) + "."));
    }

    /** The beginning of a range: an instant, or the first moment of a day. */
    Instant from(String name, ZoneId zone) {
        return instant(name, zone, 0);
    }

    /** The end of a range, excluded: an instant, or the first moment after a day. */
    Instant to(String name, ZoneId zone) {
        return instant(name, zone, 1);
    }

    private Instant instant(String name, ZoneId zone, int plusDays) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            Instant at = text.length() == 10 ? LocalDate.parse(text).plusDays(plusDays).atStartOfDay(zone).toInstant()
                    // an unescaped + of an offset arrives as a blank
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
                throw new DateTimeException("the database does not count so far");
            }
            return at;
        } catch (DateTimeException e) {
            throw Refusal.badRequest("bad-time", place(name), "'" + text + "' is neither a day nor an instant with an offset.",
                    "Write 2026-11-22 or 2026-11-22T08:30:00+08:00.");
        }
    }

    static String place(String name) {
        return "query " + name;
    }
}
