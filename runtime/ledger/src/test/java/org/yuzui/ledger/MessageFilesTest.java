package org.yuzui.ledger;

import org.junit.jupiter.api.Test;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Large messages: each in a file, sealed, as long as something speaks of it. */
class MessageFilesTest extends OnARig {

    private static final String PERSONAL = "510104199001010019";

    @Test
    void a_large_message_lies_in_a_file_and_no_plain_value_of_it_anywhere() throws IOException {
        byte[] large = large(100 * Rig.LARGE);
        Message message = Message.of(large);
        Hop hop = received(message, AT).build();
        byte[] entry = ledger.encode(hop, message);

        assertThat(entry).as("the trail carries none of it").hasSizeLessThan(400);
        Path file = files().get(0);
        assertThat(file.getFileName().toString()).hasSize(64);
        assertThat(Files.size(file)).isLessThan(large.length);

        commit(List.of(entry));
        Keepsake kept = ledger.beside(List.of(hop)).get(hop.message());
        assertThat(kept.size()).isEqualTo(large.length);
        assertThat(kept.sha256()).isEqualTo(file.getFileName().toString());
        assertThat(opened(hop)).isEqualTo(large);
        assertNothingPlain(PERSONAL);
    }

    @Test
    void a_file_is_kept_without_being_read_into_memory_and_again_without_being_written() throws IOException {
        Path given = folder.resolve("roster.csv");
        try (var out = Files.newBufferedWriter(given)) {
            for (int i = 0; i < 200_000; i++) {
                out.write(i + "," + PERSONAL + ",测试\n");
            }
        }
        Message message = Message.of(given);
        Hop hop = received(message, AT).build();
        commit(List.of(ledger.encode(hop, message)));
        FileTime written = Files.getLastModifiedTime(files().get(0));
        Files.setLastModifiedTime(files().get(0), FileTime.fromMillis(written.toMillis() - 7_200_000));

        commit(List.of(ledger.encode(received(message, AT.plusSeconds(86_400)).build(), Message.of(given))));

        assertThat(files()).hasSize(1);
        assertThat(Files.getLastModifiedTime(files().get(0)).toMillis()).as("taken up again: no sweep takes it").isGreaterThanOrEqualTo(written.toMillis());
        assertThat(opened(hop)).isEqualTo(Files.readAllBytes(given));
        Files.writeString(given, "x", StandardOpenOption.APPEND);
        assertThat(catchThrowableOfType(ProblemException.class, () -> ledger.encode(received(message, AT).build(), changed(given))).problem().code())
                .isEqualTo("payload-not-kept");
    }

    /** A message whose file changes between the first reading and the second. */
    private static Message changed(Path file) throws IOException {
        Message message = Message.of(file);
        message.id();
        Files.writeString(file, "y", StandardOpenOption.APPEND);
        return message;
    }

    @Test
    void a_hub_that_dies_between_file_and_commit_leaves_a_file_that_is_swept_and_one_that_is_spoken_of_stays() throws IOException {
        Message lost = Message.of(large(3 * Rig.LARGE));
        ledger.encode(received(lost, AT).build(), lost);
        Message kept = Message.of(large(4 * Rig.LARGE));
        Hop hop = received(kept, AT).build();
        commit(List.of(ledger.encode(hop, kept)));
        Files.writeString(files().get(0).resolveSibling("notes.txt"), "of somebody else");
        Path half = files().get(0).resolveSibling("0".repeat(64) + "." + UUID.randomUUID() + ".part");
        Files.writeString(half, "half");

        ledger.forget(AT);
        assertThat(files()).as("young ones may still be committed").hasSize(4);
        age();
        ledger.forget(AT);

        assertThat(files()).extracting(f -> f.getFileName().toString()).hasSize(2).contains("notes.txt");
        assertThat(opened(hop)).isEqualTo(kept.bytes());
    }

    @Test
    void files_of_both_ciphers_open_beside_each_other() {
        Message before = Message.of(large(9 * Rig.LARGE));
        Hop old = received(before, AT).build();
        commit(List.of(ledger.encode(old, before)));

        try (Ledger changed = Ledger.open(rig.store, rig.broker, rig.settings().sealedWith(SealCipher.SM4_GCM))) {
            Message after = Message.of(large(10 * Rig.LARGE));
            Hop fresh = received(after, AT).build();
            commit(List.of(changed.encode(fresh, after)));

            assertThat(opened(fresh)).as("by a hub that runs with the other cipher").isEqualTo(after.bytes());
            assertThat(opened(old)).isEqualTo(before.bytes());
        }
    }

