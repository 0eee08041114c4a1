package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The people of a province: they answer, err, look at each other's answers and correct them, all over REST, and it is written down. */
final class ProvinceYear implements AutoCloseable {

    static final String MONTHLY = "bureau-monthly";
    static final String FORM = """
            title: {zh: 机关事务月报, en: The bureau's month}
            period: month
            respondents: {tag: bureau}
            deadline: {workdays: 5, at: "17:00"}
            review: [county, city, province]
            factors: {water: 3.5, power: 0.52}
            indicators:
              - {code: staff, kind: last, unit: 人, title: {zh: 在编人数, en: Staff}}
              - {code: visits, unit: 次, title: {zh: 接待批次, en: Visits}}
              - {code: water, precision: 2, unit: m³, title: {zh: 用水, en: Water}}
              - {code: power, precision: 2, unit: kWh, title: {zh: 用电, en: Electricity}}
              - {code: balance, precision: 2, signed: true, unit: 元, title: {zh: 结余, en: Balance}}
              - {code: peak, kind: max, precision: 1, optional: true, unit: kW, title: {zh: 最大负荷, en: Peak load}}
              - {code: price, kind: weighted, weight: power, precision: 4, optional: true, unit: 元/kWh, title: {zh: 电价, en: Price}}
              - {code: grade, kind: choice, choices: {1: {zh: 优, en: Good}, 2: {zh: 良, en: Fair}}, title: {zh: 自评, en: Own judgement}}
              - {code: cost, precision: 2, unit: 元, formula: water * factors.water + power * factors.power, title: {zh: 水电费, en: Utilities}}
              - {code: perHead, kind: ratio, numerator: cost, denominator: staff, precision: 2, unit: 元/人, title: {zh: 人均水电费, en: Utilities per head}}
            checks:
              - {id: staffed, check: staff > 0 or visits = 0, message: {zh: 有接待而无人员, en: Visits without staff}}
              - {id: jump, severity: soft, check: power <= previous.power * 3, message: {zh: 用电环比超两倍, en: Electricity tripled}}
            """;

    final Map<String, PlayedAnswer> played = new LinkedHashMap<>();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();
    private final Supplier<Rest> rest;
    private final Random random;
    private final ExecutorService threads = Executors.newFixedThreadPool(6);
    private final AtomicReference<Instant> now = new AtomicReference<>();
    private final YearUnits units;
    private final WorkDays workDays;

    ProvinceYear(Supplier<Rest> rest, YearUnits units, WorkDays workDays, Random random) {
        this.rest = rest;
        this.units = units;
        this.workDays = workDays;
        this.random = random;
    }

    /** What time it is; reviewers that are no more have handed their inbox over. */
    void it(Instant time) {
        now.set(time);
        LocalDate day = today();
        played.values().forEach(a -> {
            a.chain = units.chain(a.unit, PlayedPeriod.last(a.period), day);
            a.verdicts.replaceAll(v -> new PlayedAnswer.Verdict(v.version(), units.goesOn(v.reviewer(), day), v.due()));
        });
    }

