package org.yuzui.plugin.his.mllp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** A line as text: {@code <} is 0x0B, {@code >} 0x1C 0x0D, {@code _} a silence, and at its end the peer hangs up. */
class FrameReaderTest {

    private static final int MAX = 8;

    private final AtomicLong nanos = new AtomicLong();
    private int inside;

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "<abc>; abc END",
            "<abc><de>; abc de END",
            "<>; '' END",
            "<12345678>; 12345678 END",
            "_; IDLE",
            "''; END",
            "<abc>_; abc IDLE",
            "<ab; truncated-frame(ab,2,-)",
            "<ab_; truncated-frame(ab,2,-)",
            "<; truncated-frame(,0,-)",
            "<ab<cd>; truncated-frame(ab,2,+) cd END",
            "<<ab>; ab END",
            "xy<ab>; bytes-outside-frame(xy,2,+) ab END",
            "xy; bytes-outside-frame(xy,2,-)",
            "xy_; bytes-outside-frame(xy,2,-)",
            "<ab>xy<cd>; ab bytes-outside-frame(xy,2,+) cd END",
            "<123456789>; too-large(12345678,9,+) END",
            "<123456789><ab>; too-large(12345678,9,+) ab END",
            "<123456789012345678901234567890123>; too-large(12345678,33,-)"})
    void whatALineYields(String line, String yields) throws Exception {
        for (int piece : new int[] {1, 2, 3, 1000}) {
            assertThat(read(line, piece)).as("in pieces of %d", piece).isEqualTo(yields.replace("''", ""));
        }
    }

    @Test
    void whateverComesEndsAndHoweverItIsCutItYieldsTheSame() throws Exception {
        Random random = new Random(20261128);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append("<<>>abcdefgh".charAt(random.nextInt(12)));
            }
            String line = text.toString();
            String whole = read(line, 1000);
            for (int piece : new int[] {1, 2, 3}) {
                assertThat(read(line, piece)).as("%s in pieces of %d", line, piece).isEqualTo(whole);
            }
        }
    }

    @Test
    void aMessageMustComeInTimeHoweverSteadilyItTrickles() throws Exception {
        FrameReader reader = reader((into, patience) -> {
            nanos.addAndGet(patience * 900_000L); // just before the patience of one read ends
            into[0] = (byte) (nanos.get() == patience * 900_000L ? 0x0B : 'x');
            return 1;
        }, 1_000_000);

        assertThat(reader.next()).isInstanceOfSatisfying(Frame.Broken.class, b -> {
            assertThat(b.fault()).isEqualTo(Fault.TRUNCATED);
            assertThat(b.usable()).isFalse();
        });
    }

    @Test
    void onlyLargeMessagesPassTheGateAndAlwaysLeaveIt() throws Exception {
        Deque<byte[]> pieces = new ArrayDeque<>(List.of(new byte[] {0x0B}));
        for (int i = 0; i < 1100; i++) {
            pieces.add("x".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        }
        pieces.add(new byte[] {0x1C, 0x0D, 0x0B, 'a', 0x1C});
        FrameReader reader = reader(line(pieces), 2_000_000);

        assertThat(reader.next()).isInstanceOfSatisfying(Frame.Whole.class, w -> assertThat(w.bytes()).hasSize(1_100_000));
        assertThat(inside).isOne();
        reader.release();
        reader.release();
        assertThat(inside).isZero();
        assertThat(reader.next()).isInstanceOfSatisfying(Frame.Whole.class, w -> assertThat(w.bytes()).hasSize(1));
        assertThat(inside).isZero();
    }

    private String read(String line, int piece) throws Exception {
        byte[] bytes = line.replace('<', '\u000B').replace(">", "\u001C\r").getBytes(StandardCharsets.US_ASCII);
        Deque<byte[]> pieces = new ArrayDeque<>();
        for (int from = 0; from < bytes.length; ) {
            int to = from;
            while (to < bytes.length && to - from < piece && bytes[to] != '_') {
                to++;
            }
            to = to == from ? from + 1 : to;
            pieces.add(java.util.Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        FrameReader reader = reader(line(pieces), MAX);
        List<String> yields = new ArrayList<>();
        boolean on = true;
        while (on) {
            Frame frame = reader.next();
            if (frame instanceof Frame.Whole whole) {
                yields.add(text(whole.bytes()));
            } else if (frame instanceof Frame.Broken b) {
                yields.add(b.fault().code() + "(" + text(b.kept()) + "," + b.size() + "," + (b.usable() ? "+" : "-") + ")");
                on = b.usable();
            } else {
                yields.add(frame instanceof Frame.Idle ? "IDLE" : "END");
                on = false;
            }
        }
        return String.join(" ", yields);
    }

    private static FrameReader.Line line(Deque<byte[]> pieces) {
        return (into, patience) -> {
            byte[] piece = pieces.poll();
            if (piece == null) {
                return -1;
            }
            if (piece.length == 1 && piece[0] == '_') {
                return 0;
            }
            System.arraycopy(piece, 0, into, 0, piece.length);
            return piece.length;
        };
    }

    private FrameReader reader(FrameReader.Line line, int max) {
        FrameReader.Gate gate = new FrameReader.Gate() {
            @Override
            public void enter() {
                inside++;
            }

            @Override
            public void leave() {
                inside--;
            }
        };
        return new FrameReader(line, gate, nanos::get, max, 600_000, 10_000);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
