package org.yuzui.ledger.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PackingTest {

    private static final byte[] HL7 = "OBX|1|NM|6690-2^白细胞计数^LN||5.8|10*9/L|3.5-9.5|N|||F\r".repeat(30).getBytes(StandardCharsets.UTF_8);

    private final Packing packing = new Packing();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 13, 64, 2_048, 65_535, 65_536, 300_000})
    void what_is_packed_comes_out_as_it_went_in(int length) throws IOException {
        byte[] repeats = new byte[length];
        for (int i = 0; i < length; i++) {
            repeats[i] = HL7[i % HL7.length];
        }
        byte[] image = new byte[length];
        new Random(length).nextBytes(image);

        assertThat(Packing.unpack(packed(repeats))).isEqualTo(repeats);
        assertThat(Packing.unpack(packed(image))).isEqualTo(image);
    }

    @Test
    void it_makes_small_what_repeats_and_nothing_much_larger() {
        byte[] image = new byte[5_000];
        new Random(1).nextBytes(image);

        assertThat(packed(HL7)).hasSizeLessThan(HL7.length / 5);
        assertThat(packed(image)).hasSize(image.length + 1);
    }

    @Test
    void what_a_hub_before_this_one_deflated_comes_out() throws IOException {
        for (byte[] payload : new byte[][] {HL7, new byte[0]}) {
            ByteArrayOutputStream deflated = new ByteArrayOutputStream();
            try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
                out.write(payload);
            }
            assertThat(Packing.unpack(deflated.toByteArray())).isEqualTo(payload);
        }
    }

    @Test
    void what_is_damaged_is_an_error_and_never_another_message() {
        byte[] packed = packed(HL7);
        for (int end = 0; end < packed.length; end++) {
            byte[] cut = Arrays.copyOf(packed, end);
            assertThatThrownBy(() -> Packing.unpack(cut)).as("cut at %d", end).isInstanceOf(IOException.class);
        }
        byte[] huge = packed.clone();
        huge[1] = 0x7F;
        byte[] otherwise = packed.clone();
        otherwise[0] = 99;

        assertThatThrownBy(() -> Packing.unpack(huge)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Packing.unpack(otherwise)).isInstanceOf(IOException.class).hasMessageContaining("99");
    }

    private byte[] packed(byte[] payload) {
        byte[] packed = new byte[packing.most(payload.length)];
        return Arrays.copyOf(packed, packing.pack(payload, packed));
    }
}
