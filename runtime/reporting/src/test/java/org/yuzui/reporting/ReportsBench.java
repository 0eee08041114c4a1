package org.yuzui.reporting;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yuzui.reporting.internal.units.UnitTree;
import org.yuzui.store.Store;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A province's year: 204 bureaus, 3,000 institutions, 200 indicators, 12 months. No build runs it:
 * {@code mvn -pl runtime/reporting test -Dtest=ReportsBench}. Prints what it measured, and fails only when totals are wrong.
 */
@ExtendWith(TestStore.class)
class ReportsBench {

    private static final int INSTITUTIONS = 3000;
    private static final int INDICATORS = 200;
    private static final Signature CLERK = new Signature("z", "rest");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aProvincesYear(Store store) throws Exception {
        List<Unit> units = new ArrayList<>(Site.UNITS.all().stream().filter(u -> u.level() != Unit.Level.INSTITUTION).toList());
        List<Unit> counties = units.stream().filter(u -> u.level() == Unit.Level.COUNTY).toList();
        for (int i = 0; i < INSTITUTIONS; i++) {
            Unit county = counties.get(i % counties.size());
            units.add(new Unit("%s-Z%04d".formatted(county.code(), i), "机构" + i, "I" + i, Unit.Level.INSTITUTION, county.code()));
        }
        Reports reports = Reporting.open(new UnitTree(units, "org"), store, FormRulesTest.calendar(), Site.CLOCK, ZoneId.of("Asia/Shanghai"));
        StringBuilder form = new StringBuilder("period: month\nrespondents: {level: institution}\nindicators:\n");
        IntStream.range(0, INDICATORS).forEach(i -> form.append("  - {code: i").append(i).append("}\n"));
        reports.deploy(new FixturePlugin("b").form("bench", form.toString())).start();
        List<String> respondents = reports.form("bench").orElseThrow().respondents();

        long began = System.nanoTime();
        store.jdbi().useHandle(h -> h.createUpdate("""
                insert into reporting.submissions (form, period, day, unit, version, cells, at, form_version)
                select 'bench', 'month', make_date(2025, m, 1), u, 1, c.cells, now(), 1
                from unnest(:units) as u cross join lateral (select jsonb_object_agg('i' || k, (random() * 1000000)::int + 0.25) as cells
                     from generate_series(0, 199) as k where u is not null) as c
                cross join generate_series(1, 12) as m""").bindArray("units", String.class, respondents).execute());
        say("36,000 answers written in %d ms", began);

        List<Period> months = IntStream.rangeClosed(1, 12).mapToObj(m -> Period.parse("2025-%02d".formatted(m))).toList();
        months.forEach(m -> reports.totals().recount("bench", m)); // made for the first time
        began = System.nanoTime();
        List<Totals.Recount> recounts = reports.totals().recountAll();
        say("12 months counted again and compared in %d ms", began);
        assertThat(recounts).hasSize(12).allMatch(r -> r.differences().isEmpty() && r.submissions() == INSTITUTIONS);

        measure("the province's table with completeness", 40, i -> reports.totals().table("bench", months.get(0), "510000"));
        measure("one answer with its ancestors", 100, i -> handIn(reports, respondents.get(i), months.get(11), i));

        began = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Submission>> all = new ArrayList<>();
        for (int i = 0; i < INSTITUTIONS; i++) {
            int n = i;
            all.add(threads.submit(() -> handIn(reports, respondents.get(n), Period.parse("2026-10"), n)));
        }
        for (Future<Submission> one : all) {
            one.get();
        }
        threads.shutdown();
        say("3,000 answers by 16 at once in %d ms", began);
        assertThat(reports.totals().recount("bench", Period.parse("2026-10")).differences()).isEmpty();
    }

    private interface Deed {
        void of(int i);
    }

    private static void measure(String what, int times, Deed deed) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            deed.of(i);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        System.out.printf("BENCH %s: p50 %.1f ms, p95 %.1f ms%n", what, nanos[times / 2] / 1e6, nanos[times * 95 / 100] / 1e6);
    }

    private static Submission handIn(Reports reports, String unit, Period period, int seed) {
        ObjectNode values = JSON.createObjectNode();
        IntStream.range(0, INDICATORS).forEach(i -> values.put("i" + i, seed * 31L % 1000 + i));
        return reports.submissions().handIn("bench", period, unit, values, null, CLERK);
    }

    private static void say(String what, long began) {
        System.out.printf("BENCH " + what + "%n", (System.nanoTime() - began) / 1_000_000);
    }
}
