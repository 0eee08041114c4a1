package org.yuzui.ledger.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class CausePrintTest {

    /** As it was when the first groups were stored: they must stay the same. */
    private static final Pattern BEFORE = Pattern.compile(
            "'[^']*'|\"[^\"]*\"|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[\\p{Alnum}_|.:/+-]*\\d[\\p{Alnum}_|.:/+-]*");
    private static final String[] PIECES = {"a", "Z", "f", "0", "7", "_", "|", ".", ":", "/", "+", "-", " ", "'", "\"", "，", "病", "\n",
            "5b6c1f2e-0a1b-4c2d-8e3f-00112233aabb", "abcdefab-abcd-abcd-abcd-abcdefabcdef", "PID-3", "no such ward"};

    private static Hop hop(String cause) {
        return Hop.of(new UUID(0, 1), HopKind.REFUSED, Instant.EPOCH).in("his", "1", "r").cause("code", cause).build();
    }

    private static Long before(String cause) throws Exception {
        String trouble = "his\nr\ncode\n" + BEFORE.matcher(cause).replaceAll("#");
        return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(trouble.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    @Test
    void groups_of_before_stay_the_same() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder cause = new StringBuilder();
            for (int n = random.nextInt(14); n >= 0; n--) {
                cause.append(PIECES[random.nextInt(PIECES.length)]);
            }
            assertThat(CausePrint.of(hop(cause.toString()))).as(cause.toString()).isEqualTo(before(cause.toString()));
        }
    }

    @Test
    @Timeout(300) // looked at again and again it would take for hours
    void a_cause_of_a_million_letters_is_looked_at_once() {
        for (String piece : new String[] {"a", "-", "'", "\"", "a'", "ab.", "a1", "1 "}) {
            assertThat(CausePrint.of(hop(piece.repeat(1_000_000)))).isNotNull();
        }
    }
}
