package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.GivenFile;
import org.yuzui.testkit.HubExtension;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.hr.Patience.await;

/** Rosters in the inbox of a running hub: what becomes of them, of the people and of the month's report. Each test has a unit of its own. */
class RostersThroughTheHubTest {

    private static final Path INBOX = Path.of("target/inbox-" + ProcessHandle.current().pid()).toAbsolutePath();
    private static final String[] UNITS = {"first", "held", "broken", "late", "cross", "numbers", "mended"};

    @RegisterExtension
    static final HubExtension HUB = hub();

    private static HubExtension hub() {
        StringBuilder units = new StringBuilder("code,name,level,parent\n510000,四川省,province,\n510100,成都市,city,510000\n510104,锦江区,county,510100\n"
                + "510300,自贡市,city,510000\n510302,自流井区,county,510300\n");
        StringBuilder rosters = new StringBuilder("rosters:\n");
        for (int i = 0; i < UNITS.length; i++) {
            String code = (i % 2 == 0 ? "510104" : "510302") + "-F0" + (i + 1);
            units.append(code).append(",示范").append(i).append(",institution,").append(code, 0, 6).append('\n');
            rosters.append("  ").append(UNITS[i]).append(": {unit: ").append(code).append("}\n");
        }
        return HubExtension.of().plugin(PluginUnderTest.jar()).file("config/org/units.csv", units.toString())
                .settings("hr", "inbox: " + INBOX + "\ninterval: 100\nsettle: 1\npseudonymKey: a-key-of-a-test-0123\n" + rosters
                        + "  nobody: {unit: 999999-F01}\n");
    }

    @Test
    void whoJoinsLeavesMovesAndRetiresIsFoundAndTheReportAddsUp() throws Exception {
        String unit = "510104-F01";
        give("first_2026-03-31.csv", People.csv(People.roster(1, 20)).getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(state(unit)).containsExactly("accepted"));
        gone("first_2026-03-31.csv");
        assertThat(INBOX.resolve(".done/first_2026-03-31.csv")).exists();
        assertThat(records("hr.person.v1", unit)).hasSize(20).allSatisfy(p -> {
            assertThat(p.path("name").asText()).startsWith("示").contains("*");
            assertThat(p.path("idNumber").asText()).matches("990000\\*{12}");
            assertThat(p.path("ethnic").asText()).isEqualTo("***");
        });
        assertThat(records("hr.change.v1", unit)).isEmpty();

        List<List<String>> next = People.roster(1, 21);
        next.get(2).set(9, "财务科");              // P00002 goes to another department
        next.get(3).set(12, "退休");               // P00003 retires
        next.remove(4);                            // P00004 is not there any more
        give("first_2026-04-30.xlsx", Book.rows(true, next).bytes());
        await().untilAsserted(() -> assertThat(state(unit)).containsExactly("accepted", "accepted"));

        assertThat(records("hr.change.v1", unit)).extracting(c -> c.path("person").asText() + " " + c.path("kind").asText() + " "
                + c.path("fromDepartment").asText() + ">" + c.path("toDepartment").asText()).containsExactly("P00002 moved 办公室>财务科",
                "P00003 retired >", "P00004 left >", "P00021 joined >");
        JsonNode roster = records("hr.roster.v1", unit).get(1);
        assertThat(roster.path("before").asInt()).isEqualTo(20);
        assertThat(roster.path("after").asInt()).isEqualTo(19);
        await().untilAsserted(() -> {
            JsonNode total = HUB.get("/reports/headcount/2026-04?unit=510104-F01").path("total");
            assertThat(total.at("/values/total").asInt()).isEqualTo(19);
            assertThat(total.at("/values/joined").asInt()).isEqualTo(1);
            assertThat(total.at("/values/left").asInt()).isEqualTo(1);
            assertThat(total.at("/values/retired").asInt()).isEqualTo(1);
            assertThat(total.at("/values/men").asInt() + total.at("/values/women").asInt()).isEqualTo(19);
        });

        // The same roster again, now as CSV in GB18030 and in another order: nothing new.
        next.add(1, next.remove(15));
        give("first_2026-04-30.csv", People.csv(next).getBytes(Charset.forName("GB18030")));
        gone("first_2026-04-30.csv");
        assertThat(INBOX.resolve(".done/first_2026-04-30.csv")).exists();
        assertThat(all("hr.person.v1", unit)).hasSize(24);
        assertThat(all("hr.change.v1", unit)).hasSize(4);

        // Who comes back, and what was so before, is new all the same.
        List<List<String>> back = People.roster(1, 21);
        give("first_2026-05-31.csv", People.csv(back).getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(state(unit)).hasSize(3).containsOnly("accepted"));
        assertThat(records("hr.person.v1", unit)).hasSize(21).allSatisfy(p -> assertThat(p.path("state").asText()).isEqualTo("active"));
        assertThat(records("hr.person.v1", unit).get(1).path("department").asText()).isEqualTo("办公室");
        assertThat(records("hr.change.v1", unit)).filteredOn(c -> c.path("day").asText().equals("2026-05-31"))
                .extracting(c -> c.path("person").asText() + " " + c.path("kind").asText())
                .containsExactly("P00002 moved", "P00003 returned", "P00004 returned");
    }

