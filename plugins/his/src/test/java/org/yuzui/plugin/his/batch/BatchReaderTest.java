package org.yuzui.plugin.his.batch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.plugin.his.hl7.Refusal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchReaderTest {

    private static final String TWO = "MSH|^~\\&|A\rPID|1\rMSH|^~\\&|B\rPID|2\r";

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", "\r\n", "\n", "\uFEFF", "\r\n  \r\n", "\u000b"})
    void whatStandsBetweenAndBeforeMessagesDoesNoHarm(String between) {
        List<Part> parts = read(between + "MSH|^~\\&|A\rPID|1\r" + (between.equals("\uFEFF") ? "" : between) + "MSH|^~\\&|B\rPID|2\r", 1000);

        assertThat(parts).extracting(Part::kind).containsOnly(Part.Kind.MESSAGE);
        assertThat(parts).extracting(p -> new String(p.bytes(), StandardCharsets.UTF_8).strip().replaceAll("[\r\n ]+", "/"))
                .containsExactly("MSH|^~\\&|A/PID|1", "MSH|^~\\&|B/PID|2");
    }

    @Test
    void framesOfMllpInAFileAreMessagesToo() {
        assertThat(read("\u000bMSH|^~\\&|A\rPID|1\r\u001c\r\u000bMSH|^~\\&|B\r\u001c\r", 1000)).hasSize(2)
                .allSatisfy(p -> assertThat(new String(p.bytes(), StandardCharsets.UTF_8)).startsWith("MSH|").doesNotContain("\u001c"));
    }

    @Test
    void linesOfTwoLettersAndBytesOfGb18030StayInTheirMessage() {
        byte[] text = "MSH|^~\\&|A\rNT\rNTE|1||医院\rX\rMSH|B\r".getBytes(Charset.forName("GB18030"));

        List<Part> parts = read(new ByteArrayInputStream(text), 1000);

        assertThat(new String(parts.get(0).bytes(), Charset.forName("GB18030"))).isEqualTo("MSH|^~\\&|A\rNT\rNTE|1||医院\rX\r");
        assertThat(parts).hasSize(2);
    }

    @Test
    void anOversizedMessageIsCutAndTheNextOneIsRead() {
        List<Part> parts = read("MSH|^~\\&|A\rOBX|" + "x".repeat(500_000) + "\rMSH|^~\\&|B\r", 100_000);

        assertThat(parts.get(0).isCut()).isTrue();
        assertThat(parts.get(0).size()).isEqualTo(500_016);
        assertThat(parts.get(0).bytes()).hasSize(BatchReader.KEPT);
        assertThat(parts.get(1).isCut()).isFalse();
    }

    @Test
    void aFileIsNotTakenIntoMemory() {
        long messages = Counts.of(new BatchReader(new Endless(100_000_000L), 100_000)).messages();

        assertThat(messages).as("of 100 MB of messages").isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "", value = {
            // file | messages, batches
            "M, 1, 1", "MM, 2, 1", "BMMb2, 2, 1", "BMMb, 2, 1", "BMb1BMMb2, 3, 2", "FBMb1f1, 1, 1", "FBMb1BMb1f2, 2, 2", "FMMf1, 2, 1",
            "FBb0f1, 0, 1", "Ff0, 0, 0", "BMb1M, 2, 2"})
    void filesThatAreWhole(String file, long messages, long batches) {
        assertThat(Counts.of(new BatchReader(stream(file(file)), 1000))).isEqualTo(new Counts(messages, batches));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"-, not-hl7", "XM, not-hl7", "BMM, batch-truncated", "FBMb1, batch-truncated", "BMBMb1, batch-truncated",
            "FBMf1, batch-truncated", "BMMb3, batch-count", "BMb9999999999999, batch-count", "BMbx, batch-count", "FBMb1f2, batch-count",
            "FBMb1f1M, batch-structure", "Mb1, batch-structure", "Mf1, batch-structure", "MFBMb1f1, batch-structure"})
    void filesThatAreNot(String file, String code) {
        assertThatThrownBy(() -> Counts.of(new BatchReader(stream(file == null ? " \r\n" : file(file)), 1000)))
                .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
    }

    @Test
    void whateverStandsInAFileItIsCountedOrRefused() {
        Random random = new Random(20261127);
        byte[] seed = file("FBMMb2BMb1f2").getBytes(StandardCharsets.UTF_8);
        int whole = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = seed.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : "\r\n|MSHFB\u001c\u000b".charAt(random.nextInt(10)));
            }
            try {
                Counts.of(new BatchReader(new ByteArrayInputStream(bytes, 0, random.nextInt(3) > 0 ? bytes.length : random.nextInt(bytes.length)),
                        16 + random.nextInt(100)));
                whole++;
            } catch (Refusal refusal) {
                assertThat(refusal.code()).isIn("not-hl7", "batch-truncated", "batch-count", "batch-structure");
            }
        }
        assertThat(whole).isBetween(500, 19_500);
    }

    @Test
    void allBytesOfAFileStandInItsParts() {
        Random random = new Random(20261128);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder("MSH|0");
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append(new String[] {"\r", "M", "SH", "MSH|", "PI", "x", "NTE|1"}[random.nextInt(7)]);
            }
            StringBuilder all = new StringBuilder();
            read(text.toString(), 100_000).forEach(p -> all.append(new String(p.bytes(), StandardCharsets.UTF_8)));
            assertThat(all.toString()).isEqualTo(text.toString());
        }
    }

    /** {@code F}ile, {@code B}atch, {@code M}essage; small letters for the trailers with what they count; X for anything else. */
    private static String file(String plan) {
        return plan.replaceAll("(?=[FBMXbf])", "\r").strip().replaceAll("M", "MSH|^~\\\\\\\\&|A\rPID|1").replaceAll("F(?=\r|$)", "FHS|^~\\\\\\\\&|HIS")
                .replaceAll("(?m)^B$", "BHS|^~\\\\\\\\&|HIS").replaceAll("(?m)^b", "BTS|").replaceAll("(?m)^f", "FTS|").replaceAll("(?m)^X$", "hello") + "\r";
    }

    private static List<Part> read(String text, int max) {
        return read(stream(text), max);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Part> read(InputStream in, int max) {
        List<Part> parts = new ArrayList<>();
        new BatchReader(in, max).forEachRemaining(parts::add);
        return parts;
    }

    /** The same two messages over and over. */
    private static final class Endless extends InputStream {
        private static final byte[] TEXT = TWO.repeat(200).getBytes(StandardCharsets.UTF_8);
        private long left;

        Endless(long bytes) {
            this.left = bytes;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int given = (int) Math.min(left, Math.min(length, TEXT.length));
            System.arraycopy(TEXT, 0, into, from, given);
            left -= given;
            return given == 0 ? -1 : given;
        }
    }
}
