package org.yuzui.ledger;

import org.junit.jupiter.api.Test;
import org.yuzui.kernel.ProblemException;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.ledger.Rig.LONG;
import static org.yuzui.ledger.Rig.hop;

/** What is kept beside hops: each message once, sealed, whole, and as long as the hops that speak of it. */
class MessagesTest extends OnARig {

    private static final String PERSONAL = "510104199001010019";

    @Test
    void a_message_of_many_records_is_kept_once() {
        Message batch = Message.of(("P" + PERSONAL + "|".repeat(300)).getBytes(StandardCharsets.UTF_8));
        Hop first = received(batch, AT).build();
        Hop second = received(batch, AT.plusMillis(3)).build();

        commit(List.of(ledger.encode(first, batch), ledger.encode(second)));

        assertThat(count("message")).isEqualTo(1);
        assertThat(List.of(first, second)).allSatisfy(hop -> assertThat(opened(hop)).isEqualTo(batch.bytes()));
    }

    @Test
    void a_trail_that_comes_again_brings_no_message_a_second_time() {
        Message message = Message.of("MSH|again".getBytes(StandardCharsets.UTF_8));
        Message other = Message.of("MSH|beside it".getBytes(StandardCharsets.UTF_8));
        byte[] entry = ledger.encode(received(message, AT).build(), message);
        commit(List.of(entry));

        commit(List.of(entry, ledger.encode(received(message, AT.plusSeconds(1800)).build(), message),
                ledger.encode(received(other, AT).build(), other)));

        assertThat(count("message")).as("within an hour one is known again when it is looked for").isEqualTo(2);
    }

    @Test
    void a_message_that_its_sender_forgot_takes_a_second_place() {
        Message message = Message.of("MSH|again".getBytes(StandardCharsets.UTF_8));
        Hop first = received(message, AT).build();
        Hop later = received(message, AT.plusSeconds(86_400 * 40)).build();
        commit(List.of(ledger.encode(first, message)));
        commit(List.of(ledger.encode(later, message)));

        assertThat(count("message")).isEqualTo(2);
        ledger.forget(AT.plusSeconds(86_400L * 190));
        assertThat(opened(later)).as("it did not go with the first one").isEqualTo(message.bytes());
    }

    @Test
    void what_two_contracts_keep_for_different_times_goes_with_each() {
        Message message = Message.of("P|visitor|meal".getBytes(StandardCharsets.UTF_8));
        Hop visitor = received(message, AT).keep(30).build();
        Hop meal = received(message, AT).keep(400).build();
        commit(List.of(ledger.encode(visitor, message), ledger.encode(meal, message)));

        ledger.forget(Instant.parse("2026-12-23T00:00:00Z"));

        assertThat(ledger.beside(ledger.hops(visitor.flow()))).isEmpty();
        assertThat(opened(meal)).isEqualTo(message.bytes());
        ledger.forget(AT.plusSeconds(86_400L * 460));
        assertThat(count("message")).isZero();
    }

    @Test
    void every_byte_comes_back_whatever_its_charset() {
        byte[] wrong = "PID|||张三^^^".getBytes(Charset.forName("GB18030"));
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        for (byte[] bytes : List.of(wrong, all, new byte[0], new byte[Rig.LARGE - 1], new byte[Rig.LARGE])) {
            Message message = Message.of(bytes);
            Hop hop = received(message, AT).build();
            commit(List.of(ledger.encode(hop, message)));
            assertThat(opened(hop)).isEqualTo(bytes);
        }
    }

    @Test
    void a_refused_message_comes_back_and_lies_nowhere_in_the_clear() {
        ledger.close();
        ledger = rig.ledger(); // not started: its trail is looked at first
        UUID flow = UUID.randomUUID();
        String secret = "PID|1||" + PERSONAL + "||测试一号^^^";
        byte[] message = (secret + " garbage ".repeat(50)).getBytes(StandardCharsets.UTF_8);
        rig.commit(ledger, hop(flow, HopKind.REFUSED, "2026-11-22T08:00:00Z").cause("unknown-facility", "MSH-4").payload(message).build());

        List<byte[]> trail = new ArrayList<>();
        rig.broker.browse(Ledger.TRAIL, m -> trail.add(m.body()));
        assertThat(trail).hasSize(1).allSatisfy(body -> assertThat(clear(body)).doesNotContain(PERSONAL, "garbage"));
        ledger.start();
        assertThat(ledger.awaitDrained(LONG)).isTrue();

        assertThat(ledger.payload(flow)).hasValueSatisfying(p -> assertThat(p.bytes()).isEqualTo(message));
        assertThat(ledger.hops(flow)).singleElement().satisfies(h -> assertThat(h.payload()).isNull());
        byte[] stored = rig.store.jdbi().withHandle(h -> h.createQuery("SELECT sealed FROM ledger.message").mapTo(byte[].class).one());
        assertThat(clear(stored)).doesNotContain(PERSONAL, "garbage");
        String rows = rig.store.jdbi().withHandle(h -> h.createQuery(
                "SELECT string_agg(h::text, '') || string_agg(f::text, '') FROM ledger.hop h JOIN ledger.flow f ON f.id = h.flow")
                .mapTo(String.class).one());
        assertThat(rows).doesNotContain(PERSONAL);
        assertThat(ledger.payload(UUID.randomUUID())).isEmpty();
    }

    @Test
    void the_same_refused_message_again_is_kept_once() {
        UUID flow = UUID.randomUUID();
        byte[] message = "MSH|broken".getBytes(StandardCharsets.UTF_8);
        rig.commit(ledger, hop(flow, HopKind.REFUSED, "2026-11-22T08:00:00Z").cause("bad", "first").payload(message).build(),
                hop(flow, HopKind.REFUSED, "2026-11-22T08:00:01Z").cause("bad", "second").payload(message).build());
        rig.commit(ledger, hop(flow, HopKind.REFUSED, "2026-11-22T08:00:02Z").cause("bad", "third").payload(message).build());

        assertThat(ledger.awaitDrained(LONG)).isTrue();

        Flow found = ledger.flow(flow).orElseThrow();
        assertThat(found.arrivals()).isEqualTo(3);
        assertThat(found.cause()).isEqualTo("third");
        assertThat(ledger.payload(flow)).hasValueSatisfying(p -> assertThat(p.bytes()).isEqualTo(message));
    }

    @Test
    void what_lies_in_the_database_and_was_cut_off_is_said_to_be_damaged() {
        for (String rest : List.of("", "01", "0102030405060708", "substring(sealed for 20)", "substring(sealed for length(sealed) - 1)")) {
            Message message = Message.of(("MSH|cut off " + rest).getBytes(StandardCharsets.UTF_8));
            Hop hop = received(message, AT).build();
            commit(List.of(ledger.encode(hop, message)));
            rig.store.jdbi().useHandle(h -> h.createUpdate("UPDATE ledger.message SET sealed = "
                    + (rest.startsWith("sub") ? rest : "decode('" + rest + "', 'hex')") + " WHERE id = :id").bind("id", message.id()).execute());

            String trouble = ledger.beside(List.of(hop)).get(hop.message()).trouble();
            assertThat(trouble).as(rest).isIn("payload-damaged", "payload-key-unknown");
            assertThatThrownBy(() -> opened(hop)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(trouble));
        }
    }

    private static String clear(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
