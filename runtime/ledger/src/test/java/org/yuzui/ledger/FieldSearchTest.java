package org.yuzui.ledger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.ledger.Rig.LONG;

/** Half a year in which few records are of the ward 7, below six thousand newer ones that are not. */
class FieldSearchTest {

    private static final Instant NEWEST = Instant.parse("2026-11-22T08:00:00Z");
    private static final String ID_NUMBER = "511023198001010011";
    private static final int NEWER = 6_000;

    @TempDir
    static Path folder;
    private static Rig rig;
    private static Ledger ledger;
    /** The newest first. */
    private static final List<UUID> RARE = new ArrayList<>();

    @BeforeAll
    static void fill() {
        rig = new Rig(folder);
        ledger = rig.ledger();
        ledger.start();
        for (int months : new int[] {0, 1, 2, 5}) {
            UUID id = UUID.randomUUID();
            RARE.add(id);
            rig.commit(ledger, Hop.of(id, HopKind.RECEIVED, NEWEST.minus(Duration.ofDays(30L * months + 1))).in("ward", "1.0.0", "read")
                    .record("his.visit.v1", "rare-" + months, "510722-H01").from("mllp", "ADT^A01", "RARE" + months)
                    .fields(Map.of("ward", "7", "patient.idNumber", ID_NUMBER, "month", Integer.toString(months))).build());
        }
        for (int from = 0; from < NEWER; from += 500) {
            List<Hop> hops = new ArrayList<>();
            for (int i = from; i < from + 500; i++) {
                hops.add(Hop.of(UUID.randomUUID(), HopKind.RECEIVED, NEWEST.plusMillis(i)).in("his", "1.0.0", "receive")
                        .record("his.visit.v1", "V-" + i, "510104-H01").from("mllp", "ADT^A01", "MSG" + i)
                        .fields(Map.of("ward", "1", "number", "N" + i)).build());
            }
            rig.commit(ledger, hops.toArray(Hop[]::new));
        }
        assertThat(ledger.awaitDrained(LONG)).isTrue();
    }

    @AfterAll
    static void close() {
        ledger.close();
        rig.close();
    }

    private static FlowFilter fields(Map<String, String> values) {
        return FlowFilter.where().fields(values).build();
    }

    private static List<UUID> found(FlowFilter filter) {
        return ledger.find(new FlowQuery(filter, null, 50)).flows().stream().map(Flow::id).toList();
    }

    @Test
    void by_the_whole_value_of_one_field_or_of_several() {
        assertThat(found(fields(Map.of("ward", "7")))).isEqualTo(RARE);
        assertThat(found(fields(Map.of("patient.idNumber", ID_NUMBER)))).isEqualTo(RARE);
        assertThat(found(fields(Map.of("ward", "7", "month", "2")))).containsExactly(RARE.get(2));
        assertThat(found(fields(Map.of("ward", "1", "month", "2")))).isEmpty();
        assertThat(found(fields(Map.of("patient.idNumber", ID_NUMBER.substring(0, 17))))).isEmpty();
        assertThat(found(fields(Map.of("month", "7")))).as("the value of another field").isEmpty();
        assertThat(found(fields(Map.of("number", "N17")))).hasSize(1);
    }

    @Test
    void what_is_rare_is_found_below_all_that_is_newer() {
        assertThat(found(FlowFilter.where().key("rare-").build())).isEqualTo(RARE);
        assertThat(found(FlowFilter.where().plugin("ward").route("read").build())).isEqualTo(RARE);
        assertThat(found(FlowFilter.where().text("rare").build())).isEqualTo(RARE);
        assertThat(found(FlowFilter.where().contract("his.visit.v1").units(Set.of("510722-H01", "510722")).build()))
                .isEqualTo(RARE);
        assertThat(found(FlowFilter.where().plugin("ward").between(NEWEST.minus(Duration.ofDays(100)), NEWEST.minus(Duration.ofDays(10))).build()))
                .containsExactly(RARE.get(1), RARE.get(2));
    }

