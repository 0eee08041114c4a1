package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The whole demonstration at once: seven systems send a month, and what they sent is told by the reports, from institution to
 * province, and by the site's own, which join them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SevenSystemsTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 2);
    private static final LocalDate LAST = MONTH.atEndOfMonth();
    private static final LocalDate FRIDAY = LocalDate.of(2026, 2, 27);
    private static final String WEEK = "2026-W09";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final List<String> PLUGINS = List.of("assets", "energy", "finance", "his", "hr", "kindergarten", "vehicle");

    /** When the meters are read. */
    private static LocalDate today;
    private static Site site;
    private static Rest rest;
    private static JsonNode hospitals;
    private static JsonNode rosters;
    private static JsonNode assets;
    private static JsonNode kindergartens;

    @BeforeAll
    static void everySystemSends() throws Exception {
        site = Site.create("seven");
        site.moveMeters();
        int year = LocalDate.now(ZONE).getYear();
        site.announce(year);
        site.announce(year + 1);
        site.runInBackground("demo", "meters");
        site.start();
        rest = site.rest();
        PLUGINS.forEach(p -> rest.awaitState(p, "RUNNING"));

        json("demo", "send-hl7", "--count", "3000", "--from", MONTH.atDay(1).toString(), "--to", LAST.toString(), "--json");
        hospitals = json("demo", "send-hl7", "--count", "3000", "--from", MONTH.atDay(1).toString(), "--to", LAST.toString(), "--expect");
        JsonNode vehicles = json("demo", "send-808", "--day", FRIDAY.toString(), "--json");
        assertThat(vehicles.at("/baseData/dispatches/accepted").asInt()).as(vehicles.toString()).isEqualTo(vehicles.at("/baseData/dispatches/items").asInt());
        json("demo", "send-finance", "--months", "1", "--to", MONTH.toString(), "--patience", "170", "--json");
        rosters = json("demo", "send-rosters", "--to", MONTH.toString(), "--patience", "170", "--json");
        assets = json("demo", "send-assets", "--month", MONTH.toString(), "--patience", "170", "--json");
        kindergartens = json("demo", "send-kindergarten", "--day", FRIDAY.toString(), "--json");

        for (LocalDate day = MONTH.atDay(1); !day.isAfter(LAST); day = day.plusDays(1)) {
            run("his/daily-summary", day);
        }
        run("his/monthly-report", LAST);
        run("vehicle/daily-figures", FRIDAY);
        run("kindergarten/weekly-figures", FRIDAY);
        run("assets/monthly-report", LAST);
        today = LocalDate.now(ZONE);
        run("energy/collect", today);
        run("energy/daily-consumption", today);
        for (String form : List.of("hospital-cost-monthly", "fuel-monthly")) {
            run("site/" + form, LAST);
        }
        run("site/energy-monthly", today);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void allSevenRunAndNoneIsInTrouble() throws Exception {
        assertThat(rest.get("/api/v1/plugins").path("plugins")).extracting(p -> p.path("id").asText() + " " + p.path("state").asText())
                .containsExactlyInAnyOrderElementsOf(PLUGINS.stream().map(p -> p + " RUNNING").toList());
        assertThat(rest.get("/api/v1/routes").path("routes")).allSatisfy(r ->
                assertThat(r.path("state").asText()).as(r.toString()).isEqualTo("Started"));
    }

    @Test
    @Order(2)
    void reportsOfTheSystemsAddUpToWhatWasSent() throws Exception {
        Map<String, JsonNode> day = addsUp("hospital-daily", LAST.toString(), 24);
        Map<String, JsonNode> month = addsUp("hospital-monthly", MONTH.toString(), 24);
        assertThat(value(month, "510000", "outpatientVisits")).isEqualByComparingTo(sent("outpatientVisits")).isPositive();
        assertThat(value(month, "510000", "discharges")).isEqualByComparingTo(sent("discharges")).isPositive();
        JsonNode last = hospitals.path("days").get(hospitals.path("days").size() - 1);
        assertThat(value(day, "510000", "admissions")).isEqualByComparingTo(last.at("/total/admissions").decimalValue());

        assertThat(value(addsUp("vehicle-daily", FRIDAY.toString(), 8), "510000", "km")).isPositive();
        assertThat(value(addsUp("finance-monthly", MONTH.toString(), 16), "510000", "total")).isPositive();

        await().untilAsserted(() -> {
            Map<String, JsonNode> heads = addsUp("headcount", MONTH.toString(), 10);
            rosters.path("expected").properties().forEach(unit -> assertThat(List.of("total", "joined", "left", "retired"))
                    .allSatisfy(code -> assertThat(value(heads, unit.getKey(), code)).as(unit.getKey() + " " + code)
                            .isEqualByComparingTo(unit.getValue().get(List.of("total", "joined", "left", "retired").indexOf(code)).decimalValue())));
        });

        Map<String, JsonNode> week = addsUp("kindergarten-weekly", WEEK, 12);
        kindergartens.path("expected").properties().forEach(e -> assertThat(value(week, "510000", e.getKey())).as(e.getKey())
                .isEqualByComparingTo(e.getValue().decimalValue()));

        Map<String, JsonNode> things = addsUp("assets-monthly", MONTH.toString(), assets.path("units").size());
        assets.path("total").properties().forEach(e -> assertThat(value(things, "510000", e.getKey())
                .setScale(e.getValue().decimalValue().scale(), RoundingMode.HALF_UP)).as(e.getKey()) // ratios are told as they are shown
                .isEqualByComparingTo(e.getValue().decimalValue()));

        assertThat(value(addsUp("energy-daily", today.toString(), 12), "510000", "meters")).isPositive();
    }

    @Test
    @Order(3)
    void aHospitalsCostIsItsBooksBesideItsDays() throws Exception {
        await().untilAsserted(() -> addsUp("hospital-cost-monthly", MONTH.toString(), 8));
        Map<String, JsonNode> cost = addsUp("hospital-cost-monthly", MONTH.toString(), 8);
        Map<String, JsonNode> books = addsUp("finance-monthly", MONTH.toString(), 16);
        Map<String, JsonNode> treated = addsUp("hospital-monthly", MONTH.toString(), 24);
        for (String unit : List.of("510104-H01", "510302-H01", "513401-H01")) {
            assertThat(value(cost, unit, "expense")).as(unit).isEqualByComparingTo(value(books, unit, "total"));
            assertThat(value(cost, unit, "visits")).as(unit).isEqualByComparingTo(value(treated, unit, "outpatientVisits"));
        }
        assertThat(value(cost, "510000", "perVisit").doubleValue()).isEqualTo(
                value(cost, "510000", "expense").doubleValue() / value(cost, "510000", "visits").doubleValue(), within(0.01));
        // The others have no books: that is told.
        assertThat(rest.flows("site.gap.v1")).extracting(f -> f.path("key").asText())
                .contains("510106-H01|hospital-cost-monthly|" + MONTH);
    }

    @Test
    @Order(4)
    void refuellingsAreWhatTheBooksSay() throws Exception {
        await().untilAsserted(() -> addsUp("fuel-monthly", MONTH.toString(), 8));
        Map<String, JsonNode> fuel = addsUp("fuel-monthly", MONTH.toString(), 8);
        assertThat(value(fuel, "510000", "refuellings").intValue()).isEqualTo(8 * 6);
        assertThat(value(fuel, "510000", "booked")).isEqualByComparingTo(value(fuel, "510000", "refuelled")).isPositive();
        assertThat(value(fuel, "510000", "matched")).isEqualByComparingTo(value(fuel, "510000", "refuelled"));
        assertThat(value(fuel, "510000", "differences")).isZero();
    }

    @Test
    @Order(5)
    void kindergartensAreComparedWithTheBooksOfFinance() throws Exception {
        // Platforms may send their books themselves, too; what finance's cards say has gone through the site's route.
        assertThat(rest.get("/api/v1/routes").path("routes")).filteredOn(r -> r.path("id").asText().equals("kindergarten-book")).singleElement()
                .satisfies(r -> assertThat(r.path("done").asInt()).as(r.toString()).isPositive());
        assertThat(rest.flows("kindergarten.book.v1")).anySatisfy(f -> assertThat(f.path("key").asText()).startsWith("510104-K01|"));
        assertThat(rest.flows("kindergarten.reconciliation.v1")).extracting(f -> f.path("unit").asText()).contains("510104-K01");
    }

    @Test
    @Order(6)
    void theProvincesEnergyIsKnownByMonth() throws Exception {
        Map<String, JsonNode> energy = addsUp("energy-monthly", YearMonth.from(today).toString(), 12);
        Map<String, JsonNode> day = addsUp("energy-daily", today.toString(), 12);
        for (String unit : List.of("510000", "510100", "510104", "510104-G01")) {
            assertThat(value(energy, unit, "electricity")).as(unit).isEqualByComparingTo(value(day, unit, "electricity"));
            assertThat(value(energy, unit, "people")).as(unit).isEqualByComparingTo(value(day, unit, "people")).isPositive();
        }
    }

    @Test
    @Order(7)
    void aLeaversDispatchOrderIsRefused() throws Exception {
        // The first driver of each county has retired by the roster of the month's last day.
        await().untilAsserted(() -> assertThat(rest.flows("vehicle.driver-service.v1")).extracting(f -> f.path("key").asText())
                .contains("510104-F01/0007|" + LAST));
        HttpResponse<String> refused = order("D01", LAST.plusDays(2));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("driver-not-valid");
        assertThat(order("D02", LAST.plusDays(2)).statusCode()).isEqualTo(200);
        assertThat(order("D01", LAST.minusDays(1)).statusCode()).as("before they left").isEqualTo(200);
    }

    @Test
    @Order(8)
    void everySystemsFormIsOneOfTheEngine() throws Exception {
        Map<String, JsonNode> forms = new HashMap<>();
        rest.get("/api/v1/forms").path("forms").forEach(f -> forms.put(f.path("id").asText(), f));
        for (String id : List.of("hospital-daily", "hospital-monthly", "vehicle-daily", "finance-monthly", "headcount", "kindergarten-weekly", "assets-monthly",
                "energy-daily", "energy-monthly", "energy-survey-quarter", "energy-survey-year", "fuel-monthly", "hospital-cost-monthly")) {
            JsonNode form = forms.get(id);
            assertThat(form).as(id).isNotNull();
            assertThat(form.path("deadline").isObject()).as("%s has a deadline", id).isTrue();
            assertThat(form.path("checks")).as(id).isNotEmpty().allSatisfy(c -> assertThat(c.at("/message/zh").asText()).isNotEqualTo(c.at("/message/en").asText()));
            assertThat(form.path("indicators")).as(id).allSatisfy(i -> assertThat(i.at("/title/zh").asText()).isNotEmpty()
                    .isNotEqualTo(i.at("/title/en").asText()));
            assertThat(form.path("review").isEmpty()).as("%s: a day is looked at in its month", id).isEqualTo(form.path("period").asText().equals("day"));
            if (form.path("indicators").size() > 15 && !id.equals("energy-monthly")) {
                assertThat(form.path("sections").size()).as(id).isGreaterThan(1);
            }
        }
    }

    @Test
    @Order(9)
    void whatIsMadeFromRecordsIsAnAnswerAsAnyOther() throws Exception {
        String day = "/api/v1/submissions/hospital-daily/" + LAST + "/510104-H01";
        JsonNode answer = rest.get(day);
        assertThat(answer.at("/standing/state").asText()).isEqualTo("ACCEPTED");
        assertThat(answer.at("/submissions/0/by/door").asText()).isEqualTo("route");
        JsonNode record = rest.get("/api/v1/records/" + answer.at("/submissions/0/record").asText());
        assertThat(record.toString()).as("the cell opens into its record").contains("his.daily.v1").contains("510104-H01|" + LAST);

        String month = "/api/v1/submissions/hospital-monthly/" + MONTH + "/510104-H01";
        assertThat(rest.get(month).at("/standing/waitsFor").asText()).isEqualTo("510104");
        rest.post(month + "/return", """
                {"version": 1, "reviewer": "510104", "workdays": 2, "reasons": [{"cell": "discharges", "text": "与病案室不符"}]}""");
        run("his/monthly-report", LAST);
        assertThat(rest.get(month).at("/standing/state").asText()).as("the same figures once more are no answer").isEqualTo("RETURNED");

        ObjectNode values = rest.get(month).at("/submissions/0/values").deepCopy();
        values.put("outpatientVisits", values.path("outpatientVisits").asInt() + 1);
        JsonNode corrected = rest.post(month, Rest.JSON.createObjectNode().put("note", "病案室核对").set("values", values).toString());
        assertThat(corrected.path("version").asInt()).isEqualTo(2);
        assertThat(corrected.path("warnings")).as("it differs from its days").extracting(w -> w.path("rule").asText()).contains("days-visits");
        run("his/monthly-report", LAST);
        assertThat(rest.get(month).path("submissions")).as("a correction by hand stays").hasSize(2);
        for (String reviewer : List.of("510104", "510100", "510000")) {
            rest.post(month + "/accept", "{\"version\": 2, \"reviewer\": \"" + reviewer + "\"}");
        }
        assertThat(rest.get(month).at("/standing/state").asText()).isEqualTo("ACCEPTED");
        for (String each : List.of("headcount/" + MONTH + "/510104-F01", "finance-monthly/" + MONTH + "/510104-F01", "kindergarten-weekly/" + WEEK + "/510104-K01",
                "vehicle-daily/" + FRIDAY + "/510104-V01", "energy-daily/" + today + "/510104-G01", "energy-monthly/" + YearMonth.from(today) + "/510104-G01",
                "fuel-monthly/" + MONTH + "/510104-V01", "hospital-cost-monthly/" + MONTH + "/510104-H01")) {
            JsonNode made = rest.get("/api/v1/submissions/" + each);
            assertThat(made.path("submissions")).as(each).isNotEmpty();
            assertThat(made.at("/submissions/0/by/door").asText()).as(each).isEqualTo("route");
            assertThat(made.at("/standing/state").asText()).as(each).isEqualTo(each.contains("-daily/") ? "ACCEPTED" : "IN_REVIEW");
        }
    }

    private static HttpResponse<String> order(String driver, LocalDate day) throws IOException, InterruptedException {
        String token = Files.readString(site.home.resolve("config/plugins/vehicle.token")).strip();
        String order = """
                {"unit": "510104-V01", "order": "T-%1$s-%2$s", "vehicle": "川AY1001", "driver": "%1$s", "from": "%2$sT09:00:00+08:00",
                 "until": "%2$sT12:00:00+08:00", "status": "approved", "updatedAt": "%2$sT08:00:00+08:00"}""".formatted(driver, day);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.httpPort("vehicle") + "/dispatches"))
                .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofString(order)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A report's totals by unit, each of which is the sum of its parts, down to those who answered. */
    private static Map<String, JsonNode> addsUp(String form, String period, int answers) throws IOException, InterruptedException {
        JsonNode report = rest.get("/api/v1/reports/" + form + "/" + period + "?unit=510000");
        assertThat(report.at("/total/received").asInt()).as("%s %s", form, period).isEqualTo(answers);
        Map<String, JsonNode> units = new HashMap<>();
        index(report.path("total"), units);
        assertThat(units.values()).as(form).extracting(u -> u.at("/unit/level").asText()).contains("PROVINCE", "CITY", "COUNTY", "INSTITUTION");
        units.values().stream().filter(t -> !t.path("parts").isEmpty()).forEach(total -> report.path("indicators").forEach(indicator -> {
            String code = indicator.path("code").asText();
            if (!List.of("sum", "last").contains(indicator.path("kind").asText())) {
                return;
            }
            BigDecimal sum = BigDecimal.ZERO;
            for (JsonNode part : total.path("parts")) {
                sum = sum.add(part.path("values").path(code).decimalValue());
            }
            assertThat(total.path("values").path(code).decimalValue()).as("%s %s of %s", form, code, total.at("/unit/code").asText())
                    .isEqualByComparingTo(sum);
        }));
        return units;
    }

    private static void index(JsonNode total, Map<String, JsonNode> units) {
        units.put(total.at("/unit/code").asText(), total);
        total.path("parts").forEach(part -> index(part, units));
    }

    private static BigDecimal value(Map<String, JsonNode> units, String unit, String code) {
        assertThat(units).containsKey(unit);
        return units.get(unit).path("values").path(code).decimalValue();
    }

    private static BigDecimal sent(String figure) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode day : hospitals.path("days")) {
            sum = sum.add(day.path("total").path(figure).decimalValue());
        }
        return sum;
    }

    private static void run(String schedule, LocalDate day) throws IOException, InterruptedException {
        JsonNode occurrence = rest.post("/api/v1/schedules/" + schedule + "/run", "{\"day\": \"" + day + "\"}");
        assertThat(occurrence.path("state").asText()).as(occurrence.toString()).isEqualTo("DONE");
    }

    private static JsonNode json(String... arguments) throws Exception {
        return Rest.JSON.readTree(site.yuzui(arguments).ok().out());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(500));
    }
}
