package org.yuzui.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what only looking can tell; never longer than it is allowed to. */
final class Waiting {

    private Waiting() {
    }

    static void until(String what, Duration atMost, Duration lookEvery, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + atMost.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("Waited " + atMost.toSeconds() + " s in vain: " + what);
            }
            pause(lookEvery.toNanos());
        }
    }

    static void pause(double seconds) {
        pause((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
