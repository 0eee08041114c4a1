package org.yuzui.reporting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.store.Store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.reporting.Site.json;

/** A county becomes a district of another city, two counties are merged, one gets another name: the past stays as it was. */
@ExtendWith(TestStore.class)
class UnitDatesTest {

    private static final Period MAY = Period.parse("2026-05");
    private static final String HEADER = "code,name,name_en,level,parent,from,to,into\n";
    private static final String UNITS = HEADER + """
            510000,四川省,Sichuan,province,,,,
            510100,成都市,Chengdu,city,510000,,,
            510200,某市,Other,city,510000,,,
            510101,甲县,A,county,510200,,2026-06-30,
            510101,甲区,A District,county,510100,2026-07-01,,
            510102,乙县,B,county,510100,,2026-06-30,510103
            510103,丙区,C,county,510100,,,
            """;

    @TempDir
    private Path site;

    @Test
    void eachDayHasItsTree() throws IOException {
        Units units = load(UNITS);

        assertThat(units.find("510101")).get().extracting(Unit::name).isEqualTo("甲区");
        assertThat(units.children("510100")).extracting(Unit::code).containsExactly("510101", "510103");
        Units before = units.on(LocalDate.parse("2026-06-30"));
        assertThat(before.find("510101")).get().extracting(Unit::name).isEqualTo("甲县");
        assertThat(before.children("510200")).extracting(Unit::code).containsExactly("510101");
        assertThat(before.children("510100")).extracting(Unit::code).containsExactly("510102", "510103");
        assertThat(units.find("510102")).isEmpty();
        assertThat(units.successor("510102")).isEqualTo("510103");
        assertThat(units.everHad("510102")).as("records about it come late").isTrue();
        assertThat(units.everHad("510199")).isFalse();
        assertThat(units.cure("510102")).isEqualTo("It goes on as '510103'.");
    }

    @Test
    void aPastPeriodIsShownAsReportedAndRestated(Store store) throws IOException {
        Reports past = reports(store, LocalDate.parse("2026-06-30"));
        handIn(past, "510101", 1);
        handIn(past, "510102", 10);
        handIn(past, "510103", 100);
        Reports today = reports(store, LocalDate.parse("2026-11-23"));

        Totals.Table province = today.totals().table("monthly", MAY, "510000");
        assertThat(province.total().values().get("visits")).isEqualTo("111");
        assertThat(province.rows()).extracting(r -> r.unit().code() + " " + r.values().get("visits"))
                .containsExactly("510100 110", "510200 1");
        assertThat(province.restated().get("510000").get("visits")).isEqualTo("111");
        assertThat(province.restated().get("510100").get("visits")).as("with what moved there").isEqualTo("111");
        assertThat(province.restated()).doesNotContainKey("510200");
        assertThat(today.totals().recount("monthly", MAY).differences()).isEmpty();
        assertThat(today.totals().table("monthly", Period.parse("2026-10"), "510000").restated()).as("the tree of then is today's").isNull();
    }

    @Test
    void whatEndedStillAnswersForItsTime(Store store) throws IOException {
        Reports past = reports(store, LocalDate.parse("2026-06-30"));
        handIn(past, "510101", 1);
        handIn(past, "510102", 10);
        handIn(past, "510103", 100);
        for (String unit : List.of("510101", "510102")) {
            past.reviews().accept("monthly", MAY, unit, 1, unit.equals("510101") ? "510200" : "510100", null, "w");
        }
        past.reviews().accept("monthly", MAY, "510101", 1, "510000", null, "w");
        Reports today = reports(store, LocalDate.parse("2026-11-23"));

        assertThat(today.reviews().standings("monthly", MAY).values()).extracting(s -> s.unit() + " " + s.state() + " " + s.waitsFor())
                .containsExactly("510101 ACCEPTED null", "510102 IN_REVIEW 510000", "510103 IN_REVIEW 510100");
        today.reviews().giveBack("monthly", MAY, "510102", 1, "510000", List.of(new Review.Reason("visits", "?")), 3, "w");
        handIn(today, "510102", 11);
        today.reviews().accept("monthly", MAY, "510102", 2, "510100", null, "w");
        today.reviews().accept("monthly", MAY, "510102", 2, "510000", null, "w");
        assertThat(today.reviews().standings("monthly", MAY).get("510102").state()).isEqualTo(Standing.State.ACCEPTED);

        assertThat(today.total("monthly", MAY, "510100").parts()).extracting(p -> p.unit().code() + " " + p.values().get("visits"))
                .as("by the tree of then").containsExactly("510102 11", "510103 100");
        Total year = today.total("monthly", Period.parse("2026"), "510103");
        assertThat(year.values().get("visits")).as("with what it took in").isEqualTo("111");
        assertThat(year.values().get("beds")).as("which has not told yet whose beds it has now").isEqualTo("10");
        assertThat(year.parts()).extracting(p -> p.unit().code() + " " + p.values().get("beds")).containsExactly("510102 5");
        assertThat(today.total("monthly", Period.parse("2026"), "510000").values().get("visits")).isEqualTo("112");
    }

