package org.yuzui.records.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A wait that closing cuts short; without a given time it doubles from 100 ms to 10 s each time in a row. */
final class Pause {

    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private long next = FIRST;

    void reset() {
        next = FIRST;
    }

    void await(BooleanSupplier whileTrue) {
        long left = next;
        next = Math.min(LONGEST, next * 2);
        await(Duration.ofNanos(left), whileTrue);
    }

    void await(Duration time, BooleanSupplier whileTrue) {
        long left = time.toNanos();
        lock.lock();
        try {
            while (left > 0 && whileTrue.getAsBoolean()) {
                left = over.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Makes waiters look at their condition again. */
    void wake() {
        lock.lock();
        try {
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
