package org.yuzui.web.internal;

import org.yuzui.access.Permission;

/** Who may make a call. */
public sealed interface Entry {

    /** Nobody: what an endpoint has until it says who. */
    Entry CLOSED = new Nobody();
    Entry KNOWN = new Known();
    Entry OPEN = new Everybody();

    record Nobody() implements Entry {
    }

    /** Whoever has a valid token or session. */
    record Known() implements Entry {
    }

    record Everybody() implements Entry {
    }

    record With(Permission permission) implements Entry {
    }
}
