package org.yuzui.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.HeldPort;
import org.yuzui.kernel.ProblemException;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.store.Patience.await;

/** What an existing server's settings can get wrong, and a server that goes away. */
class StoreByUrlTest {

    @TempDir
    static Path folder;
    private static Store store;
    private static String url;
    private static String password;

    @BeforeAll
    static void open() throws SQLException, IOException {
        store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
        try (Connection connection = store.connection()) {
            url = connection.getMetaData().getURL();
        }
        password = Files.readString(folder.resolve("postgres.password")).strip();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void nobody_listens_there() {
        try (HeldPort port = new HeldPort()) {
            ProblemException refused = refused("jdbc:postgresql://127.0.0.1:" + port.number() + "/yuzui", "yuzui", "secret-1");

            assertThat(refused.problem().code()).isEqualTo("store-unreachable");
            assertThat(refused.problem().cure()).contains("store.url");
            assertThat(refused).hasMessageNotContaining("secret-1");
        }
    }

    @Test
    void the_password_is_wrong() {
        ProblemException refused = refused(url, "yuzui", "secret-2");

        assertThat(refused.problem().code()).isEqualTo("store-denied");
        assertThat(refused).hasMessageNotContaining("secret-2").hasMessageContaining("store.password");
    }

    @Test
    void the_database_does_not_exist() {
        assertThat(refused(url.replace("/postgres", "/nowhere"), "yuzui", password).problem().code())
                .isEqualTo("store-no-database");
    }

    @Test
    void the_url_is_of_something_else() {
        assertThat(refused("jdbc:mysql://127.0.0.1/yuzui", "yuzui", "x").problem().code()).isEqualTo("store-bad-url");
    }

    @Test
    void the_server_is_too_old() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> serveAsPostgres(listener, "13.22"), "postgres-13");
            server.start();

            ProblemException refused = refused("jdbc:postgresql://127.0.0.1:" + listener.getLocalPort() + "/yuzui?sslmode=disable",
                    "yuzui", "x");

            assertThat(refused.problem().code()).isEqualTo("store-too-old");
            assertThat(refused.problem().message()).contains("13.22");
            server.join();
        }
    }

    @Test
    void a_server_that_was_away_is_found_again() throws Exception {
        Path data = folder.resolve("other");
        try (Store host = Store.open(StoreSettings.embedded(data)); Connection connection = host.connection()) {
            String hostUrl = connection.getMetaData().getURL();
            String hostPassword = Files.readString(folder.resolve("other.password")).strip();
            try (Store guest = Store.open(new StoreSettings(hostUrl, "yuzui", hostPassword, null, 2))) {
                guest.check();
                host.jdbi().useHandle(h -> h.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        + "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"));
                await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(guest::check);
            }
        }
    }

    private static ProblemException refused(String to, String user, String secret) {
        return catchThrowableOfType(ProblemException.class, () -> Store.open(new StoreSettings(to, user, secret, null, 2)).close());
    }

    /** The first words of a server (PostgreSQL's documentation, "Message Formats"): all that is needed to tell its age. */
    private static void serveAsPostgres(ServerSocket listener, String version) {
        try (Socket socket = listener.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readNBytes(in.readInt() - 4);
            OutputStream out = socket.getOutputStream();
            message(out, 'R', new byte[] {0, 0, 0, 0});
            for (String[] parameter : new String[][] {{"server_version", version}, {"client_encoding", "UTF8"},
                    {"DateStyle", "ISO"}, {"integer_datetimes", "on"}, {"standard_conforming_strings", "on"}}) {
                message(out, 'S', (parameter[0] + "\0" + parameter[1] + "\0").getBytes(StandardCharsets.UTF_8));
            }
            message(out, 'Z', new byte[] {'I'});
            // The client may ask something on connecting; whatever it is, it gets an empty answer.
            for (int type = in.read(); type >= 0 && type != 'X'; type = in.read()) {
                in.readNBytes(in.readInt() - 4);
                if (type == 'Q' || type == 'S') {
                    message(out, 'I', new byte[0]);
                    message(out, 'Z', new byte[] {'I'});
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void message(OutputStream out, char type, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeByte(type);
        data.writeInt(content.length + 4);
        data.write(content);
        out.write(bytes.toByteArray());
        out.flush();
    }
}
