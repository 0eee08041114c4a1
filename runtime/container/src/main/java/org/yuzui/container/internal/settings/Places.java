package org.yuzui.container.internal.settings;

import org.yuzui.kernel.Problem;

/** Knows where in a file the value at a pointer stands. */
interface Places {

    /** @param pointer may name what isn't in the file: the place is that of the nearest parent then */
    Problem problem(String code, String pointer, String message, String cure);
}
