package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

/**
 * A province's year of one form: the demonstration's bureaus with 3,000 institutions, 200 indicators, 12 months, written into the
 * database beforehand. Then what people do, over REST.
 */
final class ReportsScenario implements Scenario {

    private static final String FORM = "bench-monthly";
    private static final int YEAR = 2025;
    private static final int INDICATORS = 200;
    private static final List<String> CLERKS_JVM = List.of("-XX:+UseSerialGC", "-Xmx256m", "-Xss256k", "-Dhttp.maxConnections=400");

    /** Answers of a month; each cell another number. */
    private static final String FILL = """
            insert into reporting.submissions (form, period, day, unit, version, cells, at, form_version, who, door, digest)
            select :form, 'month', make_date(:year, :month, 1), u, 1, c.cells, now(), 1, 'bench', 'rest', repeat('0', 64)
            from unnest(:units) as u cross join lateral (select jsonb_object_agg('i' || k, (random() * 1000000)::int + 0.25) as cells
                 from generate_series(0, :last) as k where u is not null) as c""";
    private static final String OPEN = """
            insert into reporting.periods (form, period, day, version, at) values (:form, 'month', make_date(:year, :month, 1), 1, now())""";
    private static final String EXPECT = """
            insert into reporting.expected (form, period, day, unit)
            select :form, 'month', make_date(:year, :month, 1), u from unnest(:units) as u""";

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        try (PackagedHub hub = PackagedHub.create(setting, "reports")) {
            List<String> units = site(hub.home(), setting.count(3000, 600));
            hub.start(); // makes the tables, and takes the form in
            hub.stop();
            fill(hub.home(), units, results);
            hub.start();
            measure(setting, hub, units, results);
        }
    }

    /** Gives the institutions' codes. */
    private static List<String> site(Path home, int institutions) throws Exception {
        List<String> counties = Files.readAllLines(home.resolve("config/org/units.csv")).stream().map(l -> l.split(",", -1))
                .filter(c -> c.length > 3 && c[3].equals("county")).map(c -> c[0]).toList();
        List<String> units = new ArrayList<>();
        StringBuilder lines = new StringBuilder("code,name,level,parent,tags\n");
        for (int i = 0; i < institutions; i++) {
            String county = counties.get(i % counties.size());
            units.add("%s-Z%04d".formatted(county, i));
            lines.append(units.get(i)).append(",机构").append(i).append(",institution,").append(county).append(",bench\n");
        }
        Files.writeString(home.resolve("config/org/bench.csv"), lines);
        Files.writeString(home.resolve("config/forms/" + FORM + ".form.yaml"), IntStream.range(0, INDICATORS)
                .mapToObj(i -> "  - {code: i" + i + ", precision: 2}\n").collect(Collectors.joining("", """
                        title: {zh: 月报, en: Monthly}
                        period: month
                        respondents: {tag: bench}
                        deadline: {workdays: 5}
                        review: [county, city, province]
                        indicators:
                        """, "")));
        Files.write(home.resolve("units.txt"), units);
        return units;
    }

    private static void fill(Path home, List<String> units, Results results) {
        long began = System.nanoTime();
        try (Store store = Store.open(StoreSettings.embedded(home.resolve("data/postgres")))) {
            for (int month = 1; month <= 12; month++) {
                int m = month;
                store.jdbi().useTransaction(h -> {
                    h.createUpdate(OPEN).bind("form", FORM).bind("year", YEAR).bind("month", m).execute();
                    h.createUpdate(EXPECT).bind("form", FORM).bind("year", YEAR).bind("month", m).bindArray("units", String.class, units).execute();
                    h.createUpdate(FILL).bind("form", FORM).bind("year", YEAR).bind("month", m).bind("last", INDICATORS - 1)
                            .bindArray("units", String.class, units).execute();
                });
            }
            store.jdbi().useHandle(h -> h.execute("analyze"));
        }
        results.add(Figure.of("reports", "%,d answers of %d cells written into the database".formatted(units.size() * 12, INDICATORS),
                (System.nanoTime() - began) / 1e9, "s"));
    }

    private static void measure(Setting setting, PackagedHub hub, List<String> units, Results results) throws Exception {
        recount(hub, 1); // kept for the first time
        double one = heap(hub);
        long made = System.nanoTime();
        for (int month = 2; month <= 12; month++) {
            recount(hub, month);
        }
        double first = (System.nanoTime() - made) / 1e9;
        Cost cost = Cost.of(hub);
        long began = System.nanoTime();
        for (int month = 1; month <= 12; month++) {
            recount(hub, month);
        }
        double all = (System.nanoTime() - began) / 1e9;
        results.add(cost.on(Figure.of("reports", "12 months counted again from all answers, and compared", all, "s").atMost(5), units.size() * 12, "answer")
                .note("eleven made for the first time s", first));
        double twelve = heap(hub);
        results.add(Figure.of("reports", "heap after a collection that eleven more months leave", twelve - one, "MB").atMost(10)
                .note("after one month", one).note("after twelve", twelve));

        results.add(times("the province's table with completeness", setting.count(100, 40),
                i -> hub.get("/api/v1/reports/" + FORM + "/" + month(1 + i % 12) + "/table?unit=510000")).atMost(100));
        results.add(times("a month's whole tree, down to each institution's values", 3, i -> hub.get("/api/v1/reports/" + FORM + "/" + month(12) + "?unit=510000")));
        results.add(times("the year's whole tree", 2, i -> hub.get("/api/v1/reports/" + FORM + "/" + YEAR + "?unit=510000"))
                .note("JVM MB", Usage.megabytes(Usage.of(hub.jvm()).resident())));
        handIn(setting, hub, units, results);
    }

    private static void handIn(Setting setting, PackagedHub hub, List<String> units, Results results) throws Exception {
        String token = Files.readString(hub.home().resolve("data/bootstrap-token")).strip();
        try (JavaProcess clerks = JavaProcess.start(ReportLoad.class, CLERKS_JVM, hub.url(), token, FORM, hub.home().resolve("units.txt"), INDICATORS)) {
            hear(clerks, month(11) + " 4 " + setting.count(200, 100)); // to warm up
            JsonNode alone = hear(clerks, month(12) + " 1 " + setting.count(200, 100));
            results.add(Figure.of("reports", "one answer with the totals of its ancestors, over REST, p95", alone.at("/latencyMillis/p95").asDouble(), "ms").atMost(20)
                    .note("p50", alone.at("/latencyMillis/p50").asDouble()).note("most", alone.at("/latencyMillis/most").asDouble()));
            String now = LocalDate.now(Clock.system(ZoneId.of("Asia/Shanghai"))).toString().substring(0, 7);
            Cost cost = Cost.of(hub);
            JsonNode crowd = hear(clerks, now + " " + setting.count(300, 100) + " " + units.size());
            int taken = crowd.at("/statuses/200").asInt();
            results.add(cost.on(Figure.of("reports", "%,d answers by %d connections".formatted(units.size(), setting.count(300, 100)),
                            crowd.path("seconds").asDouble(), "s").atMost(60), units.size(), "answer")
                    .note("not taken", units.size() - taken).note("statuses", crowd.path("statuses").toString())
                    .note("p50 ms", crowd.at("/latencyMillis/p50").asDouble()).note("p95 ms", crowd.at("/latencyMillis/p95").asDouble())
                    .note("most ms", crowd.at("/latencyMillis/most").asDouble()));
            JsonNode recount = hub.post("/api/v1/reports/" + FORM + "/" + now + "/recount", "{}");
            if (taken != units.size() || recount.path("submissions").asInt() != taken || !recount.path("differences").isEmpty()) {
                throw new IllegalStateException("Of " + units.size() + " answers " + taken + " were taken and " + recount.path("submissions")
                        + " count: " + recount.path("differences"));
            }
        }
    }

    private static JsonNode hear(JavaProcess clerks, String line) throws Exception {
        clerks.say(line);
        return clerks.hear();
    }

    private static void recount(PackagedHub hub, int month) throws Exception {
        JsonNode recount = hub.post("/api/v1/reports/" + FORM + "/" + month(month) + "/recount", "{}");
        if (!recount.path("differences").isEmpty()) {
            throw new IllegalStateException("Totals differ: " + recount.path("differences"));
        }
    }

    private static String month(int month) {
        return "%d-%02d".formatted(YEAR, month);
    }

    private static double heap(PackagedHub hub) throws Exception {
        hub.collectGarbage();
        return Usage.megabytes((long) hub.metric("jvm_memory_used_bytes{area=\"heap\""));
    }

    private interface Call {
        Object of(int i) throws Exception;
    }

    /** Its figure is p95. */
    private static Figure times(String what, int times, Call call) throws Exception {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            call.of(i);
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        return Figure.of("reports", what + ", p95", millis[Math.min(times - 1, times * 95 / 100)], "ms").note("p50", millis[times / 2])
                .note("most", millis[times - 1]);
    }
}
