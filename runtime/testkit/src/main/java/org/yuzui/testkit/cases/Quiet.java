package org.yuzui.testkit.cases;

import java.time.Duration;

/**
 * How long nothing more has come, counted in looks and not by the clock: while a machine stands still the hub gets on with nothing
 * either, and one look after that would take it for finished.
 */
public final class Quiet {

    /** Between two looks when nothing comes. */
    public static final Duration LOOK = Duration.ofMillis(50);

    private long seen = -1;
    private long looks;

    /** @param changes a number that grows whenever something comes */
    public void look(long changes) {
        looks = changes == seen ? looks + 1 : 0;
        seen = changes;
    }

    public boolean lasted(Duration time) {
        return LOOK.multipliedBy(looks).compareTo(time) >= 0;
    }
}
