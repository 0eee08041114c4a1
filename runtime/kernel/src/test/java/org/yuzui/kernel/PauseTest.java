package org.yuzui.kernel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(300)
class PauseTest {

    @Test
    void itGrowsUpToItsLongestAndStartsAgain() {
        Pause pause = new Pause(Duration.ofMillis(150));
        assertThat(shortest(pause, true)).isBetween(95L, 145L);
        pause.reset();
        assertThat(millis(pause)).isGreaterThanOrEqualTo(95);
        assertThat(shortest(pause, false)).as("no longer than the longest").isBetween(145L, 380L);
    }

    /** Of ten: a machine under load may take longer any time, but it has no reason to each time. */
    private static long shortest(Pause pause, boolean first) {
        return LongStream.generate(() -> {
            if (first) {
                pause.reset();
            }
            return millis(pause);
        }).limit(10).min().orElseThrow();
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
