package org.yuzui.ledger.internal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HopCodecTest {

    private static final UUID FLOW = UUID.fromString("0191f3a0-0000-8000-8000-00000000002a");
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00.123456Z");

    @TempDir
    Path folder;
    private HopCodec codec;

    @BeforeEach
    void open() {
        codec = new HopCodec("chengdu-1", Terms.open(folder.resolve("index.key")));
    }

    @Test
    void a_full_hop_comes_back_whole() {
        byte[] payload = "MSH|^~\\&|HIS|H510104".getBytes(StandardCharsets.UTF_8);
        Hop hop = Hop.of(FLOW, HopKind.REFUSED, AT).in("his", "1.2.0", "receive-visit")
                .record("his.visit.v1", "510104-H01|V1", "510104-H01").subscription("store")
                .from("mllp 10.1.2.3 SCSY", "ADT^A01", "消息1").parent(new UUID(1, -2)).took(1500).size(20)
                .cause("unknown-facility", "MSH-4: 未知机构\nMap it.").message(new UUID(3, 4)).payload(payload).build();

        TrailHop back = HopCodec.decode(codec.encode(hop));

        assertThat(back.node()).isEqualTo("chengdu-1");
        assertThat(back.hop()).usingRecursiveComparison().ignoringFields("payload", "keep").isEqualTo(hop);
        assertThat(back.sealed()).as("it travels beside the hop").isNull();
    }

    @ParameterizedTest
    @EnumSource(HopKind.class)
    void a_bare_hop_comes_back_bare(HopKind kind) {
        Hop hop = Hop.of(FLOW, kind, AT).keep(30).build();

        TrailHop back = HopCodec.decode(codec.encode(hop));

        assertThat(back.hop()).usingRecursiveComparison().isEqualTo(hop);
        assertThat(back.sealed()).isNull();
    }

    @Test
    void code_and_sentence_of_a_cause_may_come_alone() {
        Hop remark = HopCodec.decode(codec.encode(Hop.of(FLOW, HopKind.RECEIVED, AT).cause(null, "read as GB18030").build())).hop();
        Hop code = HopCodec.decode(codec.encode(Hop.of(FLOW, HopKind.DEAD, AT).cause("gone", null).build())).hop();

        assertThat(remark.causeCode()).isNull();
        assertThat(remark.cause()).isEqualTo("read as GB18030");
        assertThat(code.causeCode()).isEqualTo("gone");
        assertThat(code.cause()).isNull();
    }

    @Test
    void an_ordinary_hop_is_small() {
        byte[] entry = codec.encode(Hop.of(FLOW, HopKind.DELIVERED, AT).in("his", "1.0.0", "visits-to-csv")
                .record("his.visit.v1", "510104-H01|V1", "510104-H01").subscription("site/visits-to-csv").took(10).size(900).build());

        assertThat(entry).hasSizeLessThan(200);
    }

    @Test
    void ids_differ_and_grow() {
        Set<Long> ids = new HashSet<>();
        long last = 0;
        for (int i = 0; i < 1_000; i++) {
            long id = HopCodec.decode(codec.encode(Hop.of(FLOW, HopKind.STORED, AT).build())).id();
            assertThat(id).isGreaterThan(last);
            last = id;
            ids.add(id);
        }
        assertThat(ids).hasSize(1_000);
    }

    @Test
    void every_cut_is_noticed() {
        byte[] entry = codec.encode(Hop.of(FLOW, HopKind.RECEIVED, AT).in("his", "1.0.0", "r").parent(FLOW).build());
        for (int length = 0; length < entry.length; length++) {
            byte[] cut = Arrays.copyOf(entry, length);
            assertThatThrownBy(() -> HopCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> HopCodec.decode(Arrays.copyOf(entry, entry.length + 1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("too many");
    }

    @Test
    void what_another_version_wrote_is_not_guessed_at() {
        byte[] entry = codec.encode(Hop.of(FLOW, HopKind.RECEIVED, AT).build());
        entry[0] = 3;
        assertThatThrownBy(() -> HopCodec.decode(entry)).hasMessageContaining("version 3");
        entry[0] = 2;
        entry[1] = 99;
        assertThatThrownBy(() -> HopCodec.decode(entry)).hasMessageContaining("kind 99");
    }

    @Test
    void what_the_version_before_wrote_is_kept_six_months() {
        byte[] entry = codec.encode(Hop.of(FLOW, HopKind.RECEIVED, AT).in("his", "1.0.0", "r").size(7).keep(30).build());
        int fixed = 1 + 1 + 8 + 16 + 8 + 4 + 8 + 8;
        byte[] before = new byte[entry.length - 4];
        System.arraycopy(entry, 0, before, 0, fixed);
        System.arraycopy(entry, fixed + 4, before, fixed, entry.length - fixed - 4);
        before[0] = 1;

        Hop back = HopCodec.decode(before).hop();

        assertThat(back.keep()).isEqualTo(Ledger.KEEP);
        assertThat(back.plugin()).isEqualTo("his");
        assertThat(back.size()).isEqualTo(7);
        assertThat(HopCodec.decode(entry).hop().keep()).isEqualTo(30);
    }

    @Test
    void days_to_keep_are_the_contract_s_unless_the_hop_says_them() {
        codec.keep(contract -> contract == null ? 7 : contract.length());

        assertThat(HopCodec.decode(codec.encode(Hop.of(FLOW, HopKind.IGNORED, AT).build())).hop().keep()).isEqualTo(7);
        assertThat(HopCodec.decode(codec.encode(Hop.of(FLOW, HopKind.RECEIVED, AT).record("abc", "k", null).build())).hop().keep())
                .isEqualTo(3);
        assertThat(HopCodec.decode(codec.encode(Hop.of(FLOW, HopKind.RECEIVED, AT).record("abc", "k", null).keep(90).build())).hop()
                .keep()).isEqualTo(90);
    }

    @Test
    void days_to_keep_are_at_least_one() {
        byte[] entry = codec.encode(Hop.of(FLOW, HopKind.RECEIVED, AT).keep(-1).build());
        assertThatThrownBy(() -> HopCodec.decode(entry)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1 days");
    }

    /** As it stood in the trail of a hub before this one, and may still lie in the broker. */
    @Test
    void a_payload_within_its_hop_is_still_read() {
        byte[] hop = codec.encode(Hop.of(FLOW, HopKind.REFUSED, AT).in("his", "1.0.0", "r").build());
        byte[] sealed = {1, 2, 3};
        byte[] entry = Arrays.copyOf(hop, hop.length + sealed.length);
        System.arraycopy(sealed, 0, entry, hop.length, sealed.length);
        int present = 1 + 1 + 8 + 16 + 8;
        entry[present + 2] |= 0x20 | 0x40; // payload, content: bits 13 and 14

        TrailHop back = HopCodec.decode(entry);

        assertThat(back.sealed()).isEqualTo(sealed);
        assertThat(back.hop().content()).isTrue();
    }

    /** Their numbers are in every database. */
    @Test
    void kinds_and_statuses_keep_their_numbers() {
        assertThat(HopKind.values()).startsWith(HopKind.RECEIVED, HopKind.REFUSED, HopKind.DUPLICATE, HopKind.IGNORED,
                HopKind.PUBLISHED, HopKind.STORED, HopKind.DELIVERED, HopKind.RETRIED, HopKind.DEAD, HopKind.REPLAYED,
                HopKind.MENDED, HopKind.DISMISSED, HopKind.FILTERED);
        assertThat(FlowStatus.values()).startsWith(FlowStatus.ACCEPTED, FlowStatus.DELIVERED, FlowStatus.RETRYING,
                FlowStatus.DEAD, FlowStatus.REFUSED, FlowStatus.IGNORED, FlowStatus.SETTLED);
    }
}
