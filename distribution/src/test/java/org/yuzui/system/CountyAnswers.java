package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the counties of a province have handed in over two months, by REST, with some missing, late, warned of and returned. */
final class CountyAnswers {

    static final String FORM = "offices-monthly";
    /** What is shown depends on the day: who is late, how many days are left, whether the days off are known. */
    static final Instant TODAY = Instant.parse("2026-11-27T01:00:00Z");
    static final YearMonth NOW = YearMonth.of(2026, 11);
    static final YearMonth BEFORE = NOW.minusMonths(1);
    private static final String FILE = """
            title: {zh: 机关运行月报, en: Running of offices}
            period: month
            respondents: {level: county}
            deadline: {workdays: 5}
            review: [city, province]
            factors: {electricity: 0.1229}
            sections:
              - id: basics
                title: {zh: 基本信息, en: Basics}
                indicators:
                  - {code: sort, kind: choice, title: {zh: 地区类别, en: Sort of area}, choices: {1: {zh: 区, en: District}, 2: {zh: 县, en: County}, 3: {zh: 县级市, en: Town}}}
                  - {code: people, kind: last, unit: 人, title: {zh: 用能人数, en: Energy users}}
              - id: use
                title: {zh: 能源资源消费, en: Energy and water}
                indicators:
                  - {code: electricity, precision: 2, unit: kWh, title: {zh: 电, en: Electricity}}
                  - {code: water, precision: 2, optional: true, unit: m³, title: {zh: 水, en: Water}}
                  - {code: energy, precision: 3, unit: kgce, formula: electricity * factors.electricity, title: {zh: 综合能耗, en: Energy}}
                  - {code: perCapita, kind: ratio, precision: 3, numerator: energy, denominator: people, unit: kgce/人, title: {zh: 人均综合能耗, en: Energy per capita}}
            checks:
              - {id: users, check: people > 0 or electricity = 0, message: {zh: 有电无人, en: Energy without people}}
              - {id: jump, severity: soft, check: electricity <= previous.electricity * 1.3, message: {zh: 用电比上月增加超过 30 %, en: Electricity is up by more than 30 %}}
            """;

    private final Rest rest;
    private final List<JsonNode> counties = new ArrayList<>();

    private CountyAnswers(Rest rest) {
        this.rest = rest;
    }

    /** A county that belongs to another city since this month: the tables of last month are restated. */
    static final String MOVED = "510504";

    static void writeForm(Site site) throws IOException {
        String units = Files.readString(site.home.resolve("config/org/units.csv"));
        String line = units.lines().filter(l -> l.startsWith(MOVED + ",")).findFirst().orElseThrow();
        Files.writeString(site.home.resolve("config/org/units.csv"), units.replace(line + "\n", ""));
        Files.writeString(site.home.resolve("config/org/moved.csv"), "code,name,name_en,level,parent,tags,from,to,into\n"
                + line + ",,," + BEFORE.atEndOfMonth() + ",\n" + line.replace(",510500", ",510300") + ",," + NOW.atDay(1) + ",,\n");
        Files.writeString(site.home.resolve("config/forms/" + FORM + ".form.yaml"), FILE);
    }

    /** Everybody's answers of last month, those of most for this one, and what the bureaus above said about them. */
    static CountyAnswers handIn(Rest rest) throws Exception {
        CountyAnswers all = new CountyAnswers(rest);
        for (JsonNode unit : rest.get("/api/v1/units").path("units")) {
            if (unit.path("level").asText().equals("COUNTY")) {
                all.counties.add(unit);
            }
        }
        assertThat(all.counties.size()).as("counties").isGreaterThanOrEqualTo(183);
        for (int i = 0; i < all.counties.size(); i++) {
            all.answer(i);
        }
        return all;
    }

    private void answer(int i) throws Exception {
        String unit = counties.get(i).path("code").asText();
        String city = counties.get(i).path("parent").asText();
        if (i % 11 != 5) { // the others have missed last month
            post(BEFORE, unit, values(i, 1000 + i * 7));
            if (!unit.equals(MOVED)) { // its reviewer was another one
                accept(BEFORE, unit, city);
            }
            if (i % 2 == 0 && !unit.equals(MOVED)) {
                accept(BEFORE, unit, "510000");
            }
        }
        if (i % 5 == 4) {
            return;
        }
        post(NOW, unit, values(i, i % 13 == 1 ? (1000 + i * 7) * 2 : 1010 + i * 7)); // a jump is warned of
        if (city.equals("510100")) {
            return; // Chengdu's reviewer has the morning before them
        }
        if (i % 17 == 3) {
            rest.post(path(NOW, unit) + "/return", ("{\"version\": 1, \"reviewer\": \"%s\", \"workdays\": 3, \"reasons\": "
                    + "[{\"cell\": \"electricity\", \"text\": \"与电费单不符\"}]}").formatted(city));
        } else if (i % 3 == 0) {
            accept(NOW, unit, city);
            accept(NOW, unit, "510000");
        } else if (i % 3 == 1) {
            accept(NOW, unit, city);
        }
    }

    static String values(int i, int electricity) {
        return "{\"values\": {\"sort\": \"%d\", \"people\": \"%d\", \"electricity\": \"%d.50\", \"water\": \"%d\"}}"
                .formatted(1 + i % 3, 40 + i % 23, electricity, 20 + i % 9);
    }

    static String path(YearMonth month, String unit) {
        return "/api/v1/submissions/" + FORM + "/" + month + "/" + unit;
    }

    JsonNode post(YearMonth month, String unit, String values) throws Exception {
        return rest.post(path(month, unit), values);
    }

    private void accept(YearMonth month, String unit, String reviewer) throws Exception {
        rest.post(path(month, unit) + "/accept", "{\"version\": 1, \"reviewer\": \"" + reviewer + "\"}");
    }

    /** Where a county stands. */
    JsonNode standing(YearMonth month, String unit) throws Exception {
        return rest.get(path(month, unit)).path("standing");
    }

    int counties() {
        return counties.size();
    }
}