    @Test
    void a_file_goes_when_the_last_hop_that_speaks_of_it_has_gone() {
        Message message = Message.of(large(2 * Rig.LARGE));
        commit(List.of(ledger.encode(received(message, AT).keep(30).build(), message),
                ledger.encode(received(message, AT).keep(90).build(), message)));
        age();

        ledger.forget(AT.plusSeconds(86_400 * 40));
        assertThat(files()).hasSize(1);
        ledger.forget(AT.plusSeconds(86_400 * 100));

        assertThat(files()).isEmpty();
    }

    @Test
    void a_disk_that_takes_nothing_is_said_so_and_nothing_is_written_to_the_trail() throws IOException {
        Files.createDirectories(folder.resolve("elsewhere"));
        Path notAFolder = folder.resolve("elsewhere/payloads");
        Files.writeString(notAFolder, "a file where the folder should be");
        try (Ledger full = Ledger.open(rig.store, rig.broker, rig.settings().withFiles(notAFolder, Rig.LARGE))) {
            Message message = Message.of(large(Rig.LARGE));

            ProblemException refused = catchThrowableOfType(ProblemException.class, () -> full.encode(received(message, AT).build(), message));

            assertThat(refused.problem().code()).isEqualTo("payload-not-kept");
            assertThat(refused.problem().cure()).contains("room");
            Message small = Message.of(new byte[10]);
            assertThat(full.encode(received(small, AT).build(), small)).as("small ones need no file").isNotEmpty();
        }
    }

    @Test
    void what_can_t_be_opened_says_why() throws IOException {
        Message message = Message.of(large(2 * Rig.LARGE));
        Message small = Message.of("MSH|".getBytes(StandardCharsets.UTF_8));
        Hop hop = received(message, AT).build();
        Hop other = received(small, AT).build();
        commit(List.of(ledger.encode(hop, message), ledger.encode(other, small)));
        Path file = files().get(0);
        byte[] good = Files.readAllBytes(file);

        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        Files.write(file, bad);
        assertThat(catchThrowableOfType(UncheckedIOException.class, () -> opened(hop))).hasMessageContaining("payload-damaged");
        Files.write(file, java.util.Arrays.copyOf(good, good.length / 2));
        assertThat(catchThrowableOfType(UncheckedIOException.class, () -> opened(hop))).hasMessageContaining("payload-damaged");
        Files.delete(file);
        assertThat(ledger.beside(List.of(hop)).get(hop.message()).trouble()).isEqualTo("payload-file-missing");

        Files.write(file, good);
        Path keys = folder.resolve("keys/payload.key");
        Path aside = Files.move(keys, folder.resolve("keys/aside"));
        try (Ledger stranger = rig.ledger()) {
            assertThat(stranger.beside(List.of(hop)).get(hop.message()).trouble()).isEqualTo("payload-key-unknown");
            assertThat(stranger.beside(List.of(other)).get(other.message()).trouble()).isEqualTo("payload-key-unknown");
        } finally {
            Files.move(aside, keys, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(opened(hop)).isEqualTo(message.bytes());
    }

    /** Each its own, and hard to deflate. */
    private static byte[] large(int size) {
        byte[] text = new byte[size];
        Random random = new Random(size);
        byte[] personal = PERSONAL.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < size; i++) {
            text[i] = i % 50 < personal.length ? personal[i % 50] : (byte) ('a' + random.nextInt(26));
        }
        return text;
    }

    private static void age() {
        for (Path file : files()) {
            try {
                Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 7_200_000));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** In the database's files, the broker's and those of messages. */
    private static void assertNothingPlain(String value) throws IOException {
        rig.store.jdbi().useHandle(h -> h.execute("CHECKPOINT"));
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && !file.endsWith("roster.csv")) {
                    try {
                        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(value)).as(file.toString()).isFalse();
                    } catch (NoSuchFileException gone) {
                        return FileVisitResult.CONTINUE; // a file of the journal that was given back
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }
}
