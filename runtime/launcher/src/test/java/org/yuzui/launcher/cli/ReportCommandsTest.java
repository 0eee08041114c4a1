package org.yuzui.launcher.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code yuzui report|dispute|unit …}. */
class ReportCommandsTest extends BeforeAHub {

    private static final String REPORT = """
            {"form":"hospital-daily","title":{"zh":"医院日报","en":"Hospital daily"},"answeredBy":"day","period":"2026-11-22","first":"2026-11-22","last":"2026-11-22",
            "indicators":[
            {"code":"outpatientVisits","title":{"zh":"门急诊","en":"Outpatients"},"unit":"人次","precision":0,"kind":"SUM","numerator":null,"denominator":null,"factor":1},
            {"code":"occupancy","title":{"zh":"病床使用率","en":"Occupancy"},"unit":"%","precision":2,"kind":"RATIO","numerator":"a","denominator":"b","factor":100}],
            "total":{"unit":{"code":"510000","name":"四川省","nameEn":"Sichuan","level":"PROVINCE","parent":null},
             "values":{"outpatientVisits":1234,"occupancy":66.66666666667},"expected":2,"received":1,
             "missing":[{"unit":"510105-H01","name":"乙医院","nameEn":"Hospital B","periods":1}],"submissions":[],
             "parts":[{"unit":{"code":"510100","name":"成都市","nameEn":"Chengdu","level":"CITY","parent":"510000"},
              "values":{"outpatientVisits":1234,"occupancy":66.66666666667},"expected":2,"received":1,"missing":[],"submissions":[],
              "parts":[
               {"unit":{"code":"510104","name":"锦江区","nameEn":"Jinjiang","level":"COUNTY","parent":"510100"},
               "values":{"outpatientVisits":1234,"occupancy":66.66666666667},"expected":1,"received":1,"missing":[],"submissions":[],
               "parts":[{"unit":{"code":"510104-H01","name":"甲医院","nameEn":"Hospital A","level":"INSTITUTION","parent":"510104"},
                "values":{"outpatientVisits":1234,"occupancy":66.66666666667},"expected":1,"received":1,"missing":[],"submissions":[],"parts":[]}]},
               {"unit":{"code":"510105-H01","name":"乙医院","nameEn":"Hospital B","level":"INSTITUTION","parent":"510105"},
               "values":{},"expected":1,"received":0,"missing":[],"submissions":[],"parts":[]}]}]}}""";

    @Test
    void aReportIsATreeWithRoundedRatiosAndWhoIsMissing() {
        rest.answer("GET /api/v1/reports/hospital-daily/2026-11-22", REPORT);
        assertThat(yuzui("--lang", "zh", "report", "show", "hospital-daily", "2026-11-22", "--unit", "510000")).isZero();
        assertThat(rest.calls).containsExactly("GET /api/v1/reports/hospital-daily/2026-11-22?unit=510000");
        assertThat(out.toString().lines()).containsExactly(
                "医院日报  2026-11-22  四川省",
                "",
                "单位        代码        门急诊 (人次)  病床使用率 (%)  已报送",
                "四川省      510000               1234           66.67     1/2",
                "  成都市    510100               1234           66.67     1/2",
                "    甲医院  510104-H01           1234           66.67     1/1",
                "    乙医院  510105-H01              –               –     0/1",
                "",
                "未报送的有 1 家：",
                "单位    代码        缺报期数",
                "乙医院  510105-H01  1");
        out.getBuffer().setLength(0);
        assertThat(yuzui("report", "show", "hospital-daily", "2026-11-22", "--depth", "1", "--lang", "en")).isZero();
        assertThat(out.toString()).contains("Chengdu").doesNotContain("Hospital A ");
    }

    @Test
    void unitsAreComparedByAnIndicator() {
        rest.answer("GET /api/v1/reports/survey/2026-Q3/comparison", """
                {"form": "survey", "period": "2026-Q3", "previous": "2026-Q2", "lastYear": "2025-Q3", "unit": {"code": "510000", "name": "四川省"},
                 "indicator": {"code": "electricity", "title": {"zh": "电", "en": "Electricity"}, "unit": "kWh", "precision": 2},
                 "total": {"unit": {"code": "510000", "name": "四川省"}, "value": 38089.78, "rank": null, "share": null, "lastYear": 51420.15,
                           "change": -25.9243, "stale": true},
                 "rows": [{"unit": {"code": "510100", "name": "成都市"}, "value": 38089.78, "rank": 1, "share": 100, "lastYear": 51420.15,
                           "change": -25.9243, "stale": false}]}""");
        assertThat(yuzui("--lang", "zh", "report", "compare", "survey", "2026-Q3", "electricity")).isZero();
        assertThat(rest.calls).containsExactly("GET /api/v1/reports/survey/2026-Q3/comparison?indicator=electricity");
        assertThat(out.toString()).contains("四川省 *").contains("38089.78").contains("-25.92 %").contains("2025-Q3");
    }

    @Test
    void aDisputeIsOpenedAndAnswered() {
        String dispute = """
                {"id": 3, "form": "survey", "period": "2026-Q3", "unit": "510104", "indicator": "electricity", "held": 30, "value": 3,
                 "reason": "多打了一个零", "answerer": "510100", "answerBy": {"at": "2026-11-09T23:59:59+08:00", "unknown": null}, "state": "OPEN"}""";
        rest.answer("POST /api/v1/reports/survey/2026-Q3/disputes", 201, dispute).answer("POST /api/v1/disputes/3/answer", dispute)
                .answer("GET /api/v1/disputes", "{\"disputes\": [" + dispute + "]}");
        assertThat(yuzui("dispute", "open", "survey", "2026-Q3", "510104", "electricity", "--value", "3", "--reason", "多打了一个零")).isZero();
        assertThat(yuzui("dispute", "answer", "3", "--uphold", "--reason", "属实")).isZero();
        assertThat(yuzui("--lang", "zh", "dispute", "find", "--state", "open", "--answerer", "510100")).isZero();
        assertThat(rest.calls.get(0)).endsWith("{\"unit\":\"510104\",\"indicator\":\"electricity\",\"reason\":\"多打了一个零\",\"value\":\"3\"}");
        assertThat(rest.calls.get(1)).contains("\"UPHELD\"");
        assertThat(rest.calls.get(2)).isEqualTo("GET /api/v1/disputes?state=open&answerer=510100");
        assertThat(out.toString()).contains("待答复").contains("2026-11-09 23:59:59");
        assertThat(yuzui("dispute", "answer", "3", "--reason", "x")).as("uphold or reject").isEqualTo(2);
    }

    @Test
    void aUnitFileSaysWhatIsWrongLineByLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("institutions.csv"), "code");
        rest.answer("POST /api/v1/unit-files", 422, """
                {"type": "urn:yuzui:problem:bad-units", "title": "Unprocessable", "status": 422, "code": "bad-units", "place": "x", "detail": "No.", "cure": null,
                 "problems": [{"file": "institutions.csv", "line": 12, "column": "level", "code": "unknown-level", "message": "'town' is no level.", "cure": "Use county."}]}""");
        assertThat(yuzui("unit", "import", file.toString(), "--check")).isNotZero();
        assertThat(rest.calls.get(0)).startsWith("POST /api/v1/unit-files?file=institutions.csv&check=true");
        assertThat(err.toString()).contains("institutions.csv:12 level  'town' is no level. Use county.");
    }
}
