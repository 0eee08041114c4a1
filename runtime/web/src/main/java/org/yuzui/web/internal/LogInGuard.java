package org.yuzui.web.internal;

import org.yuzui.kernel.Problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Slows down whoever tries tokens at the log-in: after some failures an address has to wait. */
final class LogInGuard {

    static final int FAILURES = 5;
    static final Duration WAIT = Duration.ofMinutes(1);
    private static final int ADDRESSES = 10_000;

    private final Map<String, Failures> byAddress = new HashMap<>();
    private final Clock clock;

    LogInGuard(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant until) {
    }

    synchronized void check(String address) {
        Failures f = byAddress.get(address);
        if (f != null && f.count() >= FAILURES && f.until().isAfter(clock.instant())) {
            throw new Refusal(429, new Problem("too-many-log-ins", null, "Too many log-ins failed from this address.",
                    "Wait a minute, then try again."));
        }
    }

    synchronized void failed(String address) {
        Instant now = clock.instant();
        if (byAddress.size() >= ADDRESSES) {
            byAddress.values().removeIf(f -> !f.until().isAfter(now));
        }
        byAddress.merge(address, new Failures(1, now.plus(WAIT)),
                (old, one) -> new Failures(old.until().isAfter(now) ? old.count() + 1 : 1, one.until()));
    }

    synchronized void succeeded(String address) {
        byAddress.remove(address);
    }
}
