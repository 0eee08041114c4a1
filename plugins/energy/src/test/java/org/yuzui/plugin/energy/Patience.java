package org.yuzui.plugin.energy;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import java.time.Duration;

/** Conditions are awaited for long: a machine under load is slow, not wrong. */
public final class Patience {

    private Patience() {
    }

    public static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }
}
