package org.yuzui.ledger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.ledger.FlowFilter.where;

/**
 * Twenty thousand flows of four months in tables of three retentions, some of which first arrived long before they were placed: what is frequent and
 * what is rare, found in every way, is what going through all of them finds, in the same order, page after page.
 */
class ManyFlowsTest {

    private static final Instant BEGIN = Instant.parse("2026-06-20T00:00:00Z");
    private static final int FLOWS = 20_000;
    private static final int MOST = 500;

    @TempDir
    static Path folder;
    private static Rig rig;
    private static Ledger ledger;
    private static List<Row> rows;

    private record Row(UUID id, FlowStatus status, String contract, String key, String unit, String plugin, String route, String sourceId,
                       Instant firstAt, String causeCode, String cause, long print) {
    }

    @BeforeAll
    static void fill() {
        rig = new Rig(folder);
        ledger = rig.ledger();
        rig.store.jdbi().useHandle(h -> {
            for (int keep : new int[] {60, 183, 800}) {
                for (int day = 0; day < 125; day++) {
                    h.createQuery("SELECT ledger.open_slice('flow', :keep, :at)").bind("keep", keep)
                            .bind("at", BEGIN.plus(Duration.ofDays(day)).atOffset(java.time.ZoneOffset.UTC)).mapTo(String.class).findOne();
                }
            }
            h.createUpdate("""
                    INSERT INTO ledger.flow (id, keep, placed, status, marks, contract, key, unit, plugin, route, source_id, first_at, last_at,
                                             arrived_at, arrivals, hops, size, cause_code, cause, cause_print, hangs)
                    SELECT gen_random_uuid(), keep, placed, status, 1, contract, unit || '|V' || n, unit, plugin, plugin || '-in', 'MSG' || 7919 * n % 99991,
                           first_at, placed, first_at, 1, 3, 100,
                           CASE WHEN status > 1 THEN 'code-' || n % 7 END,
                           CASE WHEN status > 1 THEN CASE n % 7 WHEN 0 THEN '借贷不平 / ' || n WHEN 1 THEN 'Ärger at byte ' || n ELSE 'refused by ' || n % 7 END END,
                           CASE WHEN status > 1 THEN n % 7 END, CASE WHEN status = 0 THEN true END
                    FROM (SELECT n, CASE WHEN n % 10 = 0 THEN 800 WHEN n % 4 = 0 THEN 60 ELSE 183 END AS keep,
                                 CAST(:begin AS timestamptz) + n * interval '8 minutes' AS placed,
                                 -- several at the same time, and every hundredth long before it was placed
                                 CAST(:begin AS timestamptz) + n / 3 * interval '24 minutes' - CASE WHEN n % 100 = 7 THEN interval '40 days' ELSE interval '0' END AS first_at,
                                 CASE WHEN n % 1009 = 0 THEN 0 WHEN n % 37 = 0 THEN 4 WHEN n % 97 = 0 THEN 3 WHEN n % 211 = 0 THEN 6
                                      WHEN n % 4001 = 0 THEN 2 WHEN n % 301 = 0 THEN 5 ELSE 1 END AS status,
                                 CASE WHEN n % 3 = 0 THEN 'often.v1' WHEN n % 401 = 0 THEN 'seldom.v1' WHEN n < 300 THEN 'once.v1' ELSE 'else.v1' END AS contract,
                                 'U' || n * 31 % 211 AS unit, CASE WHEN n % 499 = 0 THEN 'rare' ELSE 'usual' END AS plugin
                          FROM generate_series(1, :flows) AS n) t
                    """).bind("begin", BEGIN.atOffset(java.time.ZoneOffset.UTC)).bind("flows", FLOWS).execute();
            h.execute("ANALYZE ledger.flow");
            rows = new ArrayList<>(h.createQuery("SELECT * FROM ledger.flow").map((row, context) -> new Row(row.getObject("id", UUID.class),
                    FlowStatus.values()[row.getInt("status")], row.getString("contract"), row.getString("key"), row.getString("unit"),
                    row.getString("plugin"), row.getString("route"), row.getString("source_id"),
                    row.getObject("first_at", OffsetDateTime.class).toInstant(), row.getString("cause_code"), row.getString("cause"),
                    row.getObject("cause_print", Long.class) == null ? -1 : row.getLong("cause_print"))).list());
        });
        rows.sort(Comparator.comparing(Row::firstAt).thenComparing(row -> row.id().toString()).reversed());
    }

    @AfterAll
    static void close() {
        ledger.close();
        rig.close();
    }

