package org.yuzui.kernel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class PauseTest {

    @Test
    void itGrowsUpToItsLongestAndStartsAgain() {
        Pause pause = new Pause(Duration.ofMillis(150));
        assertThat(millis(pause)).isBetween(95L, 1_000L);
        assertThat(millis(pause)).isBetween(145L, 1_000L);
        assertThat(millis(pause)).isBetween(145L, 1_000L);
        pause.reset();
        assertThat(millis(pause)).isGreaterThanOrEqualTo(95);
    }

    @Test
    void wakingEndsItWhenWhatWasWaitedForHasChanged() throws InterruptedException {
        Pause pause = new Pause(Duration.ofMinutes(1));
        AtomicBoolean open = new AtomicBoolean(true);
        Thread waiter = new Thread(() -> pause.await(Duration.ofMinutes(1), open::get));
        waiter.start();
        pause.wake();
        open.set(false);
        pause.wake();
        waiter.join();
    }

    private static long millis(Pause pause) {
        long begun = System.nanoTime();
        pause.await(() -> true);
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }
}
