package org.yuzui.launcher.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code yuzui record …}: records are found, looked through, shown and sent on. */
class RecordCommandsTest extends BeforeAHub {

    private static final String ID = "018f0000-0000-7000-8000-000000000001";
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
    void aReplayIsFollowedByWhatTheHubTells() {
        String replay = """
                {"id":7,"action":"SEND_ON","state":"%s","who":"admin","reason":null,"about":"{}","startedAt":"2026-11-22T08:00:00+08:00","endedAt":%s,
                 "total":3,"done":%d,"skipped":0,"failed":0,"problem":%s}""";
        rest.answer("POST /api/v1/replays", replay.formatted("RUNNING", "null", 0, "\"the database is away\""))
                .answer("GET /api/v1/events", """
                        event: hello
                        data: {"at":"2026-11-22T08:00:00+08:00","total":0}

                        """)
                .answer("GET /api/v1/replays/7", replay.formatted("DONE", "\"2026-11-22T08:00:01+08:00\"", 3, "null"));

        assertThat(yuzui("record", "replay", ID)).isZero();

        assertThat(rest.calls).hasSize(3).endsWith("GET /api/v1/events", "GET /api/v1/replays/7");
        assertThat(err.toString()).contains("the database is away");
        assertThat(out.toString()).contains("DONE");
    }

    @Test
    void aLargeMendedMessageIsSentAsItIs(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("large.txt"), new byte[(8 << 20) + 1]);
        rest.answer("POST /api/v1/records/" + ID + "/mend", "");

        assertThat(yuzui("record", "mend", ID, "--file", file.toString(), "--reason", "corrected")).isZero();

        assertThat(rest.calls).singleElement().asString().startsWith("POST /api/v1/records/" + ID + "/mend?reason=corrected ");
        assertThat(rest.headers.getFirst("Content-Type")).isEqualTo("application/octet-stream");
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
        rest.answer("GET /api/v1/records/" + ID + "/replays", """
                {"replays":[{"replay":{"id":12,"action":"SEND_ON","state":"DONE","who":"li","reason":"their sender is mended",
                 "startedAt":"2026-11-22T08:40:00+08:00"},"outcome":"FAILED","cause":"charset"}]}""");
        assertThat(yuzui("record", "show", ID, "--payload")).isZero();
        assertThat(out.toString()).contains("12  SEND_ON  FAILED  li their sender is mended  2026-11-22 08:40:00", "charset");
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
}
