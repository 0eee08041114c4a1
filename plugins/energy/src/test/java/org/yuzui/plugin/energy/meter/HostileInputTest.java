package org.yuzui.plugin.energy.meter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yuzui.plugin.energy.Samples;
import org.yuzui.plugin.energy.Samples.Sample;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever arrives, a decoder answers with a value, with "more", or with its own error, and soon. */
@Timeout(300)
class HostileInputTest {

    private static final int ROUNDS = 60_000;

    @Test
    void mutatedFrames() {
        Random random = new Random(645);
        List<Sample> all = Samples.all();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = all.get(random.nextInt(all.size())).frame().clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            if (random.nextBoolean()) {
                frame = Arrays.copyOf(frame, random.nextInt(frame.length + 20));
            }
            read(all.get(random.nextInt(all.size())), frame);
        }
    }

    @Test
    void noise() {
        Random random = new Random(2007);
        List<Sample> all = Samples.all();
        byte[] likely = {0x68, 0x16, (byte) 0xFE, (byte) 0xAA, 0x11, (byte) 0x91, 0x33, 0, 1, 3, 4, (byte) 0xFF};
        for (int i = 0; i < ROUNDS; i++) {
            byte[] noise = new byte[random.nextInt(i % 50 == 0 ? 1024 : 48)];
            for (int k = 0; k < noise.length; k++) {
                noise[k] = random.nextInt(3) == 0 ? (byte) random.nextInt() : likely[random.nextInt(likely.length)];
            }
            read(all.get(random.nextInt(all.size())), noise);
        }
    }

    /** Every single bit that is wrong is noticed: no other value comes of it. */
    @Test
    void aFlippedBitNeverMakesAnotherValue() {
        for (Sample sample : Samples.all()) {
            if (sample.isRequest() || !sample.hasValue() || sample.protocol().equals("modbus-tcp")) {
                continue; // Modbus over TCP has no sum of its own and relies on TCP's
            }
            for (int bit = 0; bit < sample.frame().length * 8; bit++) {
                byte[] frame = sample.frame().clone();
                frame[bit / 8] ^= 1 << bit % 8;
                Reply reply = read(sample, frame);
                if (reply != null) {
                    assertThat(reply.value()).as("%s, bit %d", sample, bit).isEqualByComparingTo(new BigDecimal(sample.expect()));
                }
            }
        }
    }

    private static Reply read(Sample question, byte[] bytes) {
        Reply reply = null;
        try {
            reply = question.question().find(bytes, bytes.length);
        } catch (BadReply e) {
            assertThat(e.code()).isNotBlank();
        }
        try {
            assertThat(Dlt645Frame.decode(bytes).data().length).isLessThanOrEqualTo(Dlt645Frame.MOST_DATA);
        } catch (BadReply e) {
            assertThat(e.reason()).isNotNull();
        }
        return reply;
    }
}
