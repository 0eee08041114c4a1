package org.yuzui.records.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that nearly stands, a microsecond for each look, while the machine's is set back: a flow stands as the latest of its hops says, so a step that comes later must
 * not be told as an earlier one. What was set by more than {@value #MOST_MINUTES} minutes was wrong before, and is believed at once.
 */
final class SteadyClock extends Clock {

    private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);
    private static final int MOST_MINUTES = 10;
    private static final Duration STEP = Duration.ofNanos(1_000);
    private static final Duration MOST = Duration.ofMinutes(MOST_MINUTES);

    private final Clock machine;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    SteadyClock(Clock machine) {
        this.machine = machine;
    }

    @Override
    public Instant instant() {
        Instant now = machine.instant();
        Instant before = latest.get();
        if (!now.isBefore(before)) {
            latest.compareAndSet(before, now); // who comes between has a time as good as this
            return now;
        }
        if (now.isAfter(before.minus(MOST))) {
            return latest.updateAndGet(l -> l.plus(STEP)); // two steps at one instant would have no order
        }
        if (latest.compareAndSet(before, now)) {
            LOG.warn("The machine's clock was set back from {} to {}: until then the steps of a record may stand in a wrong order", before, now);
        }
        return now;
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(machine.withZone(zone));
    }
}