    Instant now() {
        return now.get();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now.get(), ProvinceYearTest.ZONE);
    }

    /** A period that has been opened. */
    void expect(String form, String period, List<String> who, Instant due) {
        who.forEach(unit -> played.put(form + " " + period + " " + unit, new PlayedAnswer(form, period, unit, due, List.of())));
        it(now());
    }

    List<PlayedAnswer> of(PlayedPeriod period, Predicate<PlayedAnswer> which) {
        return played.values().stream().filter(a -> a.form.equals(period.form()) && a.period.equals(period.period())).filter(which).toList();
    }

    /** A share of some, chosen by chance. */
    List<PlayedAnswer> some(List<PlayedAnswer> of, int percent) {
        return of.stream().filter(a -> random.nextInt(100) < percent).toList();
    }

    /** What is done with one answer. */
    interface Deed {
        void of(PlayedAnswer answer, Random luck) throws Exception;
    }

    /** Everybody at the same time, each with chances of its own. */
    void all(List<PlayedAnswer> answers, Deed deed) throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (PlayedAnswer answer : answers) {
            Random luck = new Random(random.nextLong());
            work.add(() -> {
                deed.of(answer, luck);
                return null;
            });
        }
        for (Future<Void> one : threads.invokeAll(work)) {
            one.get();
        }
    }

    /** Hands in as people do: some try a wrong one first, some type a draft. */
    void answer(PlayedAnswer a, Random luck) throws Exception {
        boolean monthly = a.form.equals(MONTHLY);
        if (luck.nextInt(100) < 12) {
            wrong(a, luck, monthly);
        }
        Map<String, String> cells = monthly ? month(luck) : survey(luck);
        if (luck.nextInt(100) < 10) {
            call("PUT", a.path() + "/draft", JsonNodeFactory.instance.objectNode().set("values", values(cells)), 200);
            taken(a, cells, call("POST", a.path(), JsonNodeFactory.instance.objectNode().put("note", "按草稿"), 200));
        } else {
            taken(a, cells, handIn(a, cells, 200));
        }
    }

    void answer(PlayedAnswer a, Map<String, String> cells) throws Exception {
        taken(a, cells, handIn(a, cells, 200));
    }

    private static void taken(PlayedAnswer a, Map<String, String> cells, JsonNode submission) {
        assertThat(submission.path("version").asInt()).as(a.path()).isEqualTo(a.versions.size() + 1);
        a.versions.add(new PlayedAnswer.Version(Instant.parse(submission.path("at").asText()), cells));
    }

    /** The same values again: a version of its own only where they answer a return. */
    void standBy(PlayedAnswer a) throws Exception {
        Map<String, String> cells = a.versions.get(a.versions.size() - 1).cells();
        boolean counts = a.returned() != null;
        JsonNode submission = handIn(a, cells, 200);
        if (counts) {
            taken(a, cells, submission);
        } else {
            assertThat(submission.path("version").asInt()).as(a.path()).isEqualTo(a.versions.size());
        }
    }

    private void wrong(PlayedAnswer a, Random luck, boolean monthly) throws Exception {
        Map<String, String> cells = monthly ? month(luck) : survey(luck);
        Set<String> expected = new TreeSet<>();
        int kinds = 1 + luck.nextInt(15);
        if ((kinds & 1) != 0) {
            cells.put("water", "-1");
            expected.add("water null");
        }
        if ((kinds & 2) != 0) {
            cells.remove(monthly ? "balance" : "people");
            expected.add((monthly ? "balance" : "people") + " null");
        }
        if ((kinds & 4) != 0) {
            cells.put(monthly ? "grade" : "nature", "9");
            expected.add((monthly ? "grade" : "nature") + " null");
        }
        if ((kinds & 8) != 0) {
            if (monthly) {
                cells.put("staff", "0");
                cells.put("visits", "5");
                expected.addAll(List.of("staff staffed", "visits staffed"));
            } else {
                cells.put("serverRoom", "999999999");
                expected.addAll(List.of("serverRoom server-room", "electricity server-room"));
            }
        }
        JsonNode refused = handIn(a, cells, 422);
        refusals.incrementAndGet();
        assertThat(failures(refused)).as("%s: %s", a.path(), refused).isEqualTo(expected);
    }

    private static Set<String> failures(JsonNode refused) {
        return StreamSupport.stream(refused.path("failures").spliterator(), false).filter(f -> f.path("hard").asBoolean())
                .map(f -> f.path("cell").asText() + " " + f.path("rule").asText()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The period is locked: nothing is taken, whatever it says. */
    void lockedOut(PlayedAnswer a, Random luck) throws Exception {
        JsonNode refused = handIn(a, month(luck), 422);
        assertThat(refused.toString()).as(a.path()).contains("is locked");
        refusals.incrementAndGet();
    }

    /** Whoever's turn it is looks: most accept, some return. */
    void review(PlayedAnswer a, Random luck, int returns) throws Exception {
        String reviewer = a.waitsFor();
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("version", a.versions.size()).put("reviewer", reviewer);
        if (luck.nextInt(100) >= returns) {
            call("POST", a.path() + "/accept", body, 200);
            a.verdicts.add(new PlayedAnswer.Verdict(a.versions.size(), reviewer, null));
            return;
        }
        int days = 1 + luck.nextInt(3);
        ArrayNode reasons = body.put("workdays", days).putArray("reasons");
        reasons.addObject().put("cell", a.form.equals(MONTHLY) ? "power" : "electricity").put("text", "与电费单不符");
        JsonNode review = call("POST", a.path() + "/return", body, 200);
        Instant due = Instant.parse(review.path("due").asText());
        assertThat(due.atZone(ProvinceYearTest.ZONE).toLocalDate()).as("%d working days after %s", days, today())
                .isEqualTo(workDays.after(today(), days));
        a.verdicts.add(new PlayedAnswer.Verdict(a.versions.size(), reviewer, due));
    }

    void except(PlayedAnswer a, String kind, Instant until) throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("unit", a.unit).put("kind", kind).put("reason", "受灾");
        if (until != null) {
            body.put("until", until.toString());
        }
        call("POST", "/api/v1/forms/" + a.form + "/periods/" + a.period + "/exceptions", body, 200);
        a.excused |= kind.equals("EXCUSED");
        a.extended = kind.equals("EXTENDED") ? until : a.extended;
    }

    void lock(String form, String period, boolean locked) throws Exception {
        call("POST", "/api/v1/forms/" + form + "/periods/" + period + "/locks", JsonNodeFactory.instance.objectNode()
                .put("unit", YearUnits.PROVINCE).put("locked", locked).put("reason", "汇总上报"), 200);
    }

    private JsonNode handIn(PlayedAnswer a, Map<String, String> cells, int status) throws Exception {
        return call("POST", a.path(), JsonNodeFactory.instance.objectNode().set("values", values(cells)), status);
    }

    private static ObjectNode values(Map<String, String> cells) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        cells.forEach(values::put);
        return values;
    }

    private JsonNode call(String method, String path, JsonNode body, int status) throws IOException, InterruptedException {
        calls.incrementAndGet();
        Rest.Answer answer = rest.get().call(method, path, "application/json", Rest.JSON.writeValueAsBytes(body));
        assertThat(answer.status()).as("%s %s %s: %s", method, path, body, answer.body()).isEqualTo(status);
        return answer.body();
    }

    static Map<String, String> month(Random luck) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("staff", String.valueOf(5 + luck.nextInt(200)));
        cells.put("visits", String.valueOf(luck.nextInt(50)));
        cells.put("water", decimal(luck, 100_000, 2));
        cells.put("power", decimal(luck, 5_000_000, 2));
        cells.put("balance", (luck.nextBoolean() ? "-" : "") + decimal(luck, 9_000_000, 2));
        cells.put("grade", String.valueOf(1 + luck.nextInt(2)));
        if (luck.nextBoolean()) {
            cells.put("peak", decimal(luck, 9_000, 1));
        }
        if (luck.nextBoolean()) {
            cells.put("price", decimal(luck, 9_000, 4));
        }
        return cells;
    }

    static Map<String, String> survey(Random luck) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("nature", List.of("1", "21", "24").get(luck.nextInt(3)));
        cells.put("area", decimal(luck, 3_000_000, 2));
        cells.put("people", String.valueOf(1 + luck.nextInt(900)));
        cells.put("electricity", decimal(luck, 90_000_000, 2));
        cells.put("water", decimal(luck, 900_000, 2));
        for (String code : List.of("coal", "gas", "gasoline", "diesel", "heat", "other")) {
            if (luck.nextBoolean()) {
                cells.put(code, decimal(luck, 100_000, code.equals("heat") || code.equals("other") ? 3 : 2));
            }
        }
        return cells;
    }

    private static String decimal(Random luck, int below, int scale) {
        return BigDecimal.valueOf(1 + luck.nextInt(below), scale).toPlainString();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
