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
                look("everything", FlowFilter.ALL, r -> true),
                look("frequent contract", with("often.v1", null, null, null, null), r -> r.contract().equals("often.v1")),
                look("rare contract", with("seldom.v1", null, null, null, null), r -> r.contract().equals("seldom.v1")),
                look("contract of long ago", with("once.v1", null, null, null, null), r -> r.contract().equals("once.v1")),
                look("contract that is a unit", with("U1", null, null, null, null), r -> false),
                look("unit", with(null, Set.of("U7"), null, null, null), r -> r.unit().equals("U7")),
                look("county", with(null, county, null, null, null), r -> county.contains(r.unit())),
                look("no unit", with(null, Set.of(), null, null, null), r -> false),
                look("rare contract and county", with("seldom.v1", county, null, null, null),
                        r -> r.contract().equals("seldom.v1") && county.contains(r.unit())),
                look("rare plugin", plugin("rare", null), r -> r.plugin().equals("rare")),
                look("rare route and plugin", plugin("rare", "rare-in"), r -> r.plugin().equals("rare")),
                look("plugin of another route", plugin("usual", "rare-in"), r -> false),
                look("text in ids", with(null, null, null, null, "v1234"), r -> has(r, "v1234")),
                look("text in every key", with(null, null, null, null, "|V"), r -> has(r, "|v")),
                look("text of one source", with(null, null, null, null, "msg7919"), r -> has(r, "msg7919")),
                look("text of causes", with(null, null, null, null, "refused BY 3"), r -> has(r, "refused by 3")),
                look("Chinese text", with(null, null, null, null, "借贷"), r -> has(r, "借贷")),
                look("text in ids and in causes", with(null, null, null, null, "12"), r -> has(r, "12")),
                look("text nowhere", with(null, null, null, null, "借方"), r -> false),
                look("text and contract", with("often.v1", null, null, null, "不平"), r -> r.contract().equals("often.v1") && has(r, "不平")),
                look("text and statuses", with(null, null, Set.of(FlowStatus.DEAD, FlowStatus.SETTLED), null, "byte"),
                        r -> has(r, "byte") && (r.status() == FlowStatus.DEAD || r.status() == FlowStatus.SETTLED)),
                look("text and cause code", with(null, null, null, "code-1", "byte 1"), r -> "code-1".equals(r.causeCode()) && has(r, "byte 1")),
                look("accepted", status(FlowStatus.ACCEPTED), r -> r.status() == FlowStatus.ACCEPTED),
                look("accepted or retrying", status(FlowStatus.ACCEPTED, FlowStatus.RETRYING),
                        r -> r.status() == FlowStatus.ACCEPTED || r.status() == FlowStatus.RETRYING),
                look("accepted of a contract", with("often.v1", null, Set.of(FlowStatus.ACCEPTED), null, null),
                        r -> r.status() == FlowStatus.ACCEPTED && r.contract().equals("often.v1")),
                look("accepted or delivered", status(FlowStatus.ACCEPTED, FlowStatus.DELIVERED), r -> r.status().ordinal() < 2),
                look("refused or dead", status(FlowStatus.REFUSED, FlowStatus.DEAD),
                        r -> r.status() == FlowStatus.REFUSED || r.status() == FlowStatus.DEAD),
                look("settled", status(FlowStatus.SETTLED), r -> r.status() == FlowStatus.SETTLED),
                look("no status", with(null, null, Set.of(), null, null), r -> false),
                look("dead of a county", with(null, county, Set.of(FlowStatus.DEAD), null, null),
                        r -> r.status() == FlowStatus.DEAD && county.contains(r.unit())),
                look("cause code", with(null, null, null, "code-3", null), r -> "code-3".equals(r.causeCode())),
                look("cause group", new FlowFilter(null, null, null, null, null, null, null, "%016x".formatted(2), null, null, null),
                        r -> r.print() == 2 && r.status().ordinal() > 1 && r.status() != FlowStatus.SETTLED),
                look("key prefix", new FlowFilter(null, "U9|", null, null, null, null, null, null, null, null, null), r -> r.key().startsWith("U9|")),
                look("days", new FlowFilter("seldom.v1", null, null, null, null, null, null, null, from, to, null),
                        r -> r.contract().equals("seldom.v1") && !r.firstAt().isBefore(from) && r.firstAt().isBefore(to)),
                look("days, of causes", new FlowFilter(null, null, null, null, null, null, null, null, from, to, "refused"),
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

    private static Look look(String what, FlowFilter filter, Predicate<Row> meets) {
        return new Look(what, filter, meets);
    }

    private static FlowFilter with(String contract, Set<String> units, Set<FlowStatus> statuses, String causeCode, String text) {
        return new FlowFilter(contract, null, statuses, units, null, null, causeCode, null, null, null, text);
    }

    private static FlowFilter plugin(String plugin, String route) {
        return new FlowFilter(null, null, null, null, plugin, route, null, null, null, null, null);
    }

    private static FlowFilter status(FlowStatus... statuses) {
        return with(null, null, Set.of(statuses), null, null);
    }
}
