package org.yuzui.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowPage;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Ledger;

/** What people look for in a ledger, each kind with other values every time. */
final class LedgerSearches {

    private static final int PAGE = 50;
    private static final int PAGES = 20;
    private static final double AIM_MS = 100;

    private final Ledger ledger;
    private final LedgerFill data;
    private final Pattern names;
    private final Random random = new Random(7);
    private final Map<String, Function<LedgerFill.Sample, FlowFilter>> searches = new LinkedHashMap<>();

    /** @param names regular expression of those that are measured */
    LedgerSearches(Ledger ledger, LedgerFill data, String names) {
        this.ledger = ledger;
        this.data = data;
        this.names = Pattern.compile(names);
        searches.put("everything", s -> FlowFilter.ALL);
        searches.put("key", s -> of(f -> f.key = s.key()));
        searches.put("key prefix: an institution", s -> of(f -> f.key = s.unit() + "|"));
        searches.put("key prefix: ten thousand records", s -> of(f -> f.key = s.key().substring(0, s.key().length() - 3)));
        searches.put("unit: an institution", s -> of(f -> f.units = Set.of(s.unit())));
        searches.put("unit: a county", s -> of(f -> f.units = subtree(s.unit().substring(0, 6))));
        searches.put("unit: a city", s -> of(f -> f.units = subtree(s.unit().substring(0, 4))));
        searches.put("unit: the province", s -> of(f -> f.units = subtree("51")));
        searches.put("contract: 8 %", s -> of(f -> f.contract = "his.visit.v1"));
        searches.put("contract: 0.02 %", s -> of(f -> f.contract = "assets.stock.v1"));
        searches.put("plugin: 41 %", s -> of(f -> f.plugin = "vehicle"));
        searches.put("plugin: 0.4 %", s -> of(f -> f.plugin = "assets"));
        searches.put("plugin that is not there", s -> of(f -> f.plugin = "nobody"));
        searches.put("route: 0.08 %", s -> of(f -> f.route = "write-setpoint"));
        searches.put("status: delivered", s -> of(f -> f.statuses = Set.of(FlowStatus.DELIVERED)));
        searches.put("status: refused or dead", s -> of(f -> f.statuses = Set.of(FlowStatus.REFUSED, FlowStatus.DEAD)));
        searches.put("status: retrying, 0.01 %", s -> of(f -> f.statuses = Set.of(FlowStatus.RETRYING)));
        searches.put("status: settled", s -> of(f -> f.statuses = Set.of(FlowStatus.SETTLED)));
        searches.put("status: accepted, 0.6 %", s -> of(f -> f.statuses = Set.of(FlowStatus.ACCEPTED)));
        searches.put("cause code", s -> of(f -> f.causeCode = LedgerFill.CAUSES.get(random.nextInt(8))[0]));
        searches.put("cause group", s -> of(f -> f.cause = "%016x".formatted(LedgerFill.print(random.nextInt(8)))));
        searches.put("a day", s -> of(f -> between(f, s.at(), 1)));
        searches.put("text: one source id", s -> of(f -> f.text = s.sourceId()));
        searches.put("text: a frequent cause", s -> of(f -> f.text = "not mapped"));
        searches.put("text: a rare cause", s -> of(f -> f.text = "byte " + random.nextInt(100_000)));
        searches.put("text: Chinese", s -> of(f -> f.text = "借贷不平"));
        searches.put("text: two Chinese characters", s -> of(f -> f.text = "借贷"));
        searches.put("text: in every key", s -> of(f -> f.text = "V2026"));
        searches.put("text: nowhere", s -> of(f -> f.text = "no such text " + random.nextInt()));
        searches.put("field: one record", s -> of(f -> { }).withFields(Map.of("visit", s.visit())));
        searches.put("field: fifty records", s -> of(f -> { }).withFields(Map.of("asset", "A" + random.nextInt(200_000))));
        searches.put("field: every fifth", s -> of(f -> { }).withFields(Map.of("state", "s" + random.nextInt(5))));
        searches.put("field: no record", s -> of(f -> { }).withFields(Map.of("visit", "V" + random.nextLong())));
        searches.put("two fields", s -> of(f -> { }).withFields(Map.of("asset", "A" + random.nextInt(200_000), "state", "s1")));
        searches.put("contract, county and month", s -> of(f -> {
            f.contract = "his.visit.v1";
            f.units = subtree(s.unit().substring(0, 6));
            between(f, s.at(), 30);
        }));
        searches.put("rare contract and county", s -> of(f -> {
            f.contract = "assets.movement.v1";
            f.units = subtree(s.unit().substring(0, 6));
        }));
        searches.put("refused, contract and cause text", s -> of(f -> {
            f.contract = "his.visit.v1";
            f.statuses = Set.of(FlowStatus.REFUSED);
            f.text = "charset";
        }));
        searches.put("dead, of a city, this week", s -> of(f -> {
            f.statuses = Set.of(FlowStatus.DEAD);
            f.units = subtree(s.unit().substring(0, 4));
            between(f, LedgerFill.END, 7);
        }));
        searches.put("frequent contract, no match by text", s -> of(f -> {
            f.contract = "vehicle.position.v1";
            f.text = "nothing like it";
        }));
    }

