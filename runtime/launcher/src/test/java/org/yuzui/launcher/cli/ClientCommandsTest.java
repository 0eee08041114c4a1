package org.yuzui.launcher.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.HeldPort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands that talk to a hub: what is asked, what a person reads, and how they end. */
class ClientCommandsTest extends BeforeAHub {

    private static final String PLUGINS = """
            {"plugins":[
            {"id":"his","version":"0.1.0","title":{"zh":"医院信息系统","en":"Hospital"},"state":"RUNNING","problem":null,
            "since":"2026-11-22T08:30:00.125+08:00","origin":"his.jar"},
            {"id":"bad.jar","version":null,"title":{"zh":"bad.jar","en":"bad.jar"},"state":"FAILED","problem":
            {"code":"bad-yaml","place":"plugin.yaml:3","message":"This is not valid YAML.","cure":"Look there."},
            "since":"2026-11-22T08:30:01+08:00","origin":"bad.jar"}]}""";
    private static final String OCCURRENCE = """
            {"id":"o","schedule":"his/daily-summary","dueAt":"2026-11-23T01:00:00+08:00","day":"2026-11-22","kind":"BACKFILL",
            "state":"%s","attempts":1,"startedAt":null,"endedAt":null,"node":"hub","cause":%s}""";

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
        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(code);
        assertThat(err.toString()).contains(said).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aHubThatDoesNotAnswerIsToldApart() throws IOException {
        try (HeldPort free = new HeldPort()) {
            assertThat(run("node", "status", "--url", "http://127.0.0.1:" + free.number(), "--lang", "en")).isEqualTo(6);
            assertThat(err.toString()).contains("No hub answers at http://127.0.0.1:" + free.number());
        }
        assertThat(run("node", "status", "--url", "no address")).isEqualTo(2);
    }

    @Test
    void helpIsInBothLanguagesAndListsTheExitCodes() {
        assertThat(run("--help", "--lang", "zh")).isZero();
        assertThat(out.toString()).contains("鱼嘴").contains("schedule").contains("计划及其应执行次");
        assertThat(run("help", "exit-codes", "--lang", "en")).isZero();
        for (ExitCode code : ExitCode.values()) {
            assertThat(out.toString()).containsPattern("(?m)^" + code.number() + " ");
        }
        assertThat(run("help", "record", "find", "--lang", "en")).isZero();
        assertThat(out.toString()).contains("--cursor");
        assertThat(run("help", "nonsense")).isEqualTo(2);
    }
}
