package org.yuzui.ledger.internal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.PayloadKeys;
import org.yuzui.ledger.SealCipher;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.ledger.SealCipher.AES_GCM;
import static org.yuzui.ledger.SealCipher.SM4_GCM;

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
        byte[] sealed = cipher(file).seal(FLOW, MESSAGE);

        assertThat(cipher(file).open(FLOW, sealed)).isEqualTo(MESSAGE);
        assertThat(sealed).hasSizeLessThan(MESSAGE.length / 3);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("5101041990");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void the_same_message_is_never_sealed_the_same_way() {
        PayloadCipher cipher = cipher(file);

        assertThat(cipher.seal(FLOW, MESSAGE)).isNotEqualTo(cipher.seal(FLOW, MESSAGE));
    }

    @Test
    void an_empty_message_stays_one() {
        PayloadCipher cipher = cipher(file);

        assertThat(cipher.open(FLOW, cipher.seal(FLOW, new byte[0]))).isEmpty();
    }

    @Test
    void a_new_last_line_rotates_the_key() throws IOException {
        byte[] before = cipher(file).seal(FLOW, MESSAGE);
        Path other = folder.resolve("other.key");
        cipher(other);
        String oldKey = keyLine(file);
        String newKey = keyLine(other);
        Files.writeString(file, oldKey + "\n" + newKey + "\n");

        PayloadCipher rotated = cipher(file);

        assertThat(rotated.open(FLOW, before)).isEqualTo(MESSAGE);
        assertThat(cipher(other).open(FLOW, rotated.seal(FLOW, MESSAGE))).isEqualTo(MESSAGE);
    }

    @Test
    void a_hub_that_runs_takes_up_a_new_line_and_opens_what_a_line_that_came_later_sealed() throws IOException {
        PayloadCipher running = cipher(file);
        byte[] before = running.seal(FLOW, MESSAGE);

        List<PayloadKeys.Key> keys = KeyRing.rotate(file, AES_GCM);

        assertThat(keys).hasSize(2).last().isNotEqualTo(keys.get(0));
        byte[] elsewhere = cipher(file).seal(FLOW, MESSAGE);
        assertThat(running.open(FLOW, elsewhere)).as("another node sealed it").isEqualTo(MESSAGE);
        assertThat(running.open(FLOW, before)).isEqualTo(MESSAGE);
        assertThat(KeyRing.name(ByteBuffer.wrap(running.seal(FLOW, MESSAGE)).getInt())).isEqualTo(keys.get(1).id());
        assertThat(Files.readString(file)).as("the remarks stay").startsWith("#");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void rotations_at_the_same_time_lose_no_key() throws IOException {
        cipher(file);

        Set<String> added = IntStream.range(0, 12).parallel().mapToObj(i -> KeyRing.rotate(file, AES_GCM)).map(keys -> keys.get(keys.size() - 1).id())
                .collect(Collectors.toSet());

        List<PayloadKeys.Key> keys = KeyRing.rotate(file, AES_GCM);
        assertThat(keys).hasSize(14);
        assertThat(keys).extracting(PayloadKeys.Key::id).containsAll(added).doesNotHaveDuplicates();
        assertThat(Files.list(file.getParent())).extracting(f -> f.getFileName().toString()).containsExactlyInAnyOrder("payload.key", "payload.key.lock");
    }

    @Test
    void a_hub_that_runs_opens_what_it_sealed_though_another_file_was_put_in_the_place_of_its_keys() throws IOException {
        PayloadCipher running = cipher(file);
        byte[] before = running.seal(FLOW, MESSAGE);
        Path other = folder.resolve("other.key");
        byte[] elsewhere = cipher(other).seal(FLOW, MESSAGE);

        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(running.open(FLOW, elsewhere)).isEqualTo(MESSAGE);
        assertThat(running.open(FLOW, before)).isEqualTo(MESSAGE);
        assertThat(cipher(other).open(FLOW, running.seal(FLOW, MESSAGE))).as("the new file seals").isEqualTo(MESSAGE);
    }

    @Test
    void a_rotation_of_a_file_that_can_t_be_read_leaves_it_as_it_was() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "c2hvcnQ=\n");

        assertThat(catchThrowableOfType(ProblemException.class, () -> KeyRing.rotate(file, AES_GCM)).problem().code()).isEqualTo("payload-key-unreadable");
        assertThat(file).hasContent("c2hvcnQ=");
    }

    @Test
    void nonces_of_many_threads_never_come_twice() {
        PayloadCipher cipher = cipher(file);
        Set<String> nonces = IntStream.range(0, 20_000).parallel()
                .mapToObj(i -> HexFormat.of().formatHex(cipher.seal(FLOW, new byte[1]), 4, 16)).collect(Collectors.toSet());

        assertThat(nonces).hasSize(20_000);
    }

    @Test
    void a_lost_key_is_named_with_the_cure() throws IOException {
        byte[] sealed = cipher(file).seal(FLOW, MESSAGE);
        Files.delete(file);

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> cipher(file).open(FLOW, sealed));

        assertThat(refused.problem().code()).isEqualTo("payload-key-unknown");
        assertThat(refused.problem().place()).isEqualTo(file.toString());
    }

    @Test
    void a_message_moved_to_another_flow_does_not_open() {
        PayloadCipher cipher = cipher(file);
        byte[] sealed = cipher.seal(FLOW, MESSAGE);

        assertThat(catchThrowableOfType(ProblemException.class, () -> cipher.open(new UUID(7, 9), sealed)).problem().code())
                .isEqualTo("payload-damaged");
    }

    @Test
    void a_broken_key_file_is_refused_without_showing_it() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "c2hvcnQ=\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> cipher(file));

        assertThat(refused.problem().code()).isEqualTo("payload-key-unreadable");
        assertThat(refused).hasMessageNotContaining("c2hvcnQ");
        assertThat(file).hasContent("c2hvcnQ=");
    }

    @ParameterizedTest
    @EnumSource(SealCipher.class)
    void each_cipher_seals_bound_to_its_id_and_notices_a_change(SealCipher which) {
        PayloadCipher cipher = PayloadCipher.open(file, which);
        byte[] sealed = cipher.seal(FLOW, MESSAGE);
        byte[] changed = sealed.clone();
        changed[changed.length / 2] ^= 1;

        assertThat(cipher.open(FLOW, sealed)).isEqualTo(MESSAGE);
        assertThat(cipher.open(FLOW, cipher.seal(FLOW, new byte[0]))).isEmpty();
        for (byte[] wrong : List.of(changed, Arrays.copyOf(sealed, sealed.length - 1), Arrays.copyOf(sealed, 20), new byte[3])) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> cipher.open(FLOW, wrong)).problem().code()).isEqualTo("payload-damaged");
        }
        assertThat(catchThrowableOfType(ProblemException.class, () -> cipher.open(new UUID(7, 9), sealed)).problem().code())
                .isEqualTo("payload-damaged");
        assertThat(cipher.open(FLOW, cipher.seal(FLOW, MESSAGE))).as("it goes on after what was wrong").isEqualTo(MESSAGE);
    }

    /** Of RFC 8998, appendix A.1. */
    @Test
    void sm4_is_the_one_of_the_standard() throws GeneralSecurityException {
        HexFormat hex = HexFormat.of();
        KeyRing.Key key = new KeyRing.Key(0, SM4_GCM, new SecretKeySpec(hex.parseHex("0123456789abcdeffedcba9876543210"), SM4_GCM.algorithm()));
        Cipher sealing = new GcmCiphers().sealing(key, hex.parseHex("00001234567800000000abcd"));
        sealing.updateAAD(hex.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));

        byte[] sealed = sealing.doFinal(hex.parseHex("aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
                + "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"));

        assertThat(hex.formatHex(sealed)).isEqualTo("17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
                + "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d" + "83de3541e4c2b58177e065a9bf7b62ec");
    }

    @Test
    void a_rotation_goes_from_one_cipher_to_the_other_and_back_and_everything_opens() throws IOException {
        PayloadCipher running = cipher(file);
        byte[] first = running.seal(FLOW, MESSAGE);

        assertThat(KeyRing.rotate(file, SM4_GCM)).extracting(PayloadKeys.Key::cipher).containsExactly(AES_GCM, SM4_GCM);
        PayloadCipher changed = PayloadCipher.open(file, SM4_GCM);
        byte[] second = changed.seal(FLOW, MESSAGE);
        PayloadCipher back = cipher(file);
        byte[] third = back.seal(FLOW, MESSAGE);

        assertThat(keyLines(file)).hasSize(3).satisfiesExactly(k -> assertThat(k).doesNotContain(":"),
                k -> assertThat(k).startsWith("sm4-gcm:"), k -> assertThat(k).doesNotContain(":"));
        for (PayloadCipher each : List.of(running, changed, back)) {
            assertThat(List.of(first, second, third)).allSatisfy(sealed -> assertThat(each.open(FLOW, sealed)).isEqualTo(MESSAGE));
        }
        assertThat(PayloadCipher.open(file, AES_GCM).seal(FLOW, MESSAGE)).as("no key is added when the last one fits").isNotEmpty();
        assertThat(keyLines(file)).hasSize(3);
    }

    @Test
    void a_key_for_a_cipher_that_nobody_knows_is_refused_without_showing_it() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "zuc:c2hvcnQ=\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> cipher(file));

        assertThat(refused.problem().code()).isEqualTo("payload-key-unreadable");
        assertThat(refused).hasMessageContaining("aes-gcm or sm4-gcm").hasMessageNotContaining("c2hvcnQ");
    }

    @Test
    void a_file_with_a_key_that_fits_is_left_alone_where_the_hub_may_not_write() throws IOException {
        KeyRing.rotate(file, SM4_GCM);
        Files.delete(file.resolveSibling("payload.key.lock"));
        Files.createDirectories(file.resolveSibling("payload.key.lock/in-the-way"));

        assertThat(PayloadCipher.open(file, SM4_GCM).seal(FLOW, MESSAGE)).isNotEmpty();
        assertThat(catchThrowableOfType(ProblemException.class, () -> cipher(file)).problem().code()).isEqualTo("payload-key-not-added");
    }

    private static PayloadCipher cipher(Path keys) {
        return PayloadCipher.open(keys, AES_GCM);
    }

    private static List<String> keyLines(Path keyFile) throws IOException {
        return Files.readAllLines(keyFile).stream().filter(l -> !l.startsWith("#")).toList();
    }

    private static String keyLine(Path keyFile) throws IOException {
        return keyLines(keyFile).stream().reduce((a, b) -> b).orElseThrow();
    }
}