    /** @param times how often each; the first time of each comes before any other is repeated */
    void measure(String when, int times, Results results) {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int i = 0; i < times; i++) {
            searches.forEach((name, search) -> {
                if (!names.matcher(name).find()) {
                    return;
                }
                FlowFilter filter = search.apply(sample());
                long began = System.nanoTime();
                ledger.find(new FlowQuery(filter, null, PAGE));
                millis.computeIfAbsent(name, n -> new ArrayList<>()).add((System.nanoTime() - began) / 1e6);
            });
        }
        millis.forEach((name, values) -> add(results, when + name, values));
    }

    /** The page after many others; and what is asked beside a page. */
    void measureOthers(int times, Results results) {
        for (String name : List.of("everything", "contract: 8 %", "unit: a city", "status: refused or dead", "text: a frequent cause",
                "field: every fifth")) {
            if (!names.matcher("later page of " + name).find()) {
                continue;
            }
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < Math.max(1, times / 5); i++) {
                FlowFilter filter = searches.get(name).apply(sample());
                String cursor = null;
                for (int page = 0; page < PAGES; page++) {
                    long began = System.nanoTime();
                    FlowPage found = ledger.find(new FlowQuery(filter, cursor, PAGE));
                    if (page > PAGES / 2) {
                        values.add((System.nanoTime() - began) / 1e6);
                    }
                    cursor = found.next();
                    if (cursor == null) {
                        break;
                    }
                }
            }
            add(results, "later page of " + name, values);
        }
        time(results, "a record and its hops", times, s -> {
            ledger.flow(s.id());
            ledger.hops(s.id());
        });
        time(results, "what was made from a record", times, s -> ledger.find(new FlowQuery(FlowFilter.madeFrom(s.id()), null, PAGE)));
        for (String name : List.of("everything", "contract: 8 %", "contract: 0.02 %", "text: a rare cause", "status: refused or dead")) {
            time(results, "facets of " + name, times, s -> ledger.facets(searches.get(name).apply(s)));
        }
        for (String name : List.of("everything", "contract: 8 %", "a day")) {
            time(results, "causes of " + name, times, s -> ledger.causes(searches.get(name).apply(s)));
        }
    }

    private void time(Results results, String name, int times, java.util.function.Consumer<LedgerFill.Sample> ask) {
        if (!names.matcher(name).find()) {
            return;
        }
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            LedgerFill.Sample sample = sample();
            long began = System.nanoTime();
            ask.accept(sample);
            values.add((System.nanoTime() - began) / 1e6);
        }
        add(results, name, values);
    }

    private static void add(Results results, String name, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            results.add(Figure.of(LedgerScenario.NAME, name, sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1), "ms p95").atMost(AIM_MS)
                    .note("p50", sorted.get((sorted.size() - 1) / 2)).note("of", sorted.size()));
        }
    }

    private LedgerFill.Sample sample() {
        return data.samples.get(random.nextInt(data.samples.size()));
    }

    private Set<String> subtree(String prefix) {
        return data.units.stream().filter(u -> u.startsWith(prefix)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void between(Draft filter, Instant until, int days) {
        filter.to = until;
        filter.from = until.minus(Duration.ofDays(days));
    }

    private static FlowFilter of(java.util.function.Consumer<Draft> fill) {
        Draft f = new Draft();
        fill.accept(f);
        return new FlowFilter(f.contract, f.key, f.statuses, f.units, f.plugin, f.route, f.causeCode, f.cause, f.from, f.to, f.text);
    }

    /** A filter of which few parts are given. */
    private static final class Draft {
        private String contract;
        private String key;
        private Set<FlowStatus> statuses;
        private Set<String> units;
        private String plugin;
        private String route;
        private String causeCode;
        private String cause;
        private Instant from;
        private Instant to;
        private String text;
    }
}
