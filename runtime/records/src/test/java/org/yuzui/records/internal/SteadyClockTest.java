package org.yuzui.records.internal;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

class SteadyClockTest {

    private static final Instant T = Instant.parse("2026-11-22T08:00:00Z");
    private Instant machine = T;
    private final Clock clock = new SteadyClock(new Clock() {
        @Override
        public Instant instant() {
            return machine;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    private Instant at(Duration since) {
        machine = T.plus(since);
        return clock.instant();
    }

    @Test
    void a_machine_that_is_set_back_makes_no_earlier_times() {
        assertThat(at(Duration.ZERO)).isEqualTo(T);
        assertThat(at(Duration.ofSeconds(9))).isEqualTo(T.plusSeconds(9));
        assertThat(at(Duration.ofSeconds(-30))).isEqualTo(T.plusSeconds(9).plusNanos(1_000));
        assertThat(at(Duration.ofSeconds(8))).as("each step has a time of its own").isEqualTo(T.plusSeconds(9).plusNanos(2_000));
        assertThat(at(Duration.ofSeconds(10))).isEqualTo(T.plusSeconds(10));
    }

    @Test
    void a_machine_that_was_in_another_year_is_believed_when_it_comes_back() {
        assertThat(at(Duration.ofDays(400))).isEqualTo(T.plus(Duration.ofDays(400)));
        assertThat(at(Duration.ZERO)).isEqualTo(T);
        assertThat(at(Duration.ofSeconds(1))).isEqualTo(T.plusSeconds(1));
    }
}
