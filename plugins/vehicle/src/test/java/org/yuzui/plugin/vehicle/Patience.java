package org.yuzui.plugin.vehicle;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import java.time.Duration;

/** A loaded machine is slow, not wrong. */
public final class Patience {

    private Patience() {
    }

    public static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50)).pollDelay(Duration.ZERO)
                .ignoreExceptions();
    }
}