    @Test
    void whoWasNotThereYetCannotAnswer(Store store) throws IOException {
        load(UNITS + "510109,新区,New,county,510100,2026-08-01,,\n");
        Reports reports = open(store, LocalDate.parse("2026-11-23"));
        RefusedSubmission e = catchThrowableOfType(RefusedSubmission.class, () -> handIn(reports, "510109", 1));
        assertThat(e.failures()).extracting(Failure::message).containsExactly("'510109' was not there yet in 2026-05.");
    }

    @Test
    void aYearHasWhatAUnitAnsweredThatIsNoMore(Store store) throws IOException {
        Reports past = reports(store, LocalDate.parse("2026-06-30"));
        handIn(past, "2026-05", "510102", "{'visits': 10, 'beds': 3}");
        handIn(past, "2026-05", "510103", "{'visits': 100, 'beds': 5}");
        Reports today = reports(store, LocalDate.parse("2026-11-23"));

        assertThat(today.total("monthly", MAY, "510103").values().get("beds")).as("both were there").isEqualByComparingTo("5");
        Total year = today.total("monthly", Period.parse("2026"), "510000");
        assertThat(year.values().get("visits")).isEqualByComparingTo("110");
        assertThat(year.values().get("beds")).isEqualByComparingTo("8");
        assertThat(year.received()).isEqualTo(2);

        handIn(today, "2026-08", "510103", "{'visits': 1000, 'beds': 8}");
        year = today.total("monthly", Period.parse("2026"), "510000");
        assertThat(year.values().get("visits")).isEqualByComparingTo("1110");
        assertThat(year.values().get("beds")).as("its own stock has the other's in it now").isEqualByComparingTo("8");
        assertThat(year.missing()).as("of eleven months").containsEntry("510103", 9);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            510101,甲区,A District,county,510100,2026-07-01 | 510101,甲区,A District,county,510100,2026-06-30 | overlapping-dates | :6 from
            2026-06-30,510103  | 2026-06-30,510104 | unknown-successor | :7 into
            2026-06-30,510103  | ,510103           | bad-dates         | :7 into
            2026-06-30,510103  | 30.6.2026,510103  | bad-dates         | :7 to
            510100,2026-07-01,, | 510100,2026-07-01,2026-01-01, | bad-dates | :6 to
            510200,某市,Other,city,510000,,, | 510200,某市,Other,city,510000,,2026-05-31, | unknown-parent | :5 parent
            510103,丙区,C,county,510100,,, | 510103,丙区,C,county,510100,,2026-06-30,510102 | successor-cycle | :7 into
            """)
    void whatCannotHaveBeenIsRefusedWithItsLine(String good, String bad, String code, String place) {
        assertThat(UNITS).contains(good);
        UnitFilesException e = catchThrowableOfType(UnitFilesException.class, () -> load(UNITS.replace(good, bad)));

        assertThat(e).isNotNull();
        assertThat(e.problems()).anySatisfy(p -> {
            assertThat(p.code()).isEqualTo(code);
            assertThat(p.place()).isEqualTo("config/org/units.csv" + place);
        });
    }

    private Reports reports(Store store, LocalDate today) throws IOException {
        load(UNITS);
        return open(store, today);
    }

    private Reports open(Store store, LocalDate today) {
        Reports reports = Reporting.open(UnitFiles.load(site.resolve("config/org"), today), store, FormRulesTest.calendar(), Site.CLOCK,
                ZoneId.of("Asia/Shanghai"));
        reports.deploy(new FixturePlugin("p").form("monthly", """
                period: month
                respondents: {level: county}
                review: [city, province]
                indicators: [{code: visits}, {code: beds, kind: last}]
                """)).start();
        return reports;
    }

    private static void handIn(Reports reports, String unit, int visits) {
        handIn(reports, "2026-05", unit, "{'visits': %d, 'beds': 5}".formatted(visits));
    }

    private static void handIn(Reports reports, String period, String unit, String values) {
        reports.submissions().handIn("monthly", Period.parse(period), unit, json(values), null, new Signature("z", "rest"));
    }

    private Units load(String text) throws IOException {
        Files.writeString(Files.createDirectories(site.resolve("config/org")).resolve("units.csv"), text);
        return UnitFiles.load(site.resolve("config/org"), LocalDate.parse("2026-11-23"));
    }
}
