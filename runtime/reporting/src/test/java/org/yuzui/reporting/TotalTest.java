package org.yuzui.reporting;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.store.Store;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.yuzui.reporting.Site.answer;

/** It is 01:00 on the 23rd of November in Sichuan; see {@link Site}. */
@ExtendWith(TestStore.class)
class TotalTest {

    private Reports reports;

    @BeforeEach
    void open(Store store) {
        reports = Site.open(store);
    }

    @Test
    void aTotalOpensIntoItsPartsDownToTheSubmissions() {
        submit("510104-H01", "2026-11-22", 100, 10, 8, 200, 150, 64);
        submit("510105-H01", "2026-11-22", 50, 5, 2, 100, 90, 20);
        submit("510302-H01", "2026-11-22", 7, 1, 0, 10, 1, 0);
        submit("510104-H01", "2026-11-21", 9999, 1, 1, 1, 1, 1);

        Total province = total("2026-11-22", "510000");

        assertThat(shown(province)).isEqualTo("157 人次, 16 人, 10 人, 310 床日, 241 床日, 84 床日, 77.74 %, 8.4 天");
        assertThat(province.expected()).isEqualTo(24);
        assertThat(province.received()).isEqualTo(3);
        assertThat(province.missing()).hasSize(21).doesNotContainKeys("510104-H01", "510105-H01", "510302-H01")
                .containsEntry("513401-H01", 1);
        assertThat(province.parts()).hasSize(21).extracting(t -> t.unit().level()).containsOnly(Unit.Level.CITY);
        assertThat(province.submissions()).isEmpty();

        Total chengdu = province.parts().get(0);
        assertThat(chengdu).isEqualTo(total("2026-11-22", "510100"));
        assertThat(shown(chengdu)).isEqualTo("150 人次, 15 人, 10 人, 300 床日, 240 床日, 84 床日, 80.00 %, 8.4 天");
        assertThat(chengdu.expected()).isEqualTo(4);
        assertThat(chengdu.missing()).isEqualTo(Map.of("510106-H01", 1, "510107-H01", 1));
        assertThat(chengdu.parts()).extracting(t -> t.unit().code())
                .as("only branches with respondents").containsExactly("510104", "510105", "510106", "510107");

        Total hospital = chengdu.parts().get(0).parts().get(0);
        assertThat(hospital.unit().code()).isEqualTo("510104-H01");
        assertThat(hospital.parts()).isEmpty();
        assertThat(hospital.submissions()).singleElement().extracting(s -> s.period().toString()).isEqualTo("2026-11-22");
    }

    @Test
    void aRatioIsMadeFromTheSumsAndNeverAveraged() {
        submit("510104-H01", "2026-11-22", 0, 0, 1, 1000, 500, 30);
        submit("510105-H01", "2026-11-22", 0, 0, 9, 10, 10, 9);

        Total chengdu = total("2026-11-22", "510100");

        assertThat(chengdu.values().get("occupancy").setScale(6, RoundingMode.DOWN)).isEqualTo("50.495049");
        assertThat(chengdu.values().get("meanStay")).isEqualTo("3.9");
    }

    @Test
    void aMonthAddsUpItsDaysSoFar() {
        submit("510104-H01", "2026-11-01", 1, 1, 1, 10, 5, 1);
        submit("510104-H01", "2026-11-22", 2, 1, 1, 10, 7, 1);
        submit("510104-H01", "2026-11-24", 4, 1, 1, 10, 7, 1);
        submit("510104-H01", "2026-10-31", 8, 1, 1, 10, 7, 1);

        Total hospital = total("2026-11", "510104-H01");

        assertThat(hospital.values().get("outpatientVisits")).isEqualTo("3");
        assertThat(hospital.values().get("occupancy")).isEqualTo("60");
        assertThat(hospital.expected()).isEqualTo(23);
        assertThat(hospital.received()).isEqualTo(2);
        assertThat(hospital.missing()).isEqualTo(Map.of("510104-H01", 21));
        assertThat(hospital.submissions()).extracting(s -> s.period().first().getDayOfMonth()).containsExactly(1, 22);
        assertThat(total("2026-11", "510000").expected()).isEqualTo(24 * 23);
        assertThat(total("2026-10", "510104-H01").expected()).as("a past month: all its days").isEqualTo(31);
    }

    @Test
    void aCorrectionReplacesWhatItCorrects() {
        submit("510104-H01", "2026-11-22", 100, 1, 1, 10, 5, 1);
        submit("510104-H01", "2026-11-22", 40, 1, 1, 10, 5, 1);

        Total county = total("2026-11-22", "510104");

        assertThat(county.values().get("outpatientVisits")).isEqualTo("40");
        assertThat(county.received()).isOne();
        assertThat(county.parts().get(0).submissions()).singleElement().extracting(Submission::version).isEqualTo(2);
    }

