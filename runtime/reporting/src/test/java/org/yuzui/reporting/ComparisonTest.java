package org.yuzui.reporting;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;
import org.yuzui.store.Store;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yuzui.reporting.Site.json;

/** Two cities, three counties, four buildings; one county was moved to the other city in July 2026. */
@ExtendWith(TestStore.class)
class ComparisonTest {

    private static final Period Q3 = Period.parse("2026-Q3");
    private Reports reports;

    @BeforeEach
    void open(Store store, @TempDir Path org) throws IOException {
        Files.writeString(org.resolve("units.csv"), """
                code,name,name_en,level,parent,tags,from,to
                510000,四川省,Sichuan,province,,,,
                510100,甲市,A,city,510000,,,
                510200,乙市,B,city,510000,,,
                510101,甲一县,A1,county,510100,,,
                510102,甲二县,A2,county,510200,,,2026-06-30
                510102,甲二县,A2,county,510100,,2026-07-01,
                510201,乙一县,B1,county,510200,,,
                510101-G01,一楼,G1,institution,510101,department:education,,
                510101-G02,二楼,G2,institution,510101,department:health,,
                510102-G01,三楼,G3,institution,510102,department:education,,
                510201-G01,四楼,G4,institution,510201,,,
                """);
        Files.writeString(org.resolve("tags.csv"), "tag,name,name_en\ndepartment:education,教育,Education\n");
        reports = Reporting.open(UnitFiles.load(org, LocalDate.of(2026, 11, 23)), store, FormRulesTest.calendar(), Site.CLOCK,
                ZoneId.of("Asia/Shanghai"));
        reports.deploy(new FixturePlugin("p").form("survey", """
                period: quarter
                respondents: {level: institution}
                indicators:
                  - {code: nature, kind: choice, choices: {1: {zh: 国家机关, en: Authority}, 21: {zh: 教育, en: Education}}}
                  - {code: electricity, precision: 2, unit: kWh}
                  - {code: people, kind: last}
                  - {code: perCapita, kind: ratio, numerator: electricity, denominator: people}
                """)).start();
        quarter("2025-Q3", "510101-G01", 21, "51420.15", 10);
        quarter("2025-Q3", "510102-G01", 21, "100", 10);
        quarter("2025-Q3", "510201-G01", 1, "100", 10);
        quarter("2026-Q2", "510101-G01", 21, "40000", 10);
        quarter("2026-Q3", "510101-G01", 21, "38089.78", 10);
        quarter("2026-Q3", "510101-G02", 1, "10", 5);
        quarter("2026-Q3", "510102-G01", 21, "150", 10);
        quarter("2026-Q3", "510201-G01", 1, "150", 10);
    }

    @Test
    void aChangeIsOfTheBaseAndEqualsAreCompared() {
        Comparisons.Comparison provinces = reports.comparisons().compare("survey", Q3, "510000", "electricity");

        assertThat(provinces.rows()).extracting(p -> p.unit().code() + " " + p.rank()).containsExactly("510100 1", "510200 2");
        assertThat(provinces.rows().get(0)).satisfies(p -> {
            assertThat(p.value()).isEqualByComparingTo("38249.78");
            assertThat(p.lastYear()).as("last year the moved county was in the other city; compared is today's").isEqualByComparingTo("51520.15");
            assertThat(p.share().setScale(2, RoundingMode.HALF_UP)).isEqualByComparingTo("99.61");
        });
        Comparisons.Place building = reports.comparisons().compare("survey", Q3, "510101", "electricity").rows().get(0);
        assertThat(building.unit().code()).isEqualTo("510101-G01");
        assertThat(building.change().setScale(2, RoundingMode.HALF_UP)).as("of what it was, never of what it is (34.99)").isEqualByComparingTo("-25.92");
        assertThat(building.changeOfPrevious().setScale(2, RoundingMode.HALF_UP)).isEqualByComparingTo("-4.78");
        assertThat(provinces.total().rank()).isNull();
        assertThat(reports.comparisons().compare("survey", Q3, "510000", "perCapita").rows()).extracting(Comparisons.Place::share)
                .as("means add up to nothing").containsOnlyNulls();
        assertThatThrownBy(() -> reports.comparisons().compare("survey", Q3, "510000", "electricty")).isInstanceOf(ProblemException.class)
                .hasMessageContaining("electricty");
    }

    @Test
    void whoHasNothingIsLastAndEqualOnesHaveTheSameRank() {
        quarter("2026-Q3", "510101-G02", 1, "38089.78", 5);
        assertThat(reports.comparisons().compare("survey", Q3, "510101", "electricity").rows()).extracting(Comparisons.Place::rank)
                .containsExactly(1, 1);
        Comparisons.Comparison before = reports.comparisons().compare("survey", Period.parse("2026-Q2"), "510101", "electricity");
        assertThat(before.rows()).singleElement().satisfies(p -> assertThat(p.change()).isNull());
    }

