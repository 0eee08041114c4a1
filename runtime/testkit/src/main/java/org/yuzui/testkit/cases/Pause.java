package org.yuzui.testkit.cases;

import java.util.concurrent.locks.LockSupport;

/** Between two looks at something that tells nobody when it changes. */
final class Pause {

    private Pause() {
    }

    /** @throws IllegalStateException when the thread is interrupted */
    static void of(long nanos) {
        LockSupport.parkNanos(nanos);
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }
}