    @Test
    void silenceIsNotZero() {
        Total silent = total("2026-11-22", "510300");

        assertThat(silent.values()).isEmpty();
        assertThat(silent.received()).isZero();
        assertThat(silent.missing()).isEqualTo(Map.of("510302-H01", 1));
    }

    @Test
    void aRatioWithoutDenominatorIsAbsent() {
        submit("510104-H01", "2026-11-22", 3, 0, 0, 0, 0, 0);

        assertThat(total("2026-11-22", "510104").values()).containsEntry("bedsOpen", BigDecimal.ZERO)
                .doesNotContainKeys("occupancy", "meanStay");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24", "2026-12", "2027-01"})
    void nothingIsExpectedOfDaysThatHaveNotBegun(String period) {
        Total province = total(period, "510000");

        assertThat(province.expected()).isZero();
        assertThat(province.missing()).isEmpty();
        assertThat(province.parts()).as("the tree is there all the same").hasSize(21);
    }

    @Test
    void aUnitWithoutRespondentsHasAnEmptyTotal() {
        Total county = total("2026-11-22", "510108");

        assertThat(county.expected()).isZero();
        assertThat(county.parts()).isEmpty();
        assertThat(county.values()).isEmpty();
    }

    @Test
    void anAnsweringUnitAboveAnAnsweringUnitCountsBoth() {
        reports.deploy(new FixturePlugin("p").form("both", """
                period: day
                respondents: {units: ["510100", 510104-H01]}
                indicators: [{code: visits}]
                """)).start();
        reports.submit("both", Site.json("{'unit': '510100', 'day': '2026-11-22', 'visits': 3}"), null);
        reports.submit("both", Site.json("{'unit': '510104-H01', 'day': '2026-11-22', 'visits': 4}"), null);

        Total chengdu = reports.total("both", Period.parse("2026-11-22"), "510100");

        assertThat(chengdu.values().get("visits")).isEqualTo("7");
        assertThat(chengdu.expected()).isEqualTo(2);
        assertThat(chengdu.received()).isEqualTo(2);
        assertThat(chengdu.submissions()).hasSize(1);
        assertThat(chengdu.parts()).hasSize(1);
    }

    /**
     * Lines of China's national hospital table of 2021 (National Administration of Traditional Chinese Medicine, table
     * B05), split over four hospitals and seven days. The table gives discharges only as turnover, with one decimal, so
     * the mean stay made from it is uncertain in its second decimal.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            hospitals,                 2575612968, 7056474, 1920237366, 1852770685, 28.4, 74.55, 9.2
            all TCM hospitals,          417232267, 1143102,  304946908,  296741152, 27.6, 73.09, 9.4
            TCM hospitals,              357897504,  980541,  264475394,  257667911, 28.1, 73.90, 9.3
            integrated hospitals,        45214472,  123875,   32110441,   31188833, 25.5, 71.02, 9.9
            minorities' hospitals,       14120291,   38686,    8361073,    7884408, 20.7, 59.21, 9.9
            """)
    void theNationalBedFiguresComeOut(String row, long open, long averageOpen, long occupied, long dischargedBedDays,
                                      BigDecimal turnover, String occupancy, BigDecimal meanStay) {
        long discharges = turnover.multiply(BigDecimal.valueOf(averageOpen)).setScale(0, RoundingMode.HALF_UP).longValue();
        List<String> hospitals = List.of("510104-H01", "510105-H01", "510302-H01", "513401-H01");
        int pieces = 28;
        for (int i = 0; i < pieces; i++) {
            submit(hospitals.get(i % 4), "2026-11-0" + (1 + i / 4), 0, 0, piece(discharges, i, pieces),
                    piece(open, i, pieces), piece(occupied, i, pieces), piece(dischargedBedDays, i, pieces));
        }

        Total province = total("2026-11", "510000");

        assertThat(province.values().get("bedsOpen")).isEqualTo(BigDecimal.valueOf(open));
        assertThat(province.values().get("bedsOccupied")).isEqualTo(BigDecimal.valueOf(occupied));
        assertThat(shown(province)).contains(", " + occupancy + " %, ");
        assertThat(province.values().get("meanStay")).isCloseTo(meanStay, within(new BigDecimal("0.08")));
    }

    /** Unequal pieces that add up to the whole. */
    private static long piece(long whole, int index, int pieces) {
        long weights = (long) pieces * (pieces + 1) / 2;
        return index < pieces - 1 ? whole / weights * (index + 1)
                : whole - whole / weights * ((long) pieces * (pieces - 1) / 2);
    }

    private void submit(String unit, String day, long... values) {
        reports.submit("hospital-daily", answer(unit, day, values), null);
    }

    private Total total(String period, String unit) {
        return reports.total("hospital-daily", Period.parse(period), unit);
    }

    private String shown(Total total) {
        return String.join(", ", reports.form("hospital-daily").orElseThrow().indicators().stream()
                .map(i -> i.show(total.values().get(i.code()))).toList());
    }
}
