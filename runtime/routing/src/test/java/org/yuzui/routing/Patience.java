package org.yuzui.routing;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import java.time.Duration;

/** How long a test waits for what must come: a machine that is loaded is slow, not wrong. */
public final class Patience {

    private Patience() {
    }

    public static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(20));
    }
}
