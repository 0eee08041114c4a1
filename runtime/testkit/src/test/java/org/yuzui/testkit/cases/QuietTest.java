package org.yuzui.testkit.cases;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class QuietTest {

    private final Quiet quiet = new Quiet();

    @Test
    void oneLookIsNoQuietHoweverLateItComes() {
        quiet.look(7);
        assertThat(quiet.lasted(Duration.ofMillis(1))).isFalse();
        quiet.look(7);
        assertThat(quiet.lasted(Quiet.LOOK)).isTrue();
        assertThat(quiet.lasted(Quiet.LOOK.multipliedBy(2))).isFalse();
    }

    @Test
    void whateverComesBeginsItAnew() {
        for (int i = 0; i < 20; i++) {
            quiet.look(7);
        }
        assertThat(quiet.lasted(Duration.ofMillis(950))).isTrue();
        quiet.look(8);
        assertThat(quiet.lasted(Duration.ofMillis(1))).isFalse();
    }
}
