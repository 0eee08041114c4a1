package org.yuzui.ledger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.ledger.FlowFilter.where;
import static org.yuzui.ledger.Rig.LONG;

/**
 * A small ledger, searched in every way.
 *
 * <pre>
 * minute  contract        key     unit        status      source id  cause
 * 0       his.visit.v1    V-1     510104-H01  DELIVERED   MSG001
 * 1       his.visit.v1    V-10    510104-H01  ACCEPTED    MSG002
 * 2       his.visit.v1    V-2     510722-H01  RETRYING    MSG003     CSV folder is full
 * 3       his.result.v1   R-100%  510722-H01  DEAD        MSG004     no such ward: 急诊科
 * 4       his.visit.v1                        REFUSED     MSG005     MSH-4: Unknown facility XYZ
 * 5                                           IGNORED     MSG_06
 * </pre>
 */
class FlowSearchTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    static Path folder;
    private static Rig rig;
    private static Ledger ledger;

    @BeforeAll
    static void fill() {
        rig = new Rig(folder);
        ledger = rig.ledger();
        ledger.start();
        record(0, "his.visit.v1", "V-1", "510104-H01", "MSG001", HopKind.DELIVERED, null);
        record(1, "his.visit.v1", "V-10", "510104-H01", "MSG002", null, null);
        record(2, "his.visit.v1", "V-2", "510722-H01", "MSG003", HopKind.RETRIED, "CSV folder is full");
        record(3, "his.result.v1", "R-100%", "510722-H01", "MSG004", HopKind.DEAD, "no such ward: 急诊科");
        rig.commit(ledger, Hop.of(id(4), HopKind.REFUSED, at(4)).in("his", "1.0.0", "receive").record("his.visit.v1", null, null)
                .from("mllp", "ADT^A01", "MSG005").cause("unknown-facility", "MSH-4: Unknown facility XYZ").build());
        rig.commit(ledger, Hop.of(id(5), HopKind.IGNORED, at(5)).in("his", "1.0.0", "receive").from("mllp", "ORM^O01", "MSG_06").build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
    }

    @AfterAll
    static void close() {
        ledger.close();
        rig.close();
    }

    @Test
    void newest_first_without_any_filter() {
        assertThat(minutes(where())).containsExactly(5, 4, 3, 2, 1, 0);
    }

    @Test
    void by_contract() {
        assertThat(minutes(where().contract("his.visit.v1"))).containsExactly(4, 2, 1, 0);
        assertThat(minutes(where().contract("his.visit"))).isEmpty();
    }

    @Test
    void by_the_beginning_of_the_key() {
        assertThat(minutes(where().key("V-1"))).containsExactly(1, 0);
        assertThat(minutes(where().key("V-"))).containsExactly(2, 1, 0);
        assertThat(minutes(where().key("-1"))).isEmpty();
        assertThat(minutes(where().key("R-100%"))).containsExactly(3);
        assertThat(minutes(where().key("v-"))).as("keys are exact").isEmpty();
    }

    @Test
    void by_status() {
        assertThat(minutes(where().status(FlowStatus.DELIVERED))).containsExactly(0);
        assertThat(minutes(where().status(FlowStatus.ACCEPTED))).containsExactly(1);
        assertThat(minutes(where().status(FlowStatus.RETRYING))).containsExactly(2);
        assertThat(minutes(where().status(FlowStatus.DEAD))).containsExactly(3);
        assertThat(minutes(where().status(FlowStatus.REFUSED))).containsExactly(4);
        assertThat(minutes(where().status(FlowStatus.IGNORED))).containsExactly(5);
    }

    @Test
    void by_units() {
        assertThat(minutes(where().units(Set.of("510722-H01", "510000")))).containsExactly(3, 2);
        assertThat(minutes(where().units(Set.of()))).isEmpty();
    }

    @Test
    void by_time_from_inclusive_to_exclusive() {
        assertThat(minutes(where().between(at(1), at(4)))).containsExactly(3, 2, 1);
        assertThat(minutes(where().between(null, at(1)))).containsExactly(0);
        assertThat(minutes(where().between(at(5), null))).containsExactly(5);
    }

    @Test
    void by_text_in_key_source_id_and_cause() {
        assertThat(minutes(where().text("unknown FACILITY"))).containsExactly(4);
        assertThat(minutes(where().text("msg00"))).containsExactly(4, 3, 2, 1, 0);
        assertThat(minutes(where().text("急诊"))).containsExactly(3);
        assertThat(minutes(where().text("v-1"))).containsExactly(1, 0);
        assertThat(minutes(where().text("nowhere"))).isEmpty();
    }

    @Test
    void signs_in_the_text_mean_themselves() {
        assertThat(minutes(where().text("100%"))).containsExactly(3);
        assertThat(minutes(where().text("MSG_0"))).containsExactly(5);
        assertThat(minutes(where().text("\\"))).isEmpty();
        assertThat(minutes(where().text("'; DROP TABLE ledger.flow; --"))).isEmpty();
    }

    @Test
    void a_cursor_of_a_time_to_come_is_a_page_like_any_other() {
        String late = Base64.getUrlEncoder().withoutPadding().encodeToString(("999999999999999999:" + id(1)).getBytes(StandardCharsets.US_ASCII));
        assertThat(minutes(find(where(), late, 50))).containsExactly(5, 4, 3, 2, 1, 0);
    }

    @Test
    void letters_of_other_scripts_are_found_as_they_are() {
        UUID flow = UUID.randomUUID();
        rig.commit(ledger, Hop.of(flow, HopKind.RECEIVED, at(0)).record("script.v1", "ÉCLAIR-Ａ１-Ω-ß-ΟΔΟΣ-a\\b%c_d", null).build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        try {
            for (String text : List.of("ÉCLAIR", "Ａ１", "Ω", "ß", "-Ａ１-", "ΟΔΟΣ", "ΔΟΣ-", "a\\b", "b%c", "c_D", "\\b%c_d")) {
                assertThat(find(where().text(text)).flows()).as(text).extracting(Flow::id).contains(flow);
            }
        } finally {
            rig.store.jdbi().useHandle(h -> h.execute("DELETE FROM ledger.flow WHERE contract = 'script.v1'"));
        }
    }

    @Test
    void filters_are_added_up() {
        assertThat(minutes(where().contract("his.visit.v1").units(Set.of("510104-H01")).status(FlowStatus.ACCEPTED).text("msg")
                .key("V").between(at(0), at(3)))).containsExactly(1);
    }

    @Test
    void by_several_statuses_plugin_route_and_cause() {
        assertThat(minutes(where().status(FlowStatus.DEAD, FlowStatus.REFUSED))).containsExactly(4, 3);
        assertThat(minutes(where().status(FlowStatus.DEAD, FlowStatus.DELIVERED))).containsExactly(3, 0);
        assertThat(minutes(where().plugin("his").route("receive"))).containsExactly(5, 4, 3, 2, 1, 0);
        assertThat(minutes(where().plugin("vehicle"))).isEmpty();
        assertThat(minutes(where().route("send"))).isEmpty();
        assertThat(minutes(where().causeCode("unknown-facility"))).containsExactly(4);
        String group = ledger.flow(id(4)).orElseThrow().causeGroup();
        assertThat(minutes(where().cause(group))).containsExactly(4);
        assertThat(catchThrowableOfType(ProblemException.class, () -> find(where().cause("x"))).problem().code())
                .isEqualTo("bad-cause");
    }

    @Test
    void facets_count_what_a_filter_matches() {
        FlowFacets facets = ledger.facets(where().contract("his.visit.v1").build());

        assertThat(facets.counted()).isEqualTo(4);
        assertThat(facets.all()).isTrue();
        assertThat(facets.groups()).extracting(FlowFacets.Group::by).containsExactly("status", "contract", "plugin", "unit", "causeCode");
        assertThat(counts(facets, "status")).containsOnly("DELIVERED 1", "ACCEPTED 1", "RETRYING 1", "REFUSED 1");
        assertThat(counts(facets, "contract")).containsExactly("his.visit.v1 4");
        assertThat(counts(facets, "unit")).containsExactly("510104-H01 2", "510722-H01 1");
        assertThat(counts(facets, "causeCode")).containsOnly("failed 1", "unknown-facility 1");
        assertThat(ledger.facets(where().contract("none").build()).counted()).isZero();
    }

    @Test
    void the_same_trouble_is_one_group_whatever_record_it_befell() {
        List<UUID> ids = new ArrayList<>();
        Instant before = BEGIN.minusSeconds(3600);
        for (int i = 0; i < 3; i++) {
            ids.add(UUID.randomUUID());
            rig.commit(ledger, Hop.of(ids.get(i), HopKind.REFUSED, before.plusSeconds(i)).in("finance", "1.0.0", "receive-files")
                    .record("same-cause.v1", null, null).cause("unbalanced", "voucher '记-" + i + "', line " + (i + 7)
                            + ": debit 100." + i + "0 is not credit 99.00").build());
        }
        UUID other = UUID.randomUUID();
        rig.commit(ledger, Hop.of(other, HopKind.REFUSED, before).in("finance", "1.0.0", "receive-files")
                .record("same-cause.v1", null, null).cause("unbalanced", "opening is missing").build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();

        Causes causes = ledger.causes(where().contract("same-cause.v1").build());

        assertThat(causes.counted()).isEqualTo(4);
        assertThat(causes.all()).isTrue();
        assertThat(causes.groups()).extracting(CauseGroup::flows).containsExactly(3L, 1L);
        CauseGroup first = causes.groups().get(0);
        assertThat(first.firstAt()).isEqualTo(before);
        assertThat(first.lastAt()).isEqualTo(before.plusSeconds(2));
        assertThat(first.latest().id()).isEqualTo(ids.get(2));
        assertThat(find(where().cause(first.id())).flows()).extracting(Flow::id).containsExactlyInAnyOrderElementsOf(ids);
        rig.store.jdbi().useHandle(h -> h.execute("DELETE FROM ledger.flow WHERE contract = 'same-cause.v1'"));
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition_even_when_something_new_arrives() {
        FlowPage first = find(where().contract("his.visit.v1"), null, 2);
        assertThat(minutes(first)).containsExactly(4, 2);

        FlowPage second = find(where().contract("his.visit.v1"), first.next(), 2);
        assertThat(minutes(second)).containsExactly(1, 0);
        assertThat(second.next()).as("the end").isNull();
        assertThat(find(where(), null, 6).next()).isNull();
    }

    @Test
    void flows_of_the_same_time_are_paged_too() {
        List<UUID> ids = new ArrayList<>();
        Hop[] hops = new Hop[7];
        for (int i = 0; i < 7; i++) {
            ids.add(UUID.randomUUID());
            hops[i] = Hop.of(ids.get(i), HopKind.RECEIVED, BEGIN.minusSeconds(60)).record("same.v1", "S", null).build();
        }
        rig.commit(ledger, hops);
        assertThat(ledger.awaitDrained(LONG)).isTrue();

        List<UUID> seen = new ArrayList<>();
        String cursor = null;
        do {
            FlowPage page = find(where().contract("same.v1"), cursor, 3);
            page.flows().forEach(flow -> seen.add(flow.id()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen).hasSize(7).containsExactlyInAnyOrderElementsOf(ids);
        rig.store.jdbi().useHandle(h -> h.execute("DELETE FROM ledger.flow WHERE contract = 'same.v1'"));
    }

    @Test
    void a_cursor_of_ones_own_making_is_refused() {
        String beforeAllTime = Base64.getUrlEncoder().withoutPadding().encodeToString(("-999999999999999999:" + id(1)).getBytes(StandardCharsets.US_ASCII));
        for (String cursor : new String[] {"", "x", "!!", "MTIzNDU6YWJj", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OjE", beforeAllTime}) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> find(where(), cursor, 50)).problem().code())
                    .isEqualTo("bad-cursor");
        }
    }

    @Test
    void a_limit_out_of_bounds_is_refused() {
        for (int limit : new int[] {0, 501}) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> find(where(), null, limit)).problem().code())
                    .isEqualTo("bad-limit");
        }
    }

    @Test
    void what_is_not_there_is_empty() {
        assertThat(ledger.flow(UUID.randomUUID())).isEmpty();
        assertThat(ledger.hops(UUID.randomUUID())).isEmpty();
    }

    private static List<String> counts(FlowFacets facets, String by) {
        return facets.groups().stream().filter(g -> g.by().equals(by)).flatMap(g -> g.counts().stream())
                .map(c -> c.value() + " " + c.flows()).toList();
    }

    private static void record(int minute, String contract, String key, String unit, String sourceId, HopKind end, String cause) {
        rig.commit(ledger, Hop.of(id(minute), HopKind.RECEIVED, at(minute)).in("his", "1.0.0", "receive").record(contract, key, unit)
                .from("mllp", "ADT^A01", sourceId).build());
        if (end != null) {
            rig.commit(ledger, Hop.of(id(minute), end, at(minute).plusSeconds(1)).record(contract, key, unit).subscription("s")
                    .cause(cause == null ? null : "failed", cause).build());
        }
    }

    private static Instant at(int minute) {
        return BEGIN.plusSeconds(minute * 60L);
    }

    private static UUID id(int minute) {
        return new UUID(0, minute);
    }

    private static List<Integer> minutes(FlowFilter.Builder filter) {
        return minutes(find(filter));
    }

    private static FlowPage find(FlowFilter.Builder filter) {
        return find(filter, null, 50);
    }

    private static FlowPage find(FlowFilter.Builder filter, String cursor, int limit) {
        return ledger.find(new FlowQuery(filter.build(), cursor, limit));
    }

    private static List<Integer> minutes(FlowPage page) {
        return page.flows().stream().map(flow -> (int) flow.id().getLeastSignificantBits()).toList();
    }
}