    private record Look(String what, FlowFilter filter, Predicate<Row> meets) {

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Look> looks() {
        Set<String> county = Set.of("U1", "U2", "U3", "U4", "U5");
        Instant from = BEGIN.plus(Duration.ofDays(20));
        Instant to = BEGIN.plus(Duration.ofDays(24));
        return Stream.of(
                look("everything", where(), r -> true),
                look("frequent contract", where().contract("often.v1"), r -> r.contract().equals("often.v1")),
                look("rare contract", where().contract("seldom.v1"), r -> r.contract().equals("seldom.v1")),
                look("contract of long ago", where().contract("once.v1"), r -> r.contract().equals("once.v1")),
                look("contract that is a unit", where().contract("U1"), r -> false),
                look("unit", where().units(Set.of("U7")), r -> r.unit().equals("U7")),
                look("county", where().units(county), r -> county.contains(r.unit())),
                look("no unit", where().units(Set.of()), r -> false),
                look("rare contract and county", where().contract("seldom.v1").units(county),
                        r -> r.contract().equals("seldom.v1") && county.contains(r.unit())),
                look("rare plugin", where().plugin("rare"), r -> r.plugin().equals("rare")),
                look("rare route and plugin", where().plugin("rare").route("rare-in"), r -> r.plugin().equals("rare")),
                look("plugin of another route", where().plugin("usual").route("rare-in"), r -> false),
                look("text in ids", where().text("v1234"), r -> has(r, "v1234")),
                look("text in every key", where().text("|V"), r -> has(r, "|v")),
                look("text of one source", where().text("msg7919"), r -> has(r, "msg7919")),
                look("text of causes", where().text("refused BY 3"), r -> has(r, "refused by 3")),
                look("Chinese text", where().text("借贷"), r -> has(r, "借贷")),
                look("text in ids and in causes", where().text("12"), r -> has(r, "12")),
                look("text nowhere", where().text("借方"), r -> false),
                look("text and contract", where().contract("often.v1").text("不平"), r -> r.contract().equals("often.v1") && has(r, "不平")),
                look("text and statuses", where().status(FlowStatus.DEAD, FlowStatus.SETTLED).text("byte"),
                        r -> has(r, "byte") && (r.status() == FlowStatus.DEAD || r.status() == FlowStatus.SETTLED)),
                look("text and cause code", where().causeCode("code-1").text("byte 1"), r -> "code-1".equals(r.causeCode()) && has(r, "byte 1")),
                look("accepted", where().status(FlowStatus.ACCEPTED), r -> r.status() == FlowStatus.ACCEPTED),
                look("accepted or retrying", where().status(FlowStatus.ACCEPTED, FlowStatus.RETRYING),
                        r -> r.status() == FlowStatus.ACCEPTED || r.status() == FlowStatus.RETRYING),
                look("accepted of a contract", where().contract("often.v1").status(FlowStatus.ACCEPTED),
                        r -> r.status() == FlowStatus.ACCEPTED && r.contract().equals("often.v1")),
                look("accepted or delivered", where().status(FlowStatus.ACCEPTED, FlowStatus.DELIVERED), r -> r.status().ordinal() < 2),
                look("refused or dead", where().status(FlowStatus.REFUSED, FlowStatus.DEAD),
                        r -> r.status() == FlowStatus.REFUSED || r.status() == FlowStatus.DEAD),
                look("settled", where().status(FlowStatus.SETTLED), r -> r.status() == FlowStatus.SETTLED),
                look("no status", where().statuses(Set.of()), r -> false),
                look("dead of a county", where().units(county).status(FlowStatus.DEAD),
                        r -> r.status() == FlowStatus.DEAD && county.contains(r.unit())),
                look("cause code", where().causeCode("code-3"), r -> "code-3".equals(r.causeCode())),
                look("cause group", where().cause("%016x".formatted(2)),
                        r -> r.print() == 2 && r.status().ordinal() > 1 && r.status() != FlowStatus.SETTLED),
                look("key prefix", where().key("U9|"), r -> r.key().startsWith("U9|")),
                look("days", where().contract("seldom.v1").between(from, to),
                        r -> r.contract().equals("seldom.v1") && !r.firstAt().isBefore(from) && r.firstAt().isBefore(to)),
                look("days, of causes", where().between(from, to).text("refused"),
                        r -> has(r, "refused") && !r.firstAt().isBefore(from) && r.firstAt().isBefore(to)));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void what_is_found_is_what_going_through_all_finds(Look look) {
        List<UUID> expected = rows.stream().filter(look.meets()).limit(3 * MOST).map(Row::id).toList();

        List<UUID> found = new ArrayList<>();
        String cursor = null;
        for (int page : new int[] {1, 50, 7, MOST, MOST, MOST}) {
            FlowPage flows = ledger.find(new FlowQuery(look.filter(), cursor, page));
            flows.flows().forEach(flow -> found.add(flow.id()));
            cursor = flows.next();
            if (cursor == null) {
                break;
            }
        }

        assertThat(found.stream().limit(expected.size()).toList()).isEqualTo(expected);
        assertThat(found.size() >= expected.size()).isTrue();
        assertThat(cursor == null).as("the end").isEqualTo(rows.stream().filter(look.meets()).count() <= found.size());
    }

    @ParameterizedTest
    @MethodSource("looks")
    void facets_and_weights_count_all_when_they_say_so(Look look) {
        long expected = rows.stream().filter(look.meets()).count();

        FlowFacets facets = ledger.facets(look.filter());
        assertThat(facets.counted()).isLessThanOrEqualTo(expected);
        if (facets.all()) {
            assertThat(facets.counted()).isEqualTo(expected);
        } else {
            assertThat(facets.counted()).isBetween(250L, 5_000L);
        }
        FlowWeight weight = ledger.weigh(look.filter());
        if (weight.counted()) {
            assertThat(weight.flows()).isEqualTo(expected);
        }
    }

    @Test
    void causes_are_counted() {
        Map<Long, Long> expected = new HashMap<>();
        rows.stream().filter(r -> r.status() == FlowStatus.DEAD || r.status() == FlowStatus.REFUSED || r.status() == FlowStatus.RETRYING)
                .forEach(r -> expected.merge(r.print(), 1L, Long::sum));

        Causes causes = ledger.causes(FlowFilter.ALL);

        assertThat(causes.all()).isTrue();
        Map<Long, Long> counted = new HashMap<>();
        causes.groups().forEach(g -> counted.put(Long.parseUnsignedLong(g.id(), 16), g.flows()));
        assertThat(counted).isEqualTo(expected);
    }

    private static boolean has(Row row, String text) {
        return Stream.of(row.key(), row.sourceId(), row.cause()).anyMatch(t -> t != null && t.toLowerCase(Locale.ROOT).contains(text));
    }

    private static Look look(String what, FlowFilter.Builder filter, Predicate<Row> meets) {
        return new Look(what, filter.build(), meets);
    }
}
