package org.yuzui.web.internal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.yuzui.kernel.SettableClock;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Steps of ten seconds, kept for a day. */
class TrafficHistoryTest {

    private static final Instant START = Instant.parse("2026-11-22T04:00:00Z");

    private final SettableClock clock = new SettableClock(START, ZoneOffset.UTC);
    private final Traffic traffic = new Traffic(new SimpleMeterRegistry());
    private final TrafficHistory history = new TrafficHistory(traffic, clock);

    private void pass(int times, HopKind kind) {
        for (int i = 0; i < times; i++) {
            traffic.accept(Hop.of(UUID.randomUUID(), kind, START).in("his", "1", "r").record("c", "k", null).build());
        }
    }

    private void step() {
        clock.advance(TrafficHistory.STEP);
        history.step();
    }

    @Test
    void eachStepCountsWhatPassedInIt() {
        pass(3, HopKind.RECEIVED);
        step();
        pass(2, HopKind.RECEIVED);
        pass(1, HopKind.DEAD);
        step();

        assertThat(history.points(60)).containsExactly(new TrafficHistory.Point(START, 3, 0, 0, 0, null, null),
                new TrafficHistory.Point(START.plusSeconds(10), 2, 0, 0, 1, null, null));
    }

    @Test
    void aDayIsToldInLongerStepsAndLosesNothing() {
        for (int i = 0; i < TrafficHistory.STEPS + 100; i++) {
            pass(1, HopKind.DELIVERED);
            step();
        }

        List<TrafficHistory.Point> day = history.points(1440);
        assertThat(day).hasSizeBetween(360, 361);
        assertThat(day.stream().mapToLong(TrafficHistory.Point::delivered).sum()).isEqualTo(TrafficHistory.STEPS);
        assertThat(history.points(10)).hasSize(60);
    }

    @Test
    void ratesAreOfTheLastMinuteAndFailuresOfTheLastHour() {
        pass(7, HopKind.REFUSED);
        for (int i = 0; i < 7; i++) {
            step();
        }
        pass(120, HopKind.RECEIVED);
        step();

        assertThat(history.perSecond(w -> w.kind() == HopKind.RECEIVED)).isCloseTo(2, within(0.01));
        assertThat(history.perSecond(w -> w.kind() == HopKind.REFUSED)).isZero();
        assertThat(history.lastHour(w -> w.kind() == HopKind.REFUSED)).isEqualTo(7);
        for (int i = 0; i < 353; i++) {
            step();
        }
        assertThat(history.lastHour(w -> w.kind() == HopKind.REFUSED)).isZero();
    }

    @Test
    void latencyIsFromArrivalToDelivery() {
        UUID flow = UUID.randomUUID();
        traffic.accept(Hop.of(flow, HopKind.RECEIVED, START).build());
        traffic.accept(Hop.of(flow, HopKind.DELIVERED, START).build());
        traffic.accept(Hop.of(UUID.randomUUID(), HopKind.DELIVERED, START).build()); // its arrival was not seen
        step();

        assertThat(history.points(1).get(0).p50Ms()).isPositive().isLessThan(Duration.ofSeconds(5).toMillis() * 1.0);
    }

    @Test
    void percentilesLieInTheirBuckets() {
        Latencies latencies = new Latencies();
        for (int ms = 1; ms <= 1000; ms++) {
            latencies.add(Duration.ofMillis(ms).toNanos());
        }
        int[] counts = latencies.take();

        assertThat(Latencies.percentile(counts, 0.5)).isCloseTo(500, within(100.0));
        assertThat(Latencies.percentile(counts, 0.95)).isCloseTo(950, within(190.0));
        assertThat(latencies.take()).isNull();
    }
}
