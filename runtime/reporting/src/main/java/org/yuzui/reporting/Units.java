package org.yuzui.reporting;

import org.yuzui.kernel.Title;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The unit tree. Immutable, thread-safe. */
public interface Units {

    Optional<Unit> find(String code);

    /** The province. */
    Unit root();

    /** The units directly below, in the order of their codes; empty for an unknown code. */
    List<Unit> children(String code);

    /** The unit and all below it, each before those below it; empty for an unknown code. */
    Set<String> subtree(String code);

    /** All units, parents before their children. */
    List<Unit> all();

    /** The tree as it was, or is to be, on a day; this one itself is today's. */
    default Units on(LocalDate day) {
        return this;
    }

    /** The tree by which a period is answered, reviewed and added up: that of its last day, of today while that day is to come. */
    default Units of(Period period, LocalDate today) {
        return on(period.last().isAfter(today) ? today : period.last());
    }

    /** Whether there is or was such a unit on any day: of one that ended, too, records come late. */
    default boolean everHad(String code) {
        return find(code).isPresent();
    }

    /** The code under which a unit goes on in this tree: its own, or of the unit that it was merged into. */
    default String successor(String code) {
        return code;
    }

    /** What a tag is called, where the site says it. */
    default Optional<Title> title(String tag) {
        return Optional.empty();
    }

    /** What to say when a code is not known: the unit of that name, the nearest code, or where units are kept. */
    String cure(String unknownCode);
}
