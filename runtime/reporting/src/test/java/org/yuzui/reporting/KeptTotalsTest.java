package org.yuzui.reporting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.internal.units.UnitTree;
import org.yuzui.store.Store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.reporting.Site.json;

/** Totals that are kept are those that all answers give, whatever happens in which order. It is November 2026; see {@link Site}. */
@ExtendWith(TestStore.class)
class KeptTotalsTest {

    private static final Period OCTOBER = Period.parse("2026-10");
    private static final String FORM = """
            title: {zh: 月报, en: Monthly}
            period: month
            respondents: {level: institution, code: "*-H*"}
            review: [city]
            indicators:
              - {code: flow, signed: true}
              - {code: stock, kind: last}
              - {code: peak, kind: max, signed: true}
              - {code: maybe, optional: true}
              - {code: maybePeak, kind: max, optional: true, signed: true}
              - {code: price, kind: weighted, weight: stock, optional: true}
              - {code: share, kind: ratio, numerator: flow, denominator: stock, factor: 100}
              - {code: twice, formula: flow * 2, signed: true}
              - {code: kind, kind: choice, choices: {1: a, 2: b}}
            """;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20261122, 7, 99})
    void keptTotalsAreWhatAllAnswersGive(long seed, Store store) {
        Random random = new Random(seed);
        List<Unit> units = new ArrayList<>(Site.UNITS.all());
        Reports reports = open(store, units);
        List<String> hospitals = reports.form("monthly").orElseThrow().respondents();
        for (int step = 0; step < 250; step++) {
            String unit = hospitals.get(random.nextInt(hospitals.size()));
            int act = random.nextInt(20);
            if (act == 0) { // the hub is started again, and a hospital stands somewhere else
                move(units, unit, random);
                reports = open(store, units);
            } else if (act < 3 && !reports.submissions().history("monthly", OCTOBER, unit).isEmpty()) {
                giveBack(reports, unit);
            } else {
                reports.submissions().handIn("monthly", OCTOBER, unit, json(values(random)), null, new Signature("z", "rest"));
            }
            if (step % 50 == 49) {
                compare(reports);
            }
        }
        assertThat(reports.totals().recount("monthly", OCTOBER)).satisfies(r -> {
            assertThat(r.differences()).isEmpty();
            assertThat(r.submissions()).isPositive();
        });
        assertThat(reports.totals().recountAll()).hasSize(1).allMatch(r -> r.differences().isEmpty());
    }

    /** The table of every unit against the answers added up one by one. */
    private static void compare(Reports reports) {
        compare(reports, reports.total("monthly", OCTOBER, "510000"));
    }

    private static void compare(Reports reports, Total expected) {
        if (expected.parts().isEmpty()) {
            return;
        }
        Totals.Table table = reports.totals().table("monthly", OCTOBER, expected.unit().code());
        assertThat(table.total().values()).as(expected.unit().code()).isEqualTo(expected.values());
        assertThat(table.total().received()).isEqualTo(expected.received());
        assertThat(table.total().expected()).isEqualTo(expected.expected());
        assertThat(table.rows()).extracting(r -> r.unit().code()).containsExactlyElementsOf(
                expected.parts().stream().map(p -> p.unit().code()).toList());
        for (int i = 0; i < table.rows().size(); i++) {
            assertThat(table.rows().get(i).values()).isEqualTo(expected.parts().get(i).values());
        }
        expected.parts().forEach(part -> compare(reports, part));
    }

    private static void giveBack(Reports reports, String unit) {
        Standing standing = reports.reviews().standings("monthly", OCTOBER).get(unit);
        if (standing.state() != Standing.State.RETURNED) {
            String city = Site.UNITS.find(Site.UNITS.find(unit).orElseThrow().parent()).orElseThrow().parent();
            try {
                reports.reviews().giveBack("monthly", OCTOBER, unit, standing.version(), city, List.of(new Review.Reason("flow", "?")), 3, "w");
            } catch (ProblemException e) { // it was moved to another city
                assertThat(e.problem().code()).isEqualTo("not-waiting");
            }
        }
    }

    private static void move(List<Unit> units, String code, Random random) {
        List<Unit> counties = units.stream().filter(u -> u.level() == Unit.Level.COUNTY).toList();
        units.replaceAll(u -> u.code().equals(code) ? new Unit(code, u.name(), u.nameEn(), u.level(),
                counties.get(random.nextInt(counties.size())).code()) : u);
    }

    private static String values(Random random) {
        StringBuilder values = new StringBuilder("{'flow': %s, 'stock': %d, 'peak': %d, 'kind': %d".formatted(
                BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, random.nextInt(5)), random.nextInt(3), random.nextInt(9) - 4,
                1 + random.nextInt(2)));
        if (random.nextBoolean()) {
            values.append(", 'maybe': ").append(random.nextInt(3)).append(", 'maybePeak': ").append(random.nextInt(5) - 3);
        }
        if (random.nextBoolean()) {
            values.append(", 'price': 0.").append(random.nextInt(1000));
        }
        return values.append('}').toString();
    }

    @Test
    void aDifferenceIsFoundNamedAndMended(Store store) {
        Reports reports = open(store, Site.UNITS.all());
        handIn(reports, "510104-H01", 3);
        handIn(reports, "510105-H01", 4);
        store.jdbi().useHandle(h -> h.execute("""
                update reporting.totals set sums = jsonb_set(sums, '{flow}', '[8, 2]') where unit = '510100'"""));

        Totals.Recount found = reports.totals().recount("monthly", OCTOBER);

        assertThat(found.differences()).containsExactly(new Totals.Difference("510100", "flow", new BigDecimal(8), new BigDecimal(7)));
        assertThat(reports.totals().table("monthly", OCTOBER, "510100").total().values().get("flow")).isEqualTo("7");
        assertThat(reports.totals().recount("monthly", OCTOBER).differences()).isEmpty();
        assertThat(reports.totals().recounts("monthly")).extracting(r -> r.differences().size()).containsExactly(0, 1);
    }

    @Test
    void answersAtOnceAllCount(Store store) throws Exception {
        Reports reports = open(store, Site.UNITS.all());
        List<String> hospitals = reports.form("monthly").orElseThrow().respondents();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 160; i++) {
                int n = i;
                all.add(threads.submit(() -> handIn(reports, hospitals.get(n % hospitals.size()), n)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(reports.totals().recount("monthly", OCTOBER).differences()).isEmpty();
        compare(reports);
    }

    @Test
    void anExportedReportIsRecomputedWithoutAHub(Store store) {
        Reports reports = open(store, Site.UNITS.all());
        Set<String> done = new HashSet<>();
        Random random = new Random(5);
        for (String unit : reports.form("monthly").orElseThrow().respondents()) {
            reports.submissions().handIn("monthly", OCTOBER, unit, json(values(random)), null, new Signature("zhang", "rest"));
            done.add(unit);
        }
        byte[] file = reports.totals().export("monthly", OCTOBER, "510000");

        assertThat(ReportFile.verify(file)).satisfies(v -> {
            assertThat(v.problems()).isEmpty();
            assertThat(v.submissions()).isEqualTo(done.size());
            assertThat(v.form() + " " + v.period() + " " + v.unit()).isEqualTo("monthly 2026-10 510000");
        });
        assertThat(ReportFile.verify(reports.totals().export("monthly", OCTOBER, "510100")).good()).isTrue();

        String text = new String(file, StandardCharsets.UTF_8);
        assertThat(tampered(text, "\"stock\" : \"2\"", "\"stock\" : \"3\"")).anyMatch(p -> p.contains("it has not the digest that it was signed with"))
                .anyMatch(p -> p.startsWith("The document was changed")).anyMatch(p -> p.startsWith("The total of"));
        assertThat(tampered(text, "\"who\" : \"zhang\"", "\"who\" : \"li\"")).hasSize(2);
        assertThat(tampered(text, "{", "[")).containsExactly("It is not JSON.");
        assertThat(tampered(text, "yuzui-report-1", "report")).containsExactly("It is not a report that a hub exported.");
    }

    private static List<String> tampered(String text, String from, String to) {
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        return ReportFile.verify((text.substring(0, at) + to + text.substring(at + from.length())).getBytes(StandardCharsets.UTF_8)).problems();
    }

    private static Reports open(Store store, List<Unit> units) {
        Reports reports = Reporting.open(new UnitTree(List.copyOf(units), "config/org"), store, FormRulesTest.calendar(), Site.CLOCK,
                ZoneId.of("Asia/Shanghai"));
        reports.deploy(new FixturePlugin("p").form("monthly", FORM)).start();
        return reports;
    }

    private static Submission handIn(Reports reports, String unit, int flow) {
        return reports.submissions().handIn("monthly", OCTOBER, unit, json("{'flow': %d, 'stock': 1, 'peak': %d, 'kind': 1}".formatted(flow, flow)),
                null, new Signature("z", "rest"));
    }
}
