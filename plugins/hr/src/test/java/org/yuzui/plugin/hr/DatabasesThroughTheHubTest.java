package org.yuzui.plugin.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.database.MariaDb;
import org.yuzui.plugin.hr.roster.Comparison;
import org.yuzui.plugin.hr.roster.Headings;
import org.yuzui.plugin.hr.roster.Roster;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.plugin.hr.sheet.Sheet;
import org.yuzui.plugin.hr.sheet.SheetFile;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.RecordQuery;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;
import org.yuzui.testkit.GivenFile;
import org.yuzui.testkit.HubExtension;
import org.yuzui.testkit.TestHub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.yuzui.plugin.hr.Patience.await;

/** Databases that a running hub reads, a roster that was begun before, and numbers through the whole way. */
class DatabasesThroughTheHubTest {

    private static final Path INBOX = Path.of("target/inbox-db-" + ProcessHandle.current().pid()).toAbsolutePath();
    private static final String KEY = "a-key-of-a-test-0123";
    private static Path folder;
    private static Store store;
    private static MariaDb mariaDb;

    @RegisterExtension
    static final HubExtension HUB = hub();

    private static HubExtension hub() {
        try {
            folder = Files.createTempDirectory("yuzui-hr");
            store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
            mariaDb = MariaDb.isThere() ? MariaDb.start(folder) : null;
            String query = "\"select num as person, name, cat as category, dept as department, state, changed from staff\"";
            String postgresql;
            try (Connection connection = connect("postgresql")) {
                postgresql = connection.getMetaData().getURL();
            }
            table("postgresql", "bigint");
            if (mariaDb != null) {
                table("mariadb", "datetime(6)");
            }
            return HubExtension.of().plugin(PluginUnderTest.jar()).file("config/org/units.csv", Files.readString(Path.of("examples/org/units.csv"))
                            + "510104-F02,示范二,institution,510104\n510104-F03,示范三,institution,510104\n")
                    .settings("hr", """
                            inbox: %s
                            interval: 100
                            settle: 1
                            pseudonymKey: %s
                            rosters:
                              begun: {unit: 510104-F02}
                              vectors: {unit: 510104-F03}
                            databases:
                              postgresql: {url: "%s", user: yuzui, password: "%s", query: %s, watermark: changed, overlap: 0, unit: 510104-F01}
                              mariadb: {url: "%s", user: reader, password: secret, query: %s, watermark: changed, unit: 510302-F01}
                            """.formatted(INBOX, KEY, postgresql, Files.readString(folder.resolve("postgres.password")).strip(), query,
                            mariaDb == null ? "jdbc:mariadb://127.0.0.1:1/hr" : mariaDb.url(), query));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        store.close();
        if (mariaDb != null) {
            mariaDb.close();
        }
        TestHub.delete(folder);
    }

    private static Connection connect(String server) throws SQLException {
        if (server.equals("mariadb")) {
            return mariaDb.connect();
        }
        Connection connection = store.connection();
        connection.setAutoCommit(true);
        return connection;
    }

    private static void table(String server, String type) throws SQLException {
        run(server, "create table staff (num varchar(40) primary key, name varchar(80), cat varchar(20), dept varchar(80), state varchar(20), changed " + type + ")");
    }

    private static void run(String server, String sql) throws SQLException {
        try (Connection connection = connect(server); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @CsvSource({"postgresql, 510104-F01, 1, 2, 3, 4, 5", "mariadb, 510302-F01, '2026-11-20 10:00:01', '2026-11-20 10:00:02.5', '2026-11-20 10:00:03', '2026-11-20 10:00:04', '2026-11-20 10:00:05'"})
    void aDatabaseIsReadFromWhereTheRecordsEnd(String server, String unit, String first, String second, String third, String fourth, String fifth) throws Exception {
        assumeTrue(server.equals("postgresql") || mariaDb != null, "MariaDB's binaries don't run here");
        StringBuilder values = new StringBuilder();
        for (int n = 1; n <= 10; n++) {
            values.append(n == 1 ? "" : ",").append("('A").append(n).append("', '示例', '事业', '办公室', '在职', '").append(first).append("')");
        }
        run(server, "insert into staff values " + values);
        read();
        assertThat(records("hr.person.v1", unit)).hasSize(10);
        assertThat(records("hr.change.v1", unit)).isEmpty();
        await().untilAsserted(() -> assertThat(records("hr.headcount.v1", unit)).singleElement().satisfies(h -> assertThat(h.path("total").asInt()).isEqualTo(10)));

        // Two with the watermark that was read already, one that leaves, one that retires, one that goes elsewhere, one that is wrong.
        run(server, "insert into staff values ('A11', '示例', '事业', '办公室', '在职', '" + first + "'), ('A12', '示例', '临时', '办公室', '在职', '" + second + "')");
        run(server, "update staff set state = '离职', changed = '" + second + "' where num = 'A1'");
        run(server, "update staff set state = '退休', changed = '" + second + "' where num = 'A2'");
        run(server, "update staff set dept = '财务科', changed = '" + third + "' where num = 'A3'");
        read();
        assertThat(records("hr.change.v1", unit)).extracting(c -> c.path("person").asText() + " " + c.path("kind").asText())
                .containsExactlyInAnyOrder("A1 left", "A11 joined", "A2 retired", "A3 moved");
        await().untilAsserted(() -> assertThat(refused()).extracting(Flow::causeCode).contains("unknown-code"));
        JsonNode watermark = records("hr.roster.v1", unit).get(0);
        assertThat(watermark.path("watermark").asText()).isNotEmpty();
        await().untilAsserted(() -> assertThat(records("hr.headcount.v1", unit).get(0).path("total").asInt()).isEqualTo(9));

        int before = refused().size();
        read();
        assertThat(all("hr.person.v1", unit)).hasSize(14);
        assertThat(refused()).hasSize(before);

        // Nearly all leave at once: it is held, and nothing is read past it.
        run(server, "update staff set state = '离职', changed = '" + fourth + "' where num in ('A3', 'A4', 'A5', 'A6')");
        read();
        read();
        assertThat(records("hr.change.v1", unit)).hasSize(4);
        assertThat(records("hr.roster.v1", unit)).extracting(r -> r.path("state").asText()).containsExactly("held", "accepted");
        Path marker = only(INBOX.resolve(".held"), server);
        assertThat(Files.readString(marker)).contains("many-left").doesNotContain("A3");
        Path confirmed = INBOX.resolve(".confirmed").resolve(marker.getFileName().toString().replace(".increment", "_by-li.wei.increment"));
        Files.move(marker, confirmed);
        read();
        assertThat(records("hr.change.v1", unit)).hasSize(8).filteredOn(c -> c.path("kind").asText().equals("left")).hasSize(5);
        assertThat(confirmed).doesNotExist();
        assertThat(records("hr.roster.v1", unit)).anyMatch(r -> r.path("confirmedBy").asText().equals("li.wei"));
        run(server, "update staff set state = '在职', changed = '" + fifth + "' where num = 'A4'");
        read();
        assertThat(records("hr.change.v1", unit)).anySatisfy(c -> assertThat(c.path("person").asText() + c.path("kind").asText()).isEqualTo("A4returned"));
    }

    private static void read() {
        try {
            HUB.hub().scheduler().run("hr/read-databases", LocalDate.parse("2026-11-20"));
        } catch (RuntimeException e) {
            if (mariaDb != null) {
                throw e;
            }
        }
    }

    @Test
    void aRosterThatWasBegunIsFinishedWithTheSameRecords() throws Exception {
        String unit = "510104-F02";
        give("begun_2026-03-31.csv", People.csv(People.roster(1, 40)));
        await().untilAsserted(() -> assertThat(records("hr.roster.v1", unit)).extracting(r -> r.path("state").asText()).containsExactly("accepted"));
        List<List<String>> next = People.roster(1, 42);
        for (int n = 1; n <= 20; n++) {
            next.get(n).set(9, "财务科");
        }
        next.remove(30);
        Roster roster = roster(unit, People.csv(next));
        Comparison comparison = new Comparison(roster, false);
        comparison.take(records("hr.person.v1", unit));
        comparison.end();
        ObjectNode taking = JsonNodeFactory.instance.objectNode().put("unit", unit).put("source", "file").put("id", roster.id()).put("state", "taking")
                .put("day", "2026-04-30").put("file", "begun_2026-04-30.csv").put("rows", 41).put("before", 40).put("after", 41).put("joined", 2).put("moved", 20)
                .put("left", 1).put("retired", 0).put("returned", 0);
        publish("hr.roster.v1", taking);
        comparison.changes(500).forEachRemaining(l -> l.forEach(c -> publish("hr.change.v1", c)));
        List<ObjectNode> people = comparison.people(500).next();
        people.subList(0, 13).forEach(p -> publish("hr.person.v1", p));
        // … and here it stopped.

        give("begun_2026-04-30.csv", People.csv(next));
        await().untilAsserted(() -> assertThat(records("hr.roster.v1", unit)).extracting(r -> r.path("state").asText()).containsExactly("accepted", "accepted"));
        assertThat(((ObjectNode) records("hr.roster.v1", unit).get(1)).put("state", "taking")).isEqualTo(taking);
        assertThat(all("hr.change.v1", unit)).hasSize(23);
        assertThat(all("hr.person.v1", unit)).hasSize(40 + 23);
        assertThat(records("hr.person.v1", unit)).filteredOn(p -> p.path("state").asText().equals("active")).hasSize(41);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/id-vectors.csv", numLinesToSkip = 1)
    void everyNumberIsTakenOrRefusedThroughTheHub(String kind, String value, String valid, String note) throws Exception {
        String name = "vectors_2026-03-31_" + value + ".csv";
        give(name, kind.equals("ID") ? "工号,姓名,人员类别,身份证号\n1,示例,事业," + value + "\n" : "工号,姓名,人员类别,统一社会信用代码\n1,示例,事业," + value + "\n");
        await().untilAsserted(() -> assertThat(INBOX.resolve(name)).doesNotExist());

        assertThat(INBOX.resolve(valid.equals("false") ? ".refused" : ".done").resolve(name)).as(note).exists();
    }

    private static Roster roster(String unit, String csv) throws IOException {
        Path file = folder.resolve("roster.csv");
        Files.writeString(file, csv);
        try (Sheet sheet = SheetFile.open(file, null)) {
            return RosterSheet.read(sheet, new RosterSheet.Terms(new Headings(Map.of()), CodeTables.load(null), null, new Pseudonyms(KEY)::of), unit,
                    LocalDate.parse("2026-04-30"));
        }
    }

    private static void publish(String contract, JsonNode record) {
        HUB.hub().records().publish(new Draft(contract, record, new Origin("hr", "0.1.0", "test", null, null, null, null, null, null)));
    }

    private static void give(String name, String text) throws IOException {
        GivenFile.into(INBOX, name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Path only(Path in, String beginning) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            List<Path> found = files.filter(f -> f.getFileName().toString().startsWith(beginning)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static List<JsonNode> records(String contract, String unit) {
        return find(contract, unit, RecordQuery.Among.LATEST);
    }

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
