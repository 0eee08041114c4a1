package org.yuzui.reporting;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The unit tree. Immutable, thread-safe. */
public interface Units {

    Optional<Unit> find(String code);

    /** The province. */
    Unit root();

    /** The units directly below, in the order of their codes. */
    List<Unit> children(String code);

    /** The unit and all below it. */
    Set<String> subtree(String code);

    /** All units, parents before their children. */
    List<Unit> all();

    /** What to say when a code is not known: the nearest, or where units are kept. */
    String cure(String unknownCode);
}
