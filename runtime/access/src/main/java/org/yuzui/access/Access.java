package org.yuzui.access;

import java.util.Optional;

/** Finds the principal behind a token. Thread-safe. */
public interface Access {

    /** The principal of a bearer token; empty when it isn't valid. Compares in constant time. */
    Optional<Principal> byToken(String token);
}
