package org.yuzui.records;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds whoever comes as the how manieth until it is let go: what a test does meanwhile is done in the midst of it, on every machine. */
final class Gate {

    private record Held(int number, CountDownLatch come, CountDownLatch go) {
    }

    private final AtomicInteger passed = new AtomicInteger();
    private volatile Held held;

    void holdThe(int number) {
        held = new Held(number, new CountDownLatch(1), new CountDownLatch(1));
    }

    void pass() {
        Held now = held;
        if (passed.incrementAndGet() == (now == null ? 0 : now.number)) {
            now.come.countDown();
            try {
                now.go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns when it stands there. */
    void awaitHeld() throws InterruptedException {
        assertThat(held.come.await(1, TimeUnit.MINUTES)).isTrue();
    }

    void letGo() {
        held.go.countDown();
    }
}