    @Test
    void aSuddenChangeIsHeldOnceUntilSomebodyConfirmsIt() throws Exception {
        String unit = "510302-F02";
        give("held_2026-03-31.csv", People.csv(People.roster(1, 30)).getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(state(unit)).containsExactly("accepted"));

        byte[] half = People.csv(People.roster(1, 15)).getBytes(StandardCharsets.UTF_8);
        give("held_2026-04-30.csv", half);
        gone("held_2026-04-30.csv");
        await().untilAsserted(() -> assertThat(state(unit)).containsExactly("accepted", "held"));
        Path held = only(INBOX.resolve(".held"), "held_");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(held))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(held.getParent()))).isEqualTo("rwx------");
        assertThat(records("hr.roster.v1", unit).get(1).path("reasons").toString()).isEqualTo("[\"many-left\"]");
        assertThat(records("hr.change.v1", unit)).isEmpty();
        assertThat(records("hr.person.v1", unit)).allSatisfy(p -> assertThat(p.path("state").asText()).isEqualTo("active"));

        give("held_2026-04-30_again.csv", half);
        gone("held_2026-04-30_again.csv");
        assertThat(only(INBOX.resolve(".held"), "held_")).isEqualTo(held);
        assertThat(all("hr.roster.v1", unit)).hasSize(3); // taking, accepted, held

        String confirmed = held.getFileName().toString().replace(".csv", "_by-李伟.csv");
        Files.move(held, INBOX.resolve(".confirmed").resolve(confirmed));
        await().untilAsserted(() -> assertThat(state(unit)).containsExactly("accepted", "accepted"));
        assertThat(records("hr.roster.v1", unit).get(1).path("confirmed").asBoolean()).isTrue();
        assertThat(records("hr.roster.v1", unit).get(1).path("confirmedBy").asText()).isEqualTo("李伟");
        assertThat(records("hr.change.v1", unit)).hasSize(15).allSatisfy(c -> assertThat(c.path("kind").asText()).isEqualTo("left"));
        await().untilAsserted(() -> assertThat(INBOX.resolve(".done").resolve(confirmed)).exists());
    }

    @Test
    void aBrokenRosterIsRefusedWholeWithEveryCellNamed() throws Exception {
        List<List<String>> rows = People.roster(1, 5);
        rows.get(1).set(3, "990000196001010016");
        rows.get(3).set(7, "临时");
        rows.get(4).set(0, "");
        give("broken_2026-03-31.csv", People.csv(rows).getBytes(StandardCharsets.UTF_8));
        gone("broken_2026-03-31.csv");

        assertThat(Files.readString(INBOX.resolve(".refused/broken_2026-03-31.csv.report.txt"))).contains("D2 身份证号 [990000************]: id-",
                "H4 人员类别 [临*]: unknown-code", "A5 工号: missing", "3 处").doesNotContain("990000196001010016");
        await().untilAsserted(() -> assertThat(refused()).extracting(Flow::causeCode).contains("id-check-digit"));
        assertThat(records("hr.person.v1", "510104-F03")).isEmpty();
        assertThat(records("hr.roster.v1", "510104-F03")).isEmpty();

        give("nobody_2026-03-31.csv", People.csv(People.roster(1, 2)).getBytes(StandardCharsets.UTF_8));
        give("other_2026-03-31.csv", People.csv(People.roster(1, 3)).getBytes(StandardCharsets.UTF_8));
        give("broken_march.csv", People.csv(People.roster(1, 4)).getBytes(StandardCharsets.UTF_8));
        give("broken_2096-03-31.csv", People.csv(People.roster(1, 5)).getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(refused()).extracting(Flow::causeCode)
                .contains("unknown-unit", "unknown-roster", "bad-name", "bad-day"));
    }

    @Test
    void aRefusedRosterIsMendedInTheHubAndHeldLikeAnyOther() throws Exception {
        String unit = "510104-F07";
        List<List<String>> rows = People.roster(1, 30);
        rows.get(3).set(7, "临时");
        byte[] bad = People.csv(rows).getBytes(Charset.forName("GB18030"));
        give("mended_2026-03-31.csv", bad);
        gone("mended_2026-03-31.csv");
        UUID flow = refused("mended_2026-03-31.csv");
        assertThat(HUB.hub().ledger().payload(flow)).hasValueSatisfying(p -> assertThat(p.bytes()).isEqualTo(bad));

        String good = People.csv(People.roster(1, 30));
        assertThat(HUB.post("/replays/dry-run", body(Map.of("id", flow, "text", good))).path("wouldPublish")).isNotEmpty();
        assertThat(records("hr.roster.v1", unit)).isEmpty();
        HUB.post("/records/" + flow + "/mend", body(Map.of("text", good, "reason", "the office told us the category")));
        await().untilAsserted(() -> assertThat(state(unit)).containsExactly("accepted"));
        assertThat(INBOX.resolve(".done/mended_2026-03-31.csv")).hasContent(good);

        List<List<String>> half = People.roster(1, 15);
        half.get(3).set(7, "临时");
        give("mended_2026-04-30.csv", People.csv(half).getBytes(StandardCharsets.UTF_8));
        gone("mended_2026-04-30.csv");
        UUID second = refused("mended_2026-04-30.csv");
        Map<String, Object> mended = Map.of("text", People.csv(People.roster(1, 15)), "reason", "the office told us the category");
        HUB.post("/replays/dry-run", body(Map.of("id", second, "text", mended.get("text"))));
        assertThat(INBOX.resolve(".held")).as("only tried").isDirectoryNotContaining("glob:**/mended_*");
        HUB.post("/records/" + second + "/mend", body(mended));
        await().untilAsserted(() -> assertThat(state(unit)).containsExactly("accepted", "held"));
        assertThat(Files.readString(only(INBOX.resolve(".held"), "mended_"))).isEqualTo(mended.get("text"));
    }

    private static UUID refused(String file) {
        await().untilAsserted(() -> assertThat(refused()).extracting(Flow::sourceId).contains(file));
        return refused().stream().filter(f -> file.equals(f.sourceId())).findFirst().orElseThrow().id();
    }

    private static String body(Map<String, Object> body) throws IOException {
        return new ObjectMapper().writeValueAsString(body);
    }

    @Test
    void aLateRosterTellsNothing() throws Exception {
        String unit = "510302-F04";
        give("late_2026-04-30.csv", People.csv(People.roster(1, 10)).getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(state(unit)).containsExactly("accepted"));
        give("late_2026-03-31.csv", People.csv(People.roster(1, 9)).getBytes(StandardCharsets.UTF_8));
        gone("late_2026-03-31.csv");

        assertThat(Files.readString(INBOX.resolve(".refused/late_2026-03-31.csv.report.txt"))).contains("late", "2026-04-30");
        assertThat(records("hr.change.v1", unit)).isEmpty();
    }

    @Test
    void whoComesFromAnotherUnitHasMoved() throws Exception {
        give("cross_2026-03-31.csv", People.csv(People.roster(4001, 4010)).getBytes(StandardCharsets.UTF_8));
        give("numbers_2026-03-31.csv", People.csv(People.roster(5001, 5010)).getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(state("510302-F06")).containsExactly("accepted"));
        await().untilAsserted(() -> assertThat(state("510104-F05")).containsExactly("accepted"));
        List<List<String>> rows = People.roster(5001, 5010);
        List<String> comes = People.row(4001);
        comes.set(0, "N1");
        rows.add(comes);
        give("numbers_2026-04-30.csv", People.csv(rows).getBytes(StandardCharsets.UTF_8));

        await().untilAsserted(() -> assertThat(records("hr.change.v1", "510302-F06")).singleElement().satisfies(c -> {
            assertThat(c.path("kind").asText()).isEqualTo("moved");
            assertThat(c.path("fromUnit").asText()).isEqualTo("510104-F05");
        }));
    }

    private static Path only(Path folder, String beginning) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(f -> f.getFileName().toString().startsWith(beginning)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static void give(String name, byte[] bytes) throws IOException {
        GivenFile.into(INBOX, name, bytes);
    }

    private static void gone(String name) {
        await().untilAsserted(() -> assertThat(INBOX.resolve(name)).doesNotExist());
    }

    private static List<String> state(String unit) {
        return records("hr.roster.v1", unit).stream().map(r -> r.path("state").asText()).toList();
    }

    private static List<JsonNode> records(String contract, String unit) {
        return find(contract, unit, RecordQuery.Among.LATEST);
    }

    /** Every version of every key. */
    private static List<JsonNode> all(String contract, String unit) {
        return find(contract, unit, RecordQuery.Among.ANY);
    }

    private static List<JsonNode> find(String contract, String unit, RecordQuery.Among among) {
        return new ArrayList<>(HUB.hub().records().store().find(RecordQuery.of(contract).ofUnit(unit)
                .among(among, RecordQuery.Give.MATCHES)).stream().map(r -> r.body()).toList());
    }

    private static List<Flow> refused() {
        return HUB.hub().ledger().find(new FlowQuery(FlowFilter.of(FlowStatus.REFUSED), null, 200)).flows();
    }
}
