package org.yuzui.ledger.internal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PayloadCipherTest {

    private static final UUID FLOW = new UUID(7, 8);
    private static final byte[] MESSAGE = "PID|||510104199001010019||测试一号".repeat(20).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("keys/payload.key");
    }

    @Test
    void seals_and_opens_across_restarts() throws IOException {
        byte[] sealed = PayloadCipher.open(file).seal(FLOW, MESSAGE);

        assertThat(PayloadCipher.open(file).open(FLOW, sealed)).isEqualTo(MESSAGE);
        assertThat(sealed).hasSizeLessThan(MESSAGE.length / 3);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("5101041990");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void the_same_message_is_never_sealed_the_same_way() {
        PayloadCipher cipher = PayloadCipher.open(file);

        assertThat(cipher.seal(FLOW, MESSAGE)).isNotEqualTo(cipher.seal(FLOW, MESSAGE));
    }

    @Test
    void an_empty_message_stays_one() {
        PayloadCipher cipher = PayloadCipher.open(file);

        assertThat(cipher.open(FLOW, cipher.seal(FLOW, new byte[0]))).isEmpty();
    }

    @Test
    void a_new_last_line_rotates_the_key() throws IOException {
        byte[] before = PayloadCipher.open(file).seal(FLOW, MESSAGE);
        Path other = folder.resolve("other.key");
        PayloadCipher.open(other);
        String oldKey = keyLine(file);
        String newKey = keyLine(other);
        Files.writeString(file, oldKey + "\n" + newKey + "\n");

        PayloadCipher rotated = PayloadCipher.open(file);

        assertThat(rotated.open(FLOW, before)).isEqualTo(MESSAGE);
        assertThat(PayloadCipher.open(other).open(FLOW, rotated.seal(FLOW, MESSAGE))).isEqualTo(MESSAGE);
    }

    @Test
    void a_hub_that_runs_takes_up_a_new_line_and_opens_what_a_line_that_came_later_sealed() throws IOException {
        PayloadCipher running = PayloadCipher.open(file);
        byte[] before = running.seal(FLOW, MESSAGE);

        List<String> keys = KeyRing.rotate(file);

        assertThat(keys).hasSize(2).last().isNotEqualTo(keys.get(0));
        byte[] elsewhere = PayloadCipher.open(file).seal(FLOW, MESSAGE);
        assertThat(running.open(FLOW, elsewhere)).as("another node sealed it").isEqualTo(MESSAGE);
        assertThat(running.open(FLOW, before)).isEqualTo(MESSAGE);
        assertThat(KeyRing.name(ByteBuffer.wrap(running.seal(FLOW, MESSAGE)).getInt())).isEqualTo(keys.get(1));
        assertThat(Files.readString(file)).as("the remarks stay").startsWith("#");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void a_rotation_of_a_file_that_can_t_be_read_leaves_it_as_it_was() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "c2hvcnQ=\n");

        assertThat(catchThrowableOfType(ProblemException.class, () -> KeyRing.rotate(file)).problem().code()).isEqualTo("payload-key-unreadable");
        assertThat(file).hasContent("c2hvcnQ=");
    }

    @Test
    void nonces_of_many_threads_never_come_twice() {
        PayloadCipher cipher = PayloadCipher.open(file);
        Set<String> nonces = IntStream.range(0, 20_000).parallel()
                .mapToObj(i -> HexFormat.of().formatHex(cipher.seal(FLOW, new byte[1]), 4, 16)).collect(Collectors.toSet());

        assertThat(nonces).hasSize(20_000);
    }

    @Test
    void a_lost_key_is_named_with_the_cure() throws IOException {
        byte[] sealed = PayloadCipher.open(file).seal(FLOW, MESSAGE);
        Files.delete(file);

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> PayloadCipher.open(file).open(FLOW, sealed));

        assertThat(refused.problem().code()).isEqualTo("payload-key-unknown");
        assertThat(refused.problem().place()).isEqualTo(file.toString());
    }

    @Test
    void a_message_moved_to_another_flow_does_not_open() {
        PayloadCipher cipher = PayloadCipher.open(file);
        byte[] sealed = cipher.seal(FLOW, MESSAGE);

        assertThat(catchThrowableOfType(ProblemException.class, () -> cipher.open(new UUID(7, 9), sealed)).problem().code())
                .isEqualTo("payload-damaged");
    }

    @Test
    void a_broken_key_file_is_refused_without_showing_it() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "c2hvcnQ=\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> PayloadCipher.open(file));

        assertThat(refused.problem().code()).isEqualTo("payload-key-unreadable");
        assertThat(refused).hasMessageNotContaining("c2hvcnQ");
        assertThat(file).hasContent("c2hvcnQ=");
    }

    private static String keyLine(Path keyFile) throws IOException {
        return Files.readAllLines(keyFile).stream().filter(l -> !l.startsWith("#")).reduce((a, b) -> b).orElseThrow();
    }
}
