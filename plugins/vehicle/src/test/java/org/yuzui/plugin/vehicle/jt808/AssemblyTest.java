package org.yuzui.plugin.vehicle.jt808;

import org.junit.jupiter.api.Test;
import org.yuzui.plugin.vehicle.wire.BadMessage;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AssemblyTest {

    private static final long SECOND = 1_000_000_000L;
    private final Assembly assembly = new Assembly();

    private static Message part(int seq, int total, int number) {
        return new Message(new Header(Header.BATCH, true, 1, "00000000019900000001", seq, total, number), new byte[] {(byte) number});
    }

    @Test
    void partsInAnyOrderAndTwiceMakeOneMessage() {
        assertThat(assembly.add(part(12, 3, 3), 0)).isNull();
        assertThat(assembly.add(part(10, 3, 1), 0)).isNull();
        assertThat(assembly.add(part(10, 3, 1), 0)).isNull();
        Assembly.Whole whole = assembly.add(part(11, 3, 2), 0);
        assertThat(whole.message().body()).containsExactly(1, 2, 3);
        assertThat(whole.parts()).extracting(Header::seq).containsExactly(10, 11, 12);
        assertThat(assembly.isEmpty()).isTrue();
    }

    @Test
    void theSerialNumberMayPassItsEnd() {
        assembly.add(part(0xFFFF, 2, 1), 0);
        assertThat(assembly.add(part(0, 2, 2), 0)).isNotNull();
    }

    @Test
    void whatIsMissingIsAskedForThreeTimesAndThenGivenUp() {
        assembly.add(part(10, 3, 1), 0);
        assertThat(assembly.missing(9 * SECOND)).isEmpty();
        for (int i = 1; i <= 3; i++) {
            assertThat(assembly.missing(i * 10 * SECOND)).extracting(Assembly.Missing::firstSeq, Assembly.Missing::numbers)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(10, List.of(2, 3)));
        }
        assertThat(assembly.missing(40 * SECOND)).isEmpty();
        assertThat(assembly.isEmpty()).isTrue();
    }

    @Test
    void itHoldsAFewMessagesAndLetsTheOldestGo() {
        for (int i = 0; i < 5; i++) {
            assembly.add(part(100 * (i + 1), 2, 1), i * SECOND);
        }
        assertThat(assembly.add(part(101, 2, 2), 6 * SECOND)).as("the first half of this one is gone").isNull();
        assertThat(assembly.add(part(501, 2, 2), 6 * SECOND)).isNotNull();
    }

    @Test
    void aPartThatContradictsTheOthersIsRefused() {
        assembly.add(part(10, 3, 1), 0);
        assertThatThrownBy(() -> assembly.add(part(11, 4, 2), 0)).isInstanceOf(BadMessage.class);
        assertThatThrownBy(() -> assembly.add(part(11, 65, 2), 0)).isInstanceOf(BadMessage.class);
    }
}
