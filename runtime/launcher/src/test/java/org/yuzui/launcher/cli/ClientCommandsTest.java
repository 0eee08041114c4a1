package org.yuzui.launcher.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ClientCommandsTest {

    private static final String ID = "018f0000-0000-7000-8000-000000000001";
    private static final String PLUGINS = """
            {"plugins":[
            {"id":"his","version":"0.1.0","title":{"zh":"医院信息系统","en":"Hospital"},"state":"RUNNING","problem":null,
            "since":"2026-11-22T08:30:00.125+08:00","origin":"his.jar"},
            {"id":"bad.jar","version":null,"title":{"zh":"bad.jar","en":"bad.jar"},"state":"FAILED","problem":
            {"code":"bad-yaml","place":"plugin.yaml:3","message":"This is not valid YAML.","cure":"Look there."},
            "since":"2026-11-22T08:30:01+08:00","origin":"bad.jar"}]}""";
    private static final String FLOW = """
            {"id":"%s","status":"DELIVERED","contract":"his.visit.v1","key":"H510104/ZY1","unit":"510104-H01","plugin":"his",
            "source":"mllp","sourceType":"ADT^A01","sourceId":"YABC","firstAt":"2026-11-22T08:30:00.125+08:00",
            "lastAt":"2026-11-22T08:30:00.325+08:00","arrivals":2,"hops":2,"size":612,"causeCode":null,"cause":null}""".formatted(ID);
    private static final String HOP = """
            {"kind":"%s","at":"%s","plugin":"his","version":"0.1.0","route":"receive","contract":null,"key":null,"unit":null,
            "subscription":%s,"source":null,"sourceType":null,"sourceId":null,"parent":null,"durationMicros":%d,"size":1,
            "causeCode":null,"cause":null}""";
    private static final String RECORD = """
            {"flow":%s,"hops":[%s,%s],"stored":{"id":"x","version":2,"latest":true,"day":"2026-11-22","arrivedAt":"2026-11-22T08:30:00+08:00"},
            "message":null,"related":[{"id":"older","version":1,"latest":false,"day":"2026-11-22","arrivedAt":"2026-11-22T08:00:00+08:00"}]}"""
            .formatted(FLOW, HOP.formatted("RECEIVED", "2026-11-22T08:30:00.125+08:00", "null", 1234),
                    HOP.formatted("STORED", "2026-11-22T08:30:00.5+08:00", "\"store\"", 0));
    private static final String OCCURRENCE = """
            {"id":"o","schedule":"his/daily-summary","dueAt":"2026-11-23T01:00:00+08:00","day":"2026-11-22","kind":"BACKFILL",
            "state":"%s","attempts":1,"startedAt":null,"endedAt":null,"node":"hub","cause":%s}""";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private FakeRest rest;

    @BeforeEach
    void start() throws IOException {
        rest = new FakeRest();
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    @Test
    void contentsAreLookedThroughWhenTheCostIsTaken() {
        String search = """
                {"id":3,"text":"wang","state":"%s","estimate":{"flows":1200,"bytes":3400000,"seconds":1.5},"looked":%d,"of":1200,"found":%d,
                 "hits":[%s],"problem":null}""";
        rest.answer("POST /api/v1/content-searches", search.formatted("ASKED", 0, 0, ""))
                .answer("POST /api/v1/content-searches/3/start", search.formatted("RUNNING", 600, 1, FLOW))
                .answer("GET /api/v1/content-searches/3", search.formatted("DONE", 1200, 2, FLOW + "," + FLOW.replace(ID, "other")));
        assertThat(yuzui("record", "look-through", "wang", "--contract", "his.visit.v1")).isZero();
        assertThat(rest.calls).containsExactly("POST /api/v1/content-searches?contract=his.visit.v1 {\"text\":\"wang\"}");
        assertThat(out.toString()).contains("1200 records would be opened, 3.4 MB, some 1.5 s", "--yes");

        assertThat(yuzui("record", "look-through", "wang", "--yes")).isZero();
        assertThat(out.toString()).containsOnlyOnce(ID).containsOnlyOnce("other  2026-11-22 08:30:00  DELIVERED")
                .contains("1200 of 1200 records were looked through, 2 have it.");
    }

    @Test
    void routesAreListedAndABrokenFileIsSaidOnce() {
        rest.answer("GET /api/v1/routes", """
                {"routes":[
                {"id":"a","owner":"site","file":"routes/x.camel.yaml","from":"record:x.y.v1","state":"Started","done":7,"failed":0,
                 "problem":{"code":"bad-route","place":"routes/x.camel.yaml:6","message":"Unknown step.","cure":"Mend it."}},
                {"id":"b","owner":"site","file":"routes/x.camel.yaml","from":"direct:b","state":"Started","done":0,"failed":0,
                 "problem":{"code":"bad-route","place":"routes/x.camel.yaml:6","message":"Unknown step.","cure":"Mend it."}}]}""");
        assertThat(yuzui("route", "list")).isZero();
        assertThat(out.toString()).contains("record:x.y.v1")
                .containsOnlyOnce("Not taken, what ran before goes on: routes/x.camel.yaml:6: Unknown step. Mend it.");
    }

    @Test
    void aRouteIsStoppedWithAReasonAndStarted() {
        rest.answer("POST /api/v1/routes/his/receive-visit/stop", "{}").answer("POST /api/v1/routes/his/receive-visit/start", "{}");
        assertThat(yuzui("route", "stop", "his", "receive-visit", "--reason", "The HIS moves")).isZero();
        assertThat(yuzui("route", "start", "his", "receive-visit")).isZero();
        assertThat(rest.calls).containsExactly("POST /api/v1/routes/his/receive-visit/stop {\"reason\":\"The HIS moves\"}",
                "POST /api/v1/routes/his/receive-visit/start {}");
        assertThat(out.toString()).contains("The route receive-visit of his is stopped", "The route receive-visit of his runs.");
    }

    @Test
    void aScheduleIsPausedResumedAndBackfilled() {
        rest.answer("POST /api/v1/schedules/his/daily-summary/pause",
                "{\"paused\":{\"who\":\"li\",\"reason\":null,\"since\":\"2026-11-22T08:30:00+08:00\"}}");
        rest.answer("POST /api/v1/schedules/his/daily-summary/resume", "{\"next\":\"2026-11-23T00:30:00+08:00\"}");
        rest.answer("POST /api/v1/schedules/his/daily-summary/backfill",
                "{\"due\":3,\"done\":1,\"failed\":0,\"firstDay\":\"2026-11-01\",\"lastDay\":\"2026-11-04\"}");
        assertThat(yuzui("schedule", "pause", "his/daily-summary", "--reason", "holiday")).isZero();
        assertThat(yuzui("schedule", "resume", "his/daily-summary")).isZero();
        assertThat(yuzui("schedule", "backfill", "his/daily-summary", "--from", "2026-11-01", "--to", "2026-11-04", "--dry-run")).isZero();
        assertThat(yuzui("schedule", "backfill", "his/daily-summary", "--from", "2026-11-01")).isEqualTo(2);
        assertThat(out.toString()).contains("his/daily-summary is paused by li since 2026-11-22 08:30:00.",
                "his/daily-summary goes on; next due 2026-11-23 00:30:00.", "his/daily-summary: 3 occurrences would run; 1 are done");
        assertThat(rest.calls.get(2)).startsWith("POST /api/v1/schedules/his/daily-summary/backfill?dryRun=true {")
                .contains("\"from\":\"2026-11-01\"", "\"to\":\"2026-11-04\"", "\"failedToo\":false");
    }

    @Test
    void pluginsAreListedWithTheReasonOfAFailure() {
        rest.answer("GET /api/v1/plugins", PLUGINS);
        assertThat(yuzui("plugin", "list")).isZero();
        assertThat(out.toString().lines()).containsExactly(
                "PLUGIN   VERSION  STATE    SINCE                TITLE",
                "his      0.1.0    RUNNING  2026-11-22 08:30:00  Hospital",
                "bad.jar           FAILED   2026-11-22 08:30:01  bad.jar",
                "",
                "bad.jar: plugin.yaml:3: This is not valid YAML. Look there.");
        out.getBuffer().setLength(0);
        assertThat(yuzui("plugin", "list", "--lang", "zh")).isZero();
        assertThat(out.toString()).contains("医院信息系统").contains("状态")
                .contains("bad.jar: plugin.yaml:3：不是正确的 YAML，请检查缩进和引号。（This is not valid YAML. Look there.）");
        assertThat(yuzui("report", "show", "no-such-form", "2026-11", "--lang", "zh")).isEqualTo(8);
        assertThat(err.toString()).startsWith("没有该报表。（");
    }

    @Test
    void jsonIsTheBodyOfTheRestInterface() {
        rest.answer("GET /api/v1/plugins", PLUGINS);
        assertThat(yuzui("plugin", "list", "--json")).isZero();
        assertThat(out.toString()).isEqualTo(PLUGINS + System.lineSeparator());
    }

    @Test
    void filtersAreHandedOnAndOnlyThoseThatWereGiven() {
        rest.answer("GET /api/v1/records", "{\"records\":[" + FLOW + "],\"next\":\"abc\"}");
        assertThat(yuzui("record", "find", "--contract", "his.visit.v1", "--status", "delivered", "--q", "测 试&x", "--limit", "5")).isZero();
        assertThat(rest.calls).containsExactly(
                "GET /api/v1/records?contract=his.visit.v1&status=DELIVERED&q=%E6%B5%8B%20%E8%AF%95%26x&limit=5");
        assertThat(out.toString()).contains(ID).contains("H510104/ZY1").contains("--cursor abc");
    }

    @Test
    void aDryRunOfOneRecordShowsWhatWouldComeOfIt() {
        rest.answer("POST /api/v1/replays", "{\"fresh\":1,\"applied\":0,\"lost\":0}");
        rest.answer("POST /api/v1/replays/dry-run", """
                {"id":"x","plugin":"his","route":"r","version":"0.1.0","before":{"value":1},"after":{"value":2},
                 "diff":[{"pointer":"/value","before":1,"after":2}],"refused":null,"leftOut":["to: file:out"],"more":4312,
                 "wouldPublish":[{"id":"y","contract":"his.visit.v1","key":"K","outcome":"version","content":{"value":2}}]}""");
        assertThat(yuzui("record", "replay", ID, "--dry-run", "--from-hop", "arrival", "--plugin-version", "original")).isZero();
        assertThat(rest.calls.get(0)).contains("\"fromHop\":\"arrival\"", "\"version\":\"original\"");
        assertThat(rest.calls.get(1)).isEqualTo("POST /api/v1/replays/dry-run {\"id\":\"" + ID + "\",\"version\":\"original\"}");
        assertThat(out.toString().lines()).contains("Would publish his.visit.v1 K, a new content of a known key", "And 4312 more", "  /value: 1 → 2",
                "Not tried, it reaches outside of the hub: to: file:out");
    }

    @Test
    void fieldsAreHandedOnOneByOne() {
        rest.answer("GET /api/v1/records", "{\"records\":[],\"next\":null}");
        assertThat(yuzui("record", "find", "--field", "visit:V1", "--field", "patient.idNumber:5110")).isZero();
        assertThat(rest.calls).containsExactly("GET /api/v1/records?field=visit%3AV1&field=patient.idNumber%3A5110");
    }

    @Test
    void whatWasKeptOfARecordIsListedShownUnmaskedAndWritten(@TempDir Path folder) throws IOException {
        String path = "/api/v1/records/" + ID + "/payloads";
        rest.answer("GET " + path, """
                {"payloads":[{"index":0,"at":"arrival","hop":0,"subscription":null,"format":"hl7","size":1893,"sha256":"x","kept":true,"why":null,"canUnmask":true},
                {"index":1,"at":"delivered","hop":3,"subscription":"a/b","format":null,"size":null,"sha256":null,"kept":false,"why":"not-asked-for","canUnmask":false}]}""");
        rest.answer("GET " + path + "/0", """
                {"index":0,"format":"hl7","encoding":"text","content":null,"masked":true,"truncated":false,"total":1893,"maskedFields":[]}""");
        rest.answer("POST " + path + "/0/unmask", """
                {"index":0,"format":"hl7","encoding":"base64","content":"TVNIfNTF","masked":false,"truncated":true,"total":1893,"maskedFields":[]}""");
        rest.answer("GET " + path + "/0/raw", "MSH|raw");

        assertThat(yuzui("record", "payload", ID)).isZero();
        assertThat(out.toString().lines()).containsExactly(
                "INDEX  AT         SUBSCRIPTION  FORMAT  BYTES  KEPT",
                "0      arrival                  hl7     1893   ✓",
                "1      delivered  a/b                          x-capture does not ask for it");
        out.getBuffer().setLength(0);
        assertThat(yuzui("record", "payload", ID, "0")).isZero();
        assertThat(out.toString()).contains("hidden", "--unmask --reason");

        assertThat(yuzui("record", "payload", ID, "0", "--unmask")).isEqualTo(2);
        assertThat(err.toString()).contains("--reason");
        out.getBuffer().setLength(0);
        assertThat(yuzui("record", "payload", ID, "0", "--unmask", "--reason", "for the vendor")).isZero();
        assertThat(rest.calls).contains("POST " + path + "/0/unmask {\"reason\":\"for the vendor\"}");
        assertThat(out.toString()).startsWith("00000000  4d 53 48 7c d4 c5 ").contains("MSH|..");
        assertThat(err.toString()).contains("only the beginning of 1893 bytes");

        Path file = folder.resolve("message.hl7");
        assertThat(yuzui("record", "payload", ID, "0", "--output", file.toString(), "--reason", "for the vendor")).isZero();
        assertThat(file).hasContent("MSH|raw");

        rest.answer("GET " + path + "/0/raw", "MSH|hal");
        rest.missing = 3;
        assertThat(yuzui("record", "payload", ID, "0", "--output", file.toString(), "--reason", "for the vendor")).isEqualTo(1);
        assertThat(err.toString()).contains(file + " was not written");
        assertThat(file).as("half of it does not take its place").hasContent("MSH|raw");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatATerminalWouldCarryOutIsShown() {
        String path = "/api/v1/records/" + ID + "/payloads";
        rest.answer("GET " + path + "/0", """
                {"index":0,"format":"hl7","encoding":"text","content":"MSH|\\u001b]0;owned\\u0007\\rPID|\\u202eabc","masked":false,"truncated":false,"total":9,"maskedFields":[]}""");
        rest.answer("GET /api/v1/records", "{\"records\":[" + FLOW.replace("H510104/ZY1", "A\\u001b[2JB") + "],\"next\":null}");

        assertThat(yuzui("record", "payload", ID, "0")).isZero();
        assertThat(yuzui("record", "find")).isZero();

        assertThat(out.toString()).contains("MSH|\uFFFD]0;owned\uFFFD\nPID|\uFFFDabc", "A\uFFFD[2JB").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void aRecordIsShownAsATimeline() {
        rest.answer("GET /api/v1/records/" + ID, RECORD);
        rest.answer("GET /api/v1/records/" + ID + "/children", "{\"records\":[" + FLOW.replace("his.visit.v1", "his.daily.v1") + "],\"next\":\"more\"}");
        rest.answer("GET /api/v1/records/" + ID + "/payload", "{\"body\":{\"visit\":\"ZY1\"}}");
        assertThat(yuzui("record", "show", ID, "--payload")).isZero();
        assertThat(out.toString().lines().map(String::stripTrailing)).containsSubsequence(
                ID + "  DELIVERED",
                "  SOURCE: mllp ADT^A01 YABC",
                "  STORED: version 2, the latest  2026-11-22",
                "2026-11-22 08:30:00.125  RECEIVED   his 0.1.0 receive  1.2 ms",
                "Made from it:",
                "  " + ID + "  DELIVERED  his.daily.v1 H510104/ZY1  2026-11-22 08:30:00",
                "  …",
                "Other contents of the same key:",
                "  \"visit\" : \"ZY1\"");
        assertThat(out.toString()).contains("STORED     his 0.1.0 receive  → store");
    }

    @Test
    void aRunThatFailedEndsWithOne() {
        rest.answer("POST /api/v1/schedules/his/daily-summary/run", OCCURRENCE.formatted("DONE", "null"));
        assertThat(yuzui("schedule", "run", "his/daily-summary", "--for", "2026-11-22")).isZero();
        assertThat(rest.calls).containsExactly("POST /api/v1/schedules/his/daily-summary/run {\"day\":\"2026-11-22\"}");
        rest.answer("POST /api/v1/schedules/his/daily-summary/run", OCCURRENCE.formatted("FAILED", "\"It broke.\""));
        assertThat(yuzui("schedule", "run", "his/daily-summary")).isEqualTo(1);
        assertThat(rest.calls.get(1)).endsWith("/run {}");
        assertThat(out.toString()).contains("DONE").contains("It broke.");
        assertThat(yuzui("schedule", "run", "daily-summary")).isEqualTo(2);
    }

    @Test
    void theAuditSaysWhoDidWhatAndWhatWasRefused() {
        rest.answer("GET /api/v1/audit", """
                {"entries":[
                {"number":8,"at":"2026-11-22T08:31:00.5+08:00","who":"li","act":"plugin-remove","object":"his","reason":null,
                 "details":{"by":"token","from":"10.1.2.3","refused":"not-permitted"}},
                {"number":7,"at":"2026-11-22T08:30:00.125+08:00","who":"wang","act":"replay-start","object":"12","reason":"字符集不对",
                 "details":{"by":"session","from":"10.1.2.4"}}],"next":"7"}""");
        assertThat(yuzui("audit", "list", "--who", "li", "--limit", "2")).isZero();
        assertThat(rest.calls).containsExactly("GET /api/v1/audit?who=li&limit=2");
        assertThat(out.toString().lines()).containsExactly(
                "AT                   WHO   ACT            TO   OUTCOME                 REASON",
                "2026-11-22 08:31:00  li    plugin-remove  his  refused: not-permitted",
                "2026-11-22 08:30:00  wang  replay-start   12   done                    字符集不对",
                "",
                "There are more: --cursor 7");
    }

    @Test
    void aRuleIsShownAsATable() {
        rest.answer("GET /api/v1/rules/vehicle/use", """
                {"rule":{"id":"vehicle/use","title":{"zh":"公务用车检查","en":"Use of vehicles"}},"place":"rules/use.dmn","rows":{"verdict":[3,0]},
                 "model":{"elements":[
                  {"kind":"INPUT","name":"dayOff","title":{"zh":"休息日","en":"dayOff"},"type":"boolean","optional":true,"logic":[]},
                  {"kind":"DECISION","name":"verdict","title":{"zh":"结论","en":"Verdict"},"type":null,"optional":false,"logic":[{"name":null,"text":null,
                   "table":{"name":"verdict","hitPolicy":"UNIQUE","inputs":[{"title":{"zh":"休息日","en":"Day off"}}],
                    "outputs":[{"title":{"zh":"结论","en":"Verdict"}}],
                    "rows":[{"when":["true"],"then":["\\"no\\""]},{"when":["false"],"then":["\\"yes\\""]}]}}]}],
                  "findings":[{"place":"rules/use.dmn:7","message":"A gap.","cure":"Add a row."}]}}""");
        assertThat(yuzui("rule", "show", "vehicle/use", "--lang", "zh")).isZero();
        assertThat(out.toString().lines()).containsExactly("公务用车检查  vehicle/use  rules/use.dmn", "",
                "输入 dayOff (休息日) : boolean, 可缺", "",
                "决策 verdict (结论)",
                "UNIQUE  休息日  → 结论  采用次数",
                "1       true    \"no\"    3",
                "2       false   \"yes\"   0", "",
                "rules/use.dmn:7: A gap. Add a row.");
        assertThat(yuzui("rule", "show", "use")).isEqualTo(2);
    }

    @Test
    void aTrialShowsWhichCellsHeldAndFailsWhenNothingWasDecided(@TempDir Path folder) throws IOException {
        Path input = Files.writeString(folder.resolve("trip.json"), "{\"dayOff\":true}");
        rest.answer("POST /api/v1/rules/vehicle/use/evaluate", """
                {"results":[{"input":{},"outputs":{"verdict":"no"},"refused":null,"micros":9,"tables":[{"table":"verdict","values":[true],
                 "rows":[{"row":1,"cells":[true],"matched":true,"chosen":true},{"row":2,"cells":[false],"matched":false,"chosen":false}]}]}]}""");
        assertThat(yuzui("rule", "evaluate", "vehicle/use", "--input", input.toString(), "--decision", "verdict")).isZero();
        assertThat(rest.calls).containsExactly("POST /api/v1/rules/vehicle/use/evaluate {\"inputs\":[{\"dayOff\":true}],\"decision\":\"verdict\"}");
        assertThat(out.toString()).contains("\"verdict\" : \"no\"").contains("1  ✓  counts").contains("2  ✗");

        rest.answer("POST /api/v1/rules/vehicle/use/evaluate", """
                {"results":[{"input":{},"outputs":null,"micros":9,"tables":[],
                 "refused":{"code":"missing-input","place":"dayOff","message":"It needs 'dayOff'.","cure":null}}]}""");
        assertThat(yuzui("rule", "evaluate", "vehicle/use", "--input", input.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("dayOff: It needs 'dayOff'.");
    }

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            report show x 2026-11-22        | right-token | 8 | Did you mean 'hospital-daily'?
            report show x 2026-11-22        | wrong       | 7 | does not accept this token
            report show x 2026-11-22 --json | right-token | 8 | "code":"unknown-form"
            record find --nonsense          | right-token | 2 | --nonsense
            record                          | right-token | 2 | find, show
            nonsense                        | right-token | 2 | nonsense
            """)
    void whatGoesWrongIsASentenceAndACode(String line, String token, int code, String said) {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        if (arguments.size() > 1) {
            arguments.addAll(List.of("--url", rest.url(), "--token", token));
        }
        assertThat(run(arguments)).isEqualTo(code);
        assertThat(err.toString()).contains(said).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aHubThatDoesNotAnswerIsToldApart() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(run(List.of("node", "status", "--url", "http://127.0.0.1:" + free, "--lang", "en"))).isEqualTo(6);
        assertThat(err.toString()).contains("No hub answers at http://127.0.0.1:" + free);
        assertThat(run(List.of("node", "status", "--url", "no address"))).isEqualTo(2);
    }

    @Test
    void helpIsInBothLanguagesAndListsTheExitCodes() {
        assertThat(run(List.of("--help", "--lang", "zh"))).isZero();
        assertThat(out.toString()).contains("鱼嘴").contains("schedule").contains("计划及其应执行次");
        assertThat(run(List.of("help", "exit-codes", "--lang", "en"))).isZero();
        for (ExitCode code : ExitCode.values()) {
            assertThat(out.toString()).containsPattern("(?m)^" + code.number() + " ");
        }
        assertThat(run(List.of("help", "record", "find", "--lang", "en"))).isZero();
        assertThat(out.toString()).contains("--cursor");
        assertThat(run(List.of("help", "nonsense"))).isEqualTo(2);
    }

    private int yuzui(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", rest.url(), "--token", FakeRest.TOKEN));
        if (!all.contains("--lang")) {
            all.addAll(List.of("--lang", "en"));
        }
        return run(all);
    }

    private int run(List<String> arguments) {
        return CommandLineInterface.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

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
}
