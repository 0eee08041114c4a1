package org.yuzui.container.internal;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class PluginVersionTest {

    @Test
    void versionsHaveAnOrder() {
        List<String> ordered = List.of("0.9.0", "0.10.0-SNAPSHOT", "0.10.0-rc.2", "0.10.0-rc.10", "0.10.0", "0.10.0.hotfix",
                "0.10.1", "1.0.0", "10.0.0");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(42));

        assertThat(shuffled.stream().map(PluginVersion::of).sorted().toList())
                .isEqualTo(ordered.stream().map(PluginVersion::of).toList());
    }

    @Test
    void osgiGetsAVersionThatItUnderstands() {
        assertThat(PluginVersion.of("1.2.3-rc.1").osgi()).isEqualTo("1.2.3.rc_1");
        assertThat(PluginVersion.of("1.2").osgi()).isEqualTo("1.2.0");
    }
}
