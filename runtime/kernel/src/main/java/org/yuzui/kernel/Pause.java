package org.yuzui.kernel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A wait that closing cuts short; without a given time it doubles from 100 ms on each time in a row. Several threads may wait. */
public final class Pause {

    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private final long longest;
    private long next = FIRST;

    /** @param longest to which it doubles */
    public Pause(Duration longest) {
        this.longest = longest.toNanos();
    }

    /** The next wait is a short one again. */
    public void reset() {
        next = FIRST;
    }

    /** Waits longer than before, or until this is no longer true and somebody {@linkplain #wake wakes}. */
    public void await(BooleanSupplier whileTrue) {
        long left = next;
        next = Math.min(longest, next * 2);
        await(Duration.ofNanos(left), whileTrue);
    }

    /** Waits so long, or until this is no longer true and somebody {@linkplain #wake wakes}. An interrupt ends it and stays set. */
    public void await(Duration time, BooleanSupplier whileTrue) {
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
    public void wake() {
        lock.lock();
        try {
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
