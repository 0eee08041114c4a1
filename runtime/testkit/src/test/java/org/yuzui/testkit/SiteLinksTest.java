package org.yuzui.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.RecordQuery;
import org.yuzui.reporting.Period;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.testkit.Patience.await;

/** The site's routes between systems, as they are shipped, in a real hub with the systems' contracts. Each test has a month of its own. */
class SiteLinksTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Path ROOT = Path.of("../..");
    private static final String UNITS = """
            code,name,level,parent
            510000,四川省,province,
            510100,成都市,city,510000
            510104,锦江区,county,510100
            510105,青羊区,county,510100
            510104-H01,医院,institution,510104
            510105-H01,医院,institution,510105
            510104-G01,办公楼,institution,510104
            510104-F01,服务中心,institution,510104
            510105-F01,服务中心,institution,510105
            510104-V01,用车平台,institution,510104
            510104-K01,幼儿园,institution,510104
            """;

    @RegisterExtension
    static final HubExtension HUB = hub();

    private static HubExtension hub() {
        HubExtension hub = HubExtension.of().file("config/org/units.csv", UNITS);
        for (String id : List.of("his", "finance", "hr", "vehicle", "kindergarten", "energy")) {
            PluginJar jar = PluginJar.of(id, "1.0.0");
            files(ROOT.resolve("plugins/" + id + "/hub/contracts")).forEach(f -> jar.file("contracts/" + f.getFileName(), read(f)));
            hub = hub.plugin(jar);
        }
        for (String folder : List.of("config/contracts", "config/rules", "config/schedules", "config/forms", "routes")) {
            for (Path file : files(ROOT.resolve(folder))) {
                hub = hub.file(folder + "/" + file.getFileName(), slow(read(file).replace("linger: 1000", "linger: 0")));
            }
        }
        return hub;
    }

    /** Between what a month is worked out from and what comes of it others get their turn, as on a slow machine. */
    private static String slow(String route) {
        return route.replaceFirst("( +)(- to: direct:[a-z-]+-basis\n)( +- loop:)", "$1$2$1- delay: {constant: 150}\n$3");
    }

    @BeforeAll
    static void allOfThemRun() {
        long written = files(ROOT.resolve("routes")).stream().flatMap(f -> read(f).lines()).filter(l -> l.equals("- route:")).count();
        await().untilAsserted(() -> assertThat(HUB.get("/routes").path("routes")).hasSize((int) written).allSatisfy(r ->
                assertThat(r.path("state").asText()).as(r.toString()).isEqualTo("Started")));
    }

    @Test
    void aHospitalsCostWaitsForAllOfItsDaysAndItsBooks() {
        YearMonth month = YearMonth.of(2026, 2);
        for (int day = 1; day < 28; day++) {
            hospitalDay(month.atDay(day), 10, 1);
        }
        expense("510104-H01", "book", month, "1000000.10");
        run("hospital-cost-monthly", month);

        // One lacks a day, the other everything: both are told, neither is zero.
        await().untilAsserted(() -> assertThat(gap("510104-H01", "hospital-cost-monthly", month))
                .isEqualTo(json("{'state': 'open', 'missing': ['2026-02-28'], 'revision': 1}")));
        await().untilAsserted(() -> assertThat(gap("510105-H01", "hospital-cost-monthly", month).path("missing")).hasSize(29)
                .extracting(JsonNode::asText).contains("ledger", "2026-02-01"));
        assertThat(HUB.hub().reports().total("hospital-cost-monthly", period(month), "510000").received()).isZero();

        hospitalDay(month.atDay(28), 12, 2);
        await().untilAsserted(() -> assertValues("hospital-cost-monthly", month, "510000",
                Map.of("expense", "1000000.10", "visits", "282", "discharges", "29", "cases", "311")));
        await().untilAsserted(() -> assertThat(gap("510104-H01", "hospital-cost-monthly", month).path("state").asText()).isEqualTo("closed"));

        // Books in two sets, and a day put right: the next version; the same again is none.
        expense("510104-H01", "second", month, "0.01");
        hospitalDay(month.atDay(3), 20, 1);
        await().untilAsserted(() -> assertValues("hospital-cost-monthly", month, "510104", Map.of("expense", "1000000.11", "visits", "292")));
        int versions = versions("hospital-cost-monthly", month);
        run("hospital-cost-monthly", month);
        assertThat(versions("hospital-cost-monthly", month)).isEqualTo(versions);
        assertThat(gap("510104-H01", "hospital-cost-monthly", month).path("revision").asInt()).isEqualTo(2);
    }

    @Test
    void whoeverAnswersLastHasSeenTheDaysAndTheBooks() {
        for (int n = 0; n < 12; n++) {
            YearMonth month = YearMonth.of(2025, 1).plusMonths(n);
            for (int day = 1; day <= month.lengthOfMonth(); day++) {
                hospitalDay(month.atDay(day), 10, 1);
            }
            expense("510104-H01", "book", month, "1000000.10");
            run("hospital-cost-monthly", month);

            // Both are at the month at the same time now, and each sees the other's correction or not.
            expense("510104-H01", "second", month, "0.01");
            hospitalDay(month.atDay(3), 20, 1);

            await().untilAsserted(() -> assertValues("hospital-cost-monthly", month, "510104",
                    Map.of("expense", "1000000.11", "visits", Integer.toString(month.lengthOfMonth() * 10 + 10))));
        }
    }

    @Test
    void aMonthOfEnergyCountsChargingOnceAndTellsTheDaysThatLack() {
        YearMonth month = YearMonth.of(2026, 4);
        energy(month.atDay(1), "electricity", "100.1", "'kgce': 12.30229, 'kgCO2': 15.65564, 'people': 50, 'area': 2000.5");
        energy(month.atDay(1), "charging", "30.5", "'behindMeter': 20.5, 'kgce': 1.229, 'kgCO2': 1.564");
        energy(month.atDay(1), "water", "7.25", "'people': 50, 'area': 2000.5");
        run("energy-monthly", month);
        await().untilAsserted(() -> assertValues("energy-monthly", month, "510000", Map.of("electricity", "100.1", "charging", "30.5",
                "water", "7.25", "kgce", "13.53129", "kgCO2", "17.21964", "people", "50", "area", "2000.5", "missingDays", "29")));
        assertThat(gap("510104-G01", "energy-monthly", month).path("missing")).hasSize(29);

        for (int day = 2; day <= 30; day++) {
            energy(month.atDay(day), "electricity", "1", "'kgce': 0.1229, 'kgCO2': 0.1564, 'people': 52, 'area': 2000.5");
        }
        await().untilAsserted(() -> assertValues("energy-monthly", month, "510104", Map.of("electricity", "129.1", "kgce", "17.09539",
                "people", "52", "missingDays", "0")));
        await().untilAsserted(() -> assertThat(gap("510104-G01", "energy-monthly", month).path("state").asText()).isEqualTo("closed"));
        energy(month.atDay(9), "electricity", "2.5", "'kgce': 0.30725, 'kgCO2': 0.391, 'people': 52, 'area': 2000.5");
        await().untilAsserted(() -> assertValues("energy-monthly", month, "510104", Map.of("electricity", "130.6", "kgce", "17.27974")));
    }

    @Test
    void aMonthThatIsGoingOnIsNotHandedInUnasked() {
        YearMonth month = YearMonth.of(2026, 6);
        energy(month.atDay(1), "electricity", "5", "'kgce': 0.6145");
        energy(YearMonth.of(2026, 5).atDay(31), "electricity", "6", "'kgce': 0.7374");

        await().untilAsserted(() -> assertValues("energy-monthly", YearMonth.of(2026, 5), "510000", Map.of("electricity", "6")));
        assertThat(HUB.hub().reports().total("energy-monthly", period(month), "510000").received()).isZero();
    }

    @Test
    void refuellingsAndBooksAreMatchedByVoucherOrAmountAndWhatDiffersIsToldUntilItDiffersNoMore() {
        YearMonth month = YearMonth.of(2026, 3);
        refuel(month.atDay(4), "30.00", "235.80", "'voucher': '101'");
        refuel(month.atDay(8), "40.00", "314.40", "'voucher': '102'");
        refuel(month.atDay(12), "20.00", "157.20", "'station': 'x'");
        refuel(month.atDay(30), "10.00", "78.60", "'station': 'x'");
        refuel(month.atDay(20), "50.00", "393.00", "'station': 'x'");
        voucher(month.atDay(4), "101", "235.80");
        voucher(month.atDay(9), "102", "314.41");
        voucher(month.atDay(15), "103", "157.20");
        voucher(month.plusMonths(1).atDay(2), "001", "78.60");
        voucher(month.atDay(25), "104", "99.99");
        run("fuel-monthly", month);
        await().untilAsserted(() -> assertThat(gap("510104-V01", "fuel-monthly", month).path("missing").toString()).isEqualTo("[\"ledger\"]"));
        assertThat(HUB.hub().reports().total("fuel-monthly", period(month), "510000").received()).isZero();

        expense("510104-F01", "book", month, "5000.00");
        await().untilAsserted(() -> assertValues("fuel-monthly", month, "510000", Map.of("refuellings", "5", "litres", "150",
                "refuelled", "1179.00", "booked", "807.40", "matched", "471.60", "notBooked", "393", "notRefuelled", "99.99", "differences", "3")));
        assertThat(differences(month, "open")).containsExactlyInAnyOrder("amount-differs 记-102 314.4 314.41",
                "not-booked 川AY1001 2026-03-20T10:00:00+08:00 393 0", "not-refuelled 记-104 0 99.99");

        // The books are put right: one by its amount, one is booked late.
        voucher(month.atDay(9), "102", "314.40");
        voucher(month.atDay(21), "105", "393.00");
        await().untilAsserted(() -> assertThat(differences(month, "open")).containsExactly("not-refuelled 记-104 0 99.99"));
        assertThat(differences(month, "settled")).hasSize(2);
        await().untilAsserted(() -> assertValues("fuel-monthly", month, "510104", Map.of("matched", "1179.00", "differences", "1")));

        // And wrong again as before: that is told again.
        voucher(month.atDay(9), "102", "314.42");
        await().untilAsserted(() -> assertThat(differences(month, "open")).hasSize(2).contains("amount-differs 记-102 314.4 314.42"));
    }

    @Test
    void whoeverMatchesWithBooksOfBeforeSettlesNothingThatSomebodyElseHasTold() {
        for (int n = 1; n <= 12; n++) {
            YearMonth month = YearMonth.of(2025, n);
            // Each of these has the month matched, by three subscriptions that are at it at the same time.
            for (int day = 1; day <= 5; day++) {
                refuel(month.atDay(day), "50.00", "39" + day + ".00", "'station': 'x'");
                voucher(month.atDay(day + 10), "2" + day, "5" + day + ".99");
                expense("510104-F01", "book", month, "5000.0" + day);
            }
            await().untilAsserted(() -> assertThat(differences(month, "open")).hasSize(10));
        }
        assertThat(HUB.hub().records().store().find(RecordQuery.of("site.fuel-difference.v1").among(RecordQuery.Among.ANY, RecordQuery.Give.MATCHES)))
                .extracting(r -> r.body()).filteredOn(r -> r.path("month").asText().startsWith("2025")).extracting(r -> r.path("state").asText())
                .containsOnly("open");
    }

    @Test
    void whoLeavesARosterDrivesNoMoreAndWhoComesBackDrivesAgain() {
        change("510104-F01", "0007", 2, "left", "2026-10-31", "");
        change("510104-F01", "0008", 2, "retired", "2026-10-31", "");
        change("510104-F01", "0009", 3, "returned", "2026-10-31", "");
        change("510104-F01", "0010", 4, "moved", "2026-10-31", ", 'toDepartment': 'x'");
        change("510104-F01", "0007", 3, "returned", "2026-10-31", "");
        person("510104-F01", "0100", "00000000000000aa", 1);
        change("510105-F01", "0200", 1, "moved", "2026-11-01", ", 'fromUnit': '510104-F01'");
        person("510105-F01", "0200", "00000000000000aa", 1);

        await().untilAsserted(() -> assertThat(latest("vehicle.driver-service.v1")).extracting(r -> r.path("unit").asText() + " "
                + r.path("person").asText() + " " + r.path("day").asText() + " " + r.path("kind").asText() + " " + r.path("reason").asText())
                .containsExactlyInAnyOrder("510104-F01 510104-F01/0007 2026-10-31 began returned", "510104-F01 510104-F01/0008 2026-10-31 ended retired",
                        "510104-F01 510104-F01/0009 2026-10-31 began returned", "510105-F01 510105-F01/0200 2026-11-01 began moved",
                        "510104-F01 510104-F01/0100 2026-11-01 ended moved"));
    }

    @Test
    void kindergartensCardsAreWhatTheirScansAreComparedWith() {
        card("510104-K01", "K-1", "'location': '" + "园".repeat(200) + "', 'acquiredOn': '2024-01-02', 'state': 'lent'", "12345678901234.56");
        card("510104-K01", "K-2", "'state': 'disposed'", "1");
        card("510104-F01", "F-1", "'state': 'in-use'", "1");

        await().untilAsserted(() -> assertThat(latest("kindergarten.book.v1")).hasSize(2));
        assertThat(latest("kindergarten.book.v1").get(0)).isEqualTo(json("{'unit': '510104-K01', 'asset': 'K-1', 'name': '桌', 'category': 'A02',"
                + " 'quantity': 1, 'originalValue': 12345678901234.56, 'acquiredOn': '2024-01-02', 'location': '" + "园".repeat(120)
                + "', 'state': 'in-use'}"));
        assertThat(latest("kindergarten.book.v1").get(1).path("state").asText()).isEqualTo("disposed");
    }

    private static void hospitalDay(LocalDate day, int visits, int discharges) {
        publish("his.daily.v1", ("{'unit': '510104-H01', 'day': '%s', 'outpatientVisits': %d, 'admissions': 1, 'discharges': %d, 'bedsOpen': 9,"
                + " 'bedsOccupied': 5, 'dischargedBedDays': 3}").formatted(day, visits, discharges));
    }

    private static void expense(String unit, String book, YearMonth month, String total) {
        publish("finance.expense.v1", ("{'unit': '%s', 'book': '%s', 'year': %d, 'period': %d, 'month': '%s', 'day': '%s', 'categories': [],"
                + " 'total': %s}").formatted(unit, book, month.getYear(), month.getMonthValue(), month, month.atEndOfMonth(), total));
    }

    private static void energy(LocalDate day, String kind, String consumption, String more) {
        publish("energy.daily.v1", ("{'unit': '510104-G01', 'kind': '%s', 'day': '%s', 'measure': 'kWh', 'consumption': %s, 'night': 0, 'meters': 1,"
                + " 'incomplete': 0, 'complete': true, 'factors': 'x', 'anomalies': [], %s}").formatted(kind, day, consumption, more));
    }

    private static void refuel(LocalDate day, String litres, String amount, String more) {
        publish("vehicle.refuel.v1", "{'unit': '510104-V01', 'plate': '川AY1001', 'litres': %s, 'amount': %s, 'at': '%sT10:00:00+08:00', 'day': '%s', %s}"
                .formatted(litres, amount, day, day, more));
    }

    private static void voucher(LocalDate day, String number, String amount) {
        publish("finance.voucher.v1", ("{'unit': '510104-F01', 'book': 'book', 'year': %d, 'period': %d, 'type': '记', 'number': '%s', 'date': '%s',"
                + " 'posted': true, 'void': false, 'debit': %s, 'credit': %s, 'lines': [{'account': '50011201', 'category': '30231', 'item': 'fuel',"
                + " 'debit': %s, 'credit': 0}, {'account': '1002', 'debit': 0, 'credit': %s}]}")
                .formatted(day.getYear(), day.getMonthValue(), number, day, amount, amount, amount, amount));
    }

    private static void change(String unit, String person, int revision, String kind, String day, String more) {
        publish("hr.change.v1", "{'unit': '%s', 'person': '%s', 'revision': %d, 'kind': '%s', 'day': '%s', 'category': 'worker'%s}"
                .formatted(unit, person, revision, kind, day, more));
    }

    private static void person(String unit, String number, String identity, int revision) {
        publish("hr.person.v1", ("{'unit': '%s', 'person': '%s', 'slice': '00', 'name': '示例', 'category': 'worker', 'state': 'active',"
                + " 'asOf': '2026-10-31', 'identity': '%s', 'revision': %d}").formatted(unit, number, identity, revision));
    }

    private static void card(String unit, String asset, String more, String value) {
        publish("finance.asset.v1", "{'unit': '%s', 'asset': '%s', 'book': 'b', 'name': '桌', 'category': 'A02', 'quantity': 1, 'originalValue': %s, %s}"
                .formatted(unit, asset, value, more));
    }

    private static void run(String schedule, YearMonth month) {
        assertThat(HUB.hub().scheduler().run("site/" + schedule, month.atEndOfMonth()).state().name()).isEqualTo("DONE");
    }

    private static void assertValues(String form, YearMonth month, String unit, Map<String, String> expected) {
        Map<String, BigDecimal> values = HUB.hub().reports().total(form, period(month), unit).values();
        expected.forEach((code, value) -> assertThat(values.get(code)).as(code).isEqualByComparingTo(value));
    }

    private static int versions(String form, YearMonth month) {
        return HUB.get("/reports/" + form + "/" + month + "?unit=510104-H01").at("/total/submissions/0/version").asInt();
    }

    private static List<String> differences(YearMonth month, String state) {
        return latest("site.fuel-difference.v1").stream().filter(r -> r.path("month").asText().equals(month.toString())
                && r.path("state").asText().equals(state)).map(r -> r.path("kind").asText() + " " + r.path("ref").asText() + " "
                + r.path("refuelled").asText() + " " + r.path("booked").asText()).toList();
    }

    private static JsonNode gap(String unit, String form, YearMonth month) {
        List<JsonNode> gaps = HUB.hub().records().store().find(RecordQuery.byKey("site.gap.v1", unit + "|" + form + "|" + month)).stream()
                .map(r -> r.body()).toList();
        assertThat(gaps).hasSize(1);
        return ((ObjectNode) gaps.get(0).deepCopy()).retain("state", "missing", "revision");
    }

    private static List<JsonNode> latest(String contract) {
        return HUB.hub().records().store().find(RecordQuery.of(contract)).stream().map(r -> r.body()).toList();
    }

    private static Period period(YearMonth month) {
        return Period.parse(month.toString());
    }

    private static void publish(String contract, String body) {
        HUB.hub().records().publish(new Draft(contract, json(body), Origin.of("test", "1.0.0", "test")));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
