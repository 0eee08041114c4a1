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
import java.util.function.BiConsumer;
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
        search("key", (f, s) -> f.key(s.key()));
        search("key prefix: an institution", (f, s) -> f.key(s.unit() + "|"));
        search("key prefix: ten thousand records", (f, s) -> f.key(s.key().substring(0, s.key().length() - 3)));
        search("unit: an institution", (f, s) -> f.units(Set.of(s.unit())));
        search("unit: a county", (f, s) -> f.units(subtree(s.unit().substring(0, 6))));
        search("unit: a city", (f, s) -> f.units(subtree(s.unit().substring(0, 4))));
        search("unit: the province", (f, s) -> f.units(subtree("51")));
        search("contract: 8 %", (f, s) -> f.contract("his.visit.v1"));
        search("contract: 0.02 %", (f, s) -> f.contract("assets.stock.v1"));
        search("plugin: 41 %", (f, s) -> f.plugin("vehicle"));
        search("plugin: 0.4 %", (f, s) -> f.plugin("assets"));
        search("plugin that is not there", (f, s) -> f.plugin("nobody"));
        search("route: 0.08 %", (f, s) -> f.route("write-setpoint"));
        search("status: delivered", (f, s) -> f.status(FlowStatus.DELIVERED));
        search("status: refused or dead", (f, s) -> f.status(FlowStatus.REFUSED, FlowStatus.DEAD));
        search("status: retrying, 0.01 %", (f, s) -> f.status(FlowStatus.RETRYING));
        search("status: settled", (f, s) -> f.status(FlowStatus.SETTLED));
        search("status: accepted, 0.6 %", (f, s) -> f.status(FlowStatus.ACCEPTED));
        search("cause code", (f, s) -> f.causeCode(LedgerFill.CAUSES.get(random.nextInt(8))[0]));
        search("cause group", (f, s) -> f.cause("%016x".formatted(LedgerFill.print(random.nextInt(8)))));
        search("a day", (f, s) -> before(f, s.at(), 1));
        search("text: one source id", (f, s) -> f.text(s.sourceId()));
        search("text: a frequent cause", (f, s) -> f.text("not mapped"));
        search("text: a rare cause", (f, s) -> f.text("byte " + random.nextInt(100_000)));
        search("text: Chinese", (f, s) -> f.text("借贷不平"));
        search("text: two Chinese characters", (f, s) -> f.text("借贷"));
        search("text: in every key", (f, s) -> f.text("V2026"));
        search("text: nowhere", (f, s) -> f.text("no such text " + random.nextInt()));
        search("field: one record", (f, s) -> f.fields(Map.of("visit", s.visit())));
        search("field: fifty records", (f, s) -> f.fields(Map.of("asset", "A" + random.nextInt(200_000))));
        search("field: every fifth", (f, s) -> f.fields(Map.of("state", "s" + random.nextInt(5))));
        search("field: no record", (f, s) -> f.fields(Map.of("visit", "V" + random.nextLong())));
        search("two fields", (f, s) -> f.fields(Map.of("asset", "A" + random.nextInt(200_000), "state", "s1")));
        search("contract, county and month", (f, s) -> before(f.contract("his.visit.v1").units(subtree(s.unit().substring(0, 6))), s.at(), 30));
        search("rare contract and county", (f, s) -> f.contract("assets.movement.v1").units(subtree(s.unit().substring(0, 6))));
        search("refused, contract and cause text", (f, s) -> f.contract("his.visit.v1").status(FlowStatus.REFUSED).text("charset"));
        search("dead, of a city, this week", (f, s) -> before(f.status(FlowStatus.DEAD).units(subtree(s.unit().substring(0, 4))), LedgerFill.END, 7));
        search("frequent contract, no match by text", (f, s) -> f.contract("vehicle.position.v1").text("nothing like it"));
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

    private static FlowFilter.Builder before(FlowFilter.Builder filter, Instant until, int days) {
        return filter.between(until.minus(Duration.ofDays(days)), until);
    }

    private void search(String name, BiConsumer<FlowFilter.Builder, LedgerFill.Sample> fill) {
        searches.put(name, sample -> {
            FlowFilter.Builder filter = FlowFilter.where();
            fill.accept(filter, sample);
            return filter.build();
        });
    }
}
