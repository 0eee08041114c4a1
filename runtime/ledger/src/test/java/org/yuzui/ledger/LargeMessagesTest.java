package org.yuzui.ledger;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.ledger.Rig.LONG;

/** Messages that are a hundred times larger than usual, or come while nothing can take them. */
class LargeMessagesTest extends OnARig {

    @Test
    void a_file_is_never_whole_in_memory_neither_on_its_way_in_nor_out() throws IOException {
        Path given = folder.resolve("ledger.xml");
        try (Writer out = Files.newBufferedWriter(given)) {
            for (int i = 0; i < 400_000; i++) {
                out.write("<凭证 号=\"" + i + "\">测试摘要</凭证>\n");
            }
        }
        long size = Files.size(given);
        Message message = Message.of(given);
        Hop hop = received(message, AT).build();

        long before = allocated();
        byte[] entry = ledger.encode(hop, message);
        assertThat(allocated() - before).as("of " + size + " bytes").isLessThan(size / 2);
        commit(List.of(entry));

        Keepsake kept = ledger.beside(List.of(hop)).get(hop.message());
        before = allocated();
        try (InputStream in = ledger.open(kept).orElseThrow()) {
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
        }
        assertThat(allocated() - before).as("of " + size + " bytes").isLessThan(size / 2);
    }

    /** By this thread. */
    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void a_file_that_does_not_open_is_written_anew_when_its_message_comes_again() throws IOException {
        Message message = Message.of(random(2 * Rig.LARGE));
        Hop hop = received(message, AT).build();
        commit(List.of(ledger.encode(hop, message)));
        Path file = files().get(0);
        for (byte[] bad : List.of(new byte[0], "not a message that was kept".getBytes(StandardCharsets.UTF_8))) {
            Files.write(file, bad);
            assertThat(ledger.beside(List.of(hop)).get(hop.message()).trouble()).isEqualTo("payload-damaged");

            ledger.encode(received(message, AT).build(), message);

            assertThat(opened(hop)).isEqualTo(message.bytes());
        }
    }

    @Test
    void what_is_kept_waits_in_the_broker_while_the_database_is_away() {
        rig.store.jdbi().useHandle(h -> h.execute("ALTER TABLE ledger.hop RENAME TO hop_away"));
        List<Hop> hops = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) { // some 40 MiB of trail
                try (var session = rig.broker.session()) {
                    for (int j = 0; j < 40; j++) {
                        Message message = Message.of(random(Rig.LARGE - 1));
                        Hop hop = received(message, AT).build();
                        hops.add(hop);
                        session.trail(ledger.encode(hop, message));
                    }
                    session.commit();
                }
            }
            assertThat(ledger.awaitDrained(Duration.ofMillis(500))).isFalse();
        } finally {
            rig.store.jdbi().useHandle(h -> h.execute("ALTER TABLE ledger.hop_away RENAME TO hop"));
        }

        assertThat(ledger.awaitDrained(LONG)).isTrue();
        assertThat(count("message")).isEqualTo(hops.size());
        assertThat(opened(hops.get(hops.size() - 1))).hasSize(Rig.LARGE - 1);
    }

    private final Random random = new Random(7);

    private byte[] random(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
