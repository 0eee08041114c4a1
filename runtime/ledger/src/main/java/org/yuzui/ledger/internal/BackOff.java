package org.yuzui.ledger.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A wait that doubles each time in a row, from 100 ms to 5 s, and that closing cuts short. */
final class BackOff {

    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private long next = FIRST;

    void reset() {
        next = FIRST;
    }

    void await(BooleanSupplier whileTrue) {
        long left = next;
        next = Math.min(LONGEST, next * 2);
        lock.lock();
        try {
            while (left > 0 && whileTrue.getAsBoolean()) {
                left = woken.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the waiter look at its condition again. */
    void wake() {
        lock.lock();
        try {
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
