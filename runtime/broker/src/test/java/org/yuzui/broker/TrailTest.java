package org.yuzui.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailTest {

    @Test
    void entriesComeOutAsTheyWentIn() {
        List<byte[]> entries = List.of(Sample.bytes("到达"), new byte[0], new byte[300]);

        assertThat(Trail.split(Trail.join(entries))).containsExactlyElementsOf(entries);
    }

    @Test
    void noEntriesAreNoBytes() {
        assertThat(Trail.join(List.of())).isEmpty();
        assertThat(Trail.split(new byte[0])).isEmpty();
    }

    @Test
    void whatIsCutOffIsRefused() {
        byte[] joined = Trail.join(List.of(new byte[10]));
        byte[] cut = Arrays.copyOf(joined, joined.length - 1);

        assertThatThrownBy(() -> Trail.split(cut)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("10");
        assertThatThrownBy(() -> Trail.split(new byte[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Trail.split(new byte[]{-1, -1, -1, -1})).isInstanceOf(IllegalArgumentException.class);
    }
}
