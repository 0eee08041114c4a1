package org.yuzui.plugin.hr.database;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yuzui.plugin.hr.People;
import org.yuzui.plugin.hr.code.CodeTables;
import org.yuzui.plugin.hr.roster.Headings;
import org.yuzui.plugin.hr.roster.RosterSheet;
import org.yuzui.spi.RefusedException;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real servers: PostgreSQL, and MariaDB where its binaries run. */
@Timeout(300)
class DatabaseTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final RosterSheet.Terms TERMS = new RosterSheet.Terms(new Headings(Map.of()), CodeTables.load(null), null, i -> Optional.empty());
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 20, 12, 0);
    private static final String QUERY = "select num as person, name, cat as category, state, changed from staff;";

    @TempDir
    static Path folder;
    private static Store store;
    private static MariaDb mariaDb;

    @BeforeAll
    static void start() throws Exception {
        store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
        mariaDb = MariaDb.isThere() ? MariaDb.start(folder) : null;
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        if (mariaDb != null) {
            mariaDb.close();
        }
    }

    private static Connection connect(String server) throws SQLException {
        assumeTrue(server.equals("postgresql") || mariaDb != null, "MariaDB's binaries don't run here");
        if (server.equals("mariadb")) {
            return mariaDb.connect();
        }
        Connection connection = store.connection();
        connection.setAutoCommit(true);
        return connection;
    }

    private static Database database(String server, String watermark, int overlap) throws Exception {
        String url;
        try (Connection connection = connect(server)) {
            url = server.equals("mariadb") ? mariaDb.url() : connection.getMetaData().getURL();
        }
        return new Database("d", "u", url, server.equals("mariadb") ? "reader" : "yuzui",
                server.equals("mariadb") ? "secret" : Files.readString(folder.resolve("postgres.password")).strip(), QUERY, watermark, overlap, null);
    }

    private static void table(Connection connection, String type) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists staff");
            statement.execute("create table staff (num varchar(40) primary key, name varchar(80), cat varchar(20), state varchar(20), changed " + type + ")");
        }
    }

    private static void put(Connection connection, int from, int to, Object changed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into staff values (?, ?, '事业', '在职', ?)")) {
            for (int n = from; n <= to; n++) {
                insert.setString(1, People.row(n).get(0));
                insert.setString(2, "示例");
                insert.setObject(3, changed);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void pagesEndWhereAWatermarkEndsAndNothingIsLost(String server) throws Exception {
        try (Connection connection = connect(server)) {
            table(connection, "timestamp" + (server.equals("mariadb") ? "(6) null" : ""));
            put(connection, 1, 10, NOON);
            put(connection, 11, 5_200, NOON.plusSeconds(1)); // more than a page with one watermark
            put(connection, 5_201, 5_210, NOON.plusSeconds(2).plusNanos(123_000));
        }
        Database database = database(server, "changed", 0);

        Database.Page first = database.read(null, true, TERMS, DAY);
        assertThat(first.people()).hasSize(5_200);
        assertThat(first.more()).isTrue();
        Database.Page second = database.read(first.watermark(), false, TERMS, DAY);
        assertThat(second.people()).hasSize(5_200); // the last watermark's again, and the others
        assertThat(second.more()).isFalse();
        assertThat(second.watermark()).isEqualTo("2026-11-20T12:00:02.000123");
        Database.Page third = database.read(second.watermark(), true, TERMS, DAY);
        assertThat(third.people()).hasSize(10);
        assertThat(third.watermark()).isEqualTo(second.watermark());
        assertThat(database(server, "changed", 60).read(second.watermark(), true, TERMS, DAY).rows()).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void aNumberMayBeTheWatermarkAndRowsThatAreWrongAreNamed(String server) throws Exception {
        try (Connection connection = connect(server)) {
            table(connection, "bigint");
            put(connection, 1, 3, 7L);
            try (Statement statement = connection.createStatement()) {
                statement.execute("insert into staff values ('x', '示例', '临时', '在职', 8), ('y', '示例', '事业', '在职', null), ('z', null, '事业', '退休', 9)");
            }
        }
        Database.Page page = database(server, "changed", 0).read(null, true, TERMS, DAY);

        assertThat(page.people()).containsOnlyKeys("P00001", "P00002", "P00003");
        assertThat(page.watermark()).isEqualTo("9");
        assertThat(page.refusal().findings()).extracting(f -> f.place() + " " + f.fault().code())
                .containsExactlyInAnyOrder("person x unknown-code", "person y no-watermark", "person z missing");
        assertThat(page.passedOver()).containsExactly("changed");
    }

    @Test
    void timesWithAnOffsetAreTimesEverywhere() throws Exception {
        try (Connection connection = connect("postgresql")) {
            table(connection, "timestamptz");
            put(connection, 1, 2, NOON.atOffset(java.time.ZoneOffset.ofHours(8)));
        }
        Database.Page page = database("postgresql", "changed", 30).read(null, true, TERMS, DAY);

        assertThat(page.watermark()).isEqualTo("2026-11-20T04:00Z");
        assertThat(database("postgresql", "changed", 30).read(page.watermark(), true, TERMS, DAY).people()).hasSize(2);
        assertThat(database("postgresql", "changed", 30).read("2026-11-20T13:00+08:00", true, TERMS, DAY).people()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void nothingIsWrittenAndWrongAccessIsAnError(String server) throws Exception {
        try (Connection connection = connect(server)) {
            table(connection, "bigint");
        }
        Database sound = database(server, "changed", 0);
        assertThatThrownBy(() -> new Database("d", "u", sound.url(), sound.user(), "wrong", QUERY, "changed", 0, null).read(null, true, TERMS, DAY))
                .isInstanceOf(SQLException.class).hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> new Database("d", "u", sound.url(), sound.user(), sound.password(), "select 1 as person", "changed", 0, null)
                .read(null, true, TERMS, DAY)).isInstanceOfAny(SQLException.class, RefusedException.class);
        assertThat(sound.read(null, true, TERMS, DAY).watermark()).isNull();
        assertThat(sound.toString()).doesNotContain(sound.password());
        try (Connection connection = Drivers.connect(sound.url(), sound.user(), sound.password()); Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("insert into staff values ('n', 'n', 'n', 'n', 1)")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void theDriversAreNotOnTheListOfTheJvm() throws Exception {
        database("postgresql", "changed", 0);
        Class.forName(Drivers.class.getName());
        List<String> drivers = Collections.list(DriverManager.getDrivers()).stream().map(d -> d.getClass().getName()).toList();
        assertThat(drivers).doesNotContain("org.mariadb.jdbc.Driver");
    }
}