    @Test
    void aYearIsComparedToo() {
        Comparisons.Comparison year = reports.comparisons().compare("survey", Period.parse("2026"), "510000", "electricity");
        assertThat(year.rows().get(0).value()).isEqualByComparingTo("78249.78");
        assertThat(year.rows().get(0).lastYear()).isEqualByComparingTo("51520.15");
    }

    @Test
    void aTrendHasAValueForEachPeriodOrNone() {
        Comparisons.Trend trend = reports.comparisons().trend("survey", "510100", List.of("electricity"), null, Period.parse("2025-Q3"), Q3);
        assertThat(trend.periods()).hasSize(5);
        assertThat(trend.series()).singleElement().satisfies(s -> assertThat(s.values()).usingElementComparator(ComparisonTest::compare)
                .containsExactly(new BigDecimal("51520.15"), null, null, new BigDecimal("40000"), new BigDecimal("38249.78")));
        assertThat(trend.received()).containsExactly(2, 0, 0, 1, 3);
        Comparisons.Trend years = reports.comparisons().trend("survey", "510000", List.of(), Period.Kind.YEAR, Period.parse("2025"), Period.parse("2026"));
        assertThat(years.series()).extracting(s -> s.indicator().code()).containsExactly("nature", "electricity", "people", "perCapita");
        assertThat(years.series().get(2).values()).usingElementComparator(ComparisonTest::compare)
                .containsExactly(new BigDecimal("30"), new BigDecimal("35"));
    }

    @Test
    void groupsAreByTagOrByChoiceAndAddUpToTheTotal() {
        Comparisons.Groups departments = reports.comparisons().groups("survey", Q3, "510000", "department");
        assertThat(departments.rows()).extracting(g -> g.group() + " " + g.title().zh() + " " + g.values().get("electricity").toPlainString() + " "
                        + g.units() + " " + g.received() + "/" + g.expected())
                .containsExactly("education 教育 38239.78 2 2/2", "health health 10 1 1/1", "null 未分组 150 1 1/1");
        assertThat(departments.total().values().get("electricity")).isEqualByComparingTo("38399.78");
        assertThat(departments.rows().get(0).values().get("perCapita")).as("from the sums").isEqualByComparingTo("1911.989");

        Comparisons.Groups year = reports.comparisons().groups("survey", Period.parse("2026"), "510100", "nature");
        assertThat(year.rows()).extracting(g -> g.group() + " " + g.title().zh() + " " + g.values().get("electricity").toPlainString())
                .containsExactly("1 国家机关 10", "21 教育 78239.78");
        assertThat(year.rows().get(1).values().get("people")).as("a stock is the last of each").isEqualByComparingTo("20");
        assertThat(year.rows().get(1).expected()).as("two buildings, two quarters that are open, and two that could be").isEqualTo(8);
        assertThatThrownBy(() -> reports.comparisons().groups("survey", Q3, "510000", "colour")).hasMessageContaining("colour");
    }

    @Test
    void tablesArePrinted() {
        for (Prints.Kind kind : Prints.Kind.values()) {
            assertThat(reports.prints().table("survey", Q3, "510000", kind, false)).as("%s", kind).hasSizeGreaterThan(200);
        }
        String csv = new String(reports.prints().table("survey", Q3, "510100", Prints.Kind.CSV, false), StandardCharsets.UTF_8);
        assertThat(csv.lines().toList()).containsExactly("\uFEFF代码,单位,应报,已报,electricity (kWh),people,perCapita",
                "510100,甲市,3,3,38249.78,25,1529.9912", "510101,甲一县,2,2,38099.78,15,2539.985333333333333333333333333333",
                "510102,甲二县,1,1,150,10,15");
        String pdf = new String(reports.prints().table("survey", Period.parse("2026"), "510000", Prints.Kind.PDF, true), StandardCharsets.ISO_8859_1);
        assertThat(pdf).startsWith("%PDF-1.7").endsWith("%%EOF\n").contains("/BaseFont/STSong-Light");
        int start = Integer.parseInt(pdf.substring(pdf.lastIndexOf("startxref") + 10).lines().findFirst().orElseThrow());
        assertThat(pdf.substring(start)).startsWith("xref");
    }

    private static int compare(BigDecimal a, BigDecimal b) {
        return a == null || b == null ? (a == b ? 0 : 1) : a.compareTo(b);
    }

    private void quarter(String period, String unit, int nature, String electricity, int people) {
        reports.submit("survey", json("{'unit': '%s', 'period': '%s', 'nature': %d, 'electricity': %s, 'people': %d}"
                .formatted(unit, period, nature, electricity, people)), null);
    }
}
