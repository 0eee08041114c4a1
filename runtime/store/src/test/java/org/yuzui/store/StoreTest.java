package org.yuzui.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** One embedded server and what can be done with it. */
class StoreTest {

    @TempDir
    static Path folder;
    private static Store store;
    private static String url;

    @BeforeAll
    static void open() throws SQLException {
        store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
        try (Connection connection = store.connection()) {
            url = connection.getMetaData().getURL();
        }
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({"fsync,on", "synchronous_commit,on", "full_page_writes,on", "listen_addresses,127.0.0.1",
            "unix_socket_directories,''", "password_encryption,scram-sha-256", "server_encoding,UTF8"})
    void runs_durable_and_closed_to_others(String setting, String value) {
        assertThat(shown(setting)).isEqualTo(value);
    }

    @Test
    void lets_nobody_in_without_the_password() throws IOException {
        String password = Files.readString(folder.resolve("postgres.password")).strip();

        assertThat(password).hasSizeGreaterThan(30);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("postgres.password"))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> DriverManager.getConnection(url + "?user=yuzui"))
                .isInstanceOf(SQLException.class).hasMessageContaining("password");
        assertThatThrownBy(() -> DriverManager.getConnection(url, "yuzui", "wrong"))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", password)).isInstanceOf(SQLException.class);
        assertThat(store.describe()).doesNotContain(password).startsWith("embedded PostgreSQL 18.2 at ");
    }

    @Test
    void applies_the_migrations_of_the_class_path() {
        int things = store.jdbi().withHandle(h ->
                h.createQuery("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'things'")
                        .mapTo(Integer.class).one());

        assertThat(things).isEqualTo(1);
    }

    @Test
    void copies_rows_within_the_transaction() throws Exception {
        String rows = "101,鱼嘴\n102,\"with, comma\"\n";
        try (Connection connection = store.connection()) {
            long copied = store.copy(connection, "COPY things.thing (id, name) FROM STDIN (FORMAT csv)",
                    out -> out.write(rows.getBytes(StandardCharsets.UTF_8)));
            assertThat(copied).isEqualTo(2);
            assertThat(names(101, 102)).as("before the commit").isEmpty();
            connection.commit();
        }
        assertThat(names(101, 102)).containsExactly("鱼嘴", "with, comma");
    }

    @Test
    void copies_nothing_when_the_writer_fails_and_leaves_the_connection_usable() throws Exception {
        try (Connection connection = store.connection()) {
            assertThatThrownBy(() -> store.copy(connection, "COPY things.thing (id, name) FROM STDIN (FORMAT csv)", out -> {
                out.write("201,one\n".getBytes(StandardCharsets.UTF_8));
                throw new IOException("the source ended");
            })).isInstanceOf(IOException.class);
            connection.rollback();
            store.copy(connection, "COPY things.thing (id, name) FROM STDIN (FORMAT csv)",
                    out -> out.write("202,two\n".getBytes(StandardCharsets.UTF_8)));
            connection.commit();
        }
        assertThat(names(201, 202)).containsExactly("two");
    }

    @Test
    void a_connection_that_is_closed_without_commit_changes_nothing() throws SQLException {
        try (Connection connection = store.connection(); var statement = connection.createStatement()) {
            statement.execute("INSERT INTO things.thing VALUES (301, 'lost')");
        }
        assertThat(names(301, 301)).isEmpty();
    }

    @Test
    void serves_another_hub_by_url() throws Exception {
        store.jdbi().useHandle(h -> h.execute("INSERT INTO things.thing VALUES (401, 'shared')"));
        String password = Files.readString(folder.resolve("postgres.password")).strip();

        try (Store second = Store.open(new StoreSettings(url + "?user=yuzui", "yuzui", password, null, 3))) {
            second.check();
            assertThat(second.describe()).isEqualTo("PostgreSQL 18.2 at " + url);
            assertThat(second.jdbi().<String, RuntimeException>withHandle(h ->
                    h.createQuery("SELECT name FROM things.thing WHERE id = 401").mapTo(String.class).one()))
                    .isEqualTo("shared");
        }
        store.check();
    }

    @Test
    void refuses_a_second_hub_on_the_same_data() {
        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> Store.open(StoreSettings.embedded(folder.resolve("postgres"))));

        assertThat(refused.problem().code()).isEqualTo("store-in-use");
        assertThat(shown("fsync")).as("the first one goes on").isEqualTo("on");
    }

    @Test
    void check_tells_of_a_database_that_takes_no_writes() throws Exception {
        String password = Files.readString(folder.resolve("postgres.password")).strip();
        String readOnly = url + "?options=-c%20default_transaction_read_only=on&user=yuzui&password=" + password;

        // The migrations are applied already, and Flyway only reads then.
        try (Store second = Store.open(new StoreSettings(readOnly, null, null, null, 2))) {
            assertThat(catchThrowableOfType(ProblemException.class, second::check).problem().code()).isEqualTo("store-read-only");
        }
    }

    private static String shown(String setting) {
        return store.jdbi().withHandle(h -> h.createQuery("SHOW " + setting).mapTo(String.class).one());
    }

    private static List<String> names(int from, int to) {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT name FROM things.thing WHERE id BETWEEN ? AND ? ORDER BY id")
                .bind(0, from).bind(1, to).mapTo(String.class).list());
    }
}