    @Test
    void pages_follow_each_other_whichever_way_they_are_found() {
        for (FlowFilter filter : List.of(fields(Map.of("ward", "1")), FlowFilter.where().key("V-").text("msg").build())) {
            List<UUID> all = new ArrayList<>();
            String cursor = null;
            do {
                FlowPage page = ledger.find(new FlowQuery(filter, cursor, 500));
                page.flows().forEach(f -> all.add(f.id()));
                cursor = page.next();
            } while (cursor != null);
            assertThat(all).hasSize(NEWER).doesNotHaveDuplicates();
        }
        FlowPage first = ledger.find(new FlowQuery(fields(Map.of("ward", "7")), null, 3));
        FlowPage last = ledger.find(new FlowQuery(fields(Map.of("ward", "7")), first.next(), 3));
        assertThat(first.flows()).extracting(Flow::id).isEqualTo(RARE.subList(0, 3));
        assertThat(last.flows()).extracting(Flow::id).containsExactly(RARE.get(3));
    }

    @Test
    void facets_of_what_is_rare_count_all_of_it() {
        FlowFacets facets = ledger.facets(fields(Map.of("ward", "7")));

        assertThat(facets.counted()).isEqualTo(4);
        assertThat(facets.all()).isTrue();
        FlowFacets many = ledger.facets(fields(Map.of("ward", "1")));
        assertThat(many.counted()).isEqualTo(5_000);
        assertThat(many.all()).isFalse();
    }

    @Test
    void the_weight_of_few_is_counted_and_of_many_guessed() {
        FlowWeight few = ledger.weigh(fields(Map.of("ward", "7")));
        FlowWeight many = ledger.weigh(FlowFilter.ALL);

        assertThat(few).isEqualTo(new FlowWeight(4, 0, true));
        assertThat(many.counted()).isFalse();
        assertThat(many.flows()).isBetween(5_000L, 100_000L);
    }

    @Test
    void no_table_holds_the_value() {
        List<String> tables = rig.store.jdbi().withHandle(h -> h.createQuery(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'ledger'").mapTo(String.class).list());
        for (String table : tables) {
            long rows = rig.store.jdbi().withHandle(h -> h.createQuery("SELECT count(*) FROM " + table + " t WHERE CAST(t AS text) LIKE :value")
                    .bind("value", "%" + ID_NUMBER + "%").mapTo(Long.class).one());
            assertThat(rows).as(table).isZero();
        }
    }

    @Test
    void another_key_finds_nothing_and_a_rotated_one_finds_all(@TempDir Path other) throws IOException {
        Path key = folder.resolve("keys/index.key");
        assertThat(Files.getPosixFilePermissions(key)).containsOnly(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        Files.copy(folder.resolve("keys/payload.key"), Files.createDirectories(other.resolve("keys")).resolve("payload.key"));
        LedgerSettings stranger = new LedgerSettings("node-2", other.resolve("keys/payload.key"), Duration.ofMillis(1));
        try (Ledger theirs = Ledger.open(rig.store, rig.broker, stranger)) {
            assertThat(theirs.find(new FlowQuery(fields(Map.of("ward", "7")), null, 50)).flows()).isEmpty();
        }
        Files.copy(key, other.resolve("keys/index.key"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(other.resolve("keys/index.key"), Base64.getEncoder().encodeToString(new byte[32]) + "\n", StandardOpenOption.APPEND);
        try (Ledger rotated = Ledger.open(rig.store, rig.broker, stranger)) {
            assertThat(rotated.find(new FlowQuery(fields(Map.of("ward", "7")), null, 50)).flows()).hasSize(4);
        }
        Files.writeString(other.resolve("keys/index.key"), "no key\n");
        assertThatThrownBy(() -> Ledger.open(rig.store, rig.broker, stranger)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().code()).isEqualTo("index-key-unreadable"));
    }

    @Test
    void what_was_made_from_a_flow_names_it_refused_or_not() {
        UUID parent = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        UUID made = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        rig.commit(ledger, Rig.hop(made, HopKind.PUBLISHED, "2026-10-01T08:00:00Z").parent(parent).build(),
                Rig.hop(refused, HopKind.REFUSED, "2026-10-02T08:00:00Z").parent(parent).cause("no", "no").build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();
        rig.commit(ledger, Rig.hop(made, HopKind.DUPLICATE, "2026-10-03T08:00:00Z").parent(other).build());
        assertThat(ledger.awaitDrained(LONG)).isTrue();

        assertThat(found(FlowFilter.madeFrom(parent))).containsExactly(refused, made);
        assertThat(found(FlowFilter.madeFrom(other))).as("also what was there already").containsExactly(made);
        assertThat(found(FlowFilter.madeFrom(made))).isEmpty();
    }
}
