package org.yuzui.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.yuzui.store.Patience.await;

/** The life of one data folder, from its first start on; each step goes on where the one before ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoreLifeTest {

    @TempDir
    static Path folder;

    private static String shared;
    private Store store;

    /** The other tests share one copy of the server's programs; here they are unpacked as a hub does it. */
    @BeforeAll
    static void unpackBesideTheData() {
        shared = System.clearProperty("yuzui.store.binaries");
    }

    @AfterAll
    static void shareAgain() {
        System.setProperty("yuzui.store.binaries", shared);
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    @Order(1)
    void an_initdb_that_was_interrupted_is_done_again() throws IOException {
        Files.createDirectories(folder.resolve("postgres.init/base/1"));
        Files.writeString(folder.resolve("postgres.init/PG_VERSION"), "18\n");
        Files.createDirectories(folder.resolve("postgres-bin/0badcafe.part/bin"));

        store = open();

        insert(1);
        assertThat(folder.resolve("postgres.init")).doesNotExist();
        assertThat(folder.resolve("postgres-bin/0badcafe.part")).doesNotExist();
    }

    @Test
    @Order(2)
    void a_second_start_finds_the_data_and_the_programs() throws IOException {
        FileTime unpacked = Files.getLastModifiedTime(programs());

        store = open();

        assertThat(ids()).containsExactly(1);
        assertThat(Files.getLastModifiedTime(programs())).isEqualTo(unpacked);
    }

    @Test
    @Order(3)
    void a_killed_hub_leaves_its_server_which_the_next_one_stops_losing_nothing() throws Exception {
        Process hub = HubProcess.start(data(), 2);
        long left = serverPid();
        hub.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(left)).as("the server of the killed hub").get().matches(ProcessHandle::isAlive);

        store = open();

        assertThat(ids()).containsExactly(1, 2);
        assertThat(Path.of("/proc", Long.toString(left), "cwd", "PG_VERSION")).as("the left server's work").doesNotExist();
    }

    @Test
    @Order(4)
    void hub_and_server_killed_together_lose_nothing() throws Exception {
        Process hub = HubProcess.start(data(), 3);
        ProcessHandle server = ProcessHandle.of(serverPid()).orElseThrow();
        hub.destroyForcibly().waitFor();
        server.destroyForcibly();
        // Its parent may take note of its end much later, so its number goes on existing.
        await().until(() -> Files.notExists(Path.of("/proc", Long.toString(server.pid()), "cwd", "PG_VERSION")));

        store = open();

        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    @Order(5)
    void a_stale_pid_file_that_names_another_program_does_not_stop_that_program() throws Exception {
        Process stranger = new ProcessBuilder("cat").start();
        Files.write(data().resolve("postmaster.pid"), List.of(Long.toString(stranger.pid()), data().toString(), "0", "5432"));

        store = open();

        assertThat(ids()).containsExactly(1, 2, 3);
        assertThat(stranger.isAlive()).isTrue();
        stranger.destroy();
    }

    @Test
    @Order(6)
    void the_pool_recovers_when_its_connections_are_lost() {
        store = open();
        store.jdbi().useHandle(h -> h.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'yuzui'"));

        await().atMost(Duration.ofMinutes(1)).ignoreExceptions()
                .untilAsserted(() -> assertThat(ids()).containsExactly(1, 2, 3));
    }

    @Test
    @Order(7)
    void a_server_that_was_killed_under_the_hub_is_started_again() throws IOException {
        store = open();
        long killed = serverPid();
        signal("KILL", killed);

        await().atMost(Duration.ofMinutes(2)).ignoreExceptions()
                .untilAsserted(() -> assertThat(ids()).containsExactly(1, 2, 3));

        assertThat(serverPid()).isNotEqualTo(killed);
        store.check();
    }

    @Test
    @Order(7)
    void a_hub_that_is_closed_while_its_server_is_started_again_leaves_none_behind() throws IOException {
        store = open();
        signal("KILL", serverPid());

        store.close();

        Path pid = data().resolve("postmaster.pid");
        await().ignoreExceptions().until(() -> Files.notExists(pid) || Files.size(pid) == 0 // killed in the moment of its start
                || Files.notExists(Path.of("/proc", Long.toString(serverPid()), "cwd", "PG_VERSION")));
        store = open();
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    @Order(7)
    void a_server_that_was_killed_in_the_moment_of_its_start_does_not_hinder_the_next() throws IOException {
        Files.write(data().resolve("postmaster.pid"), new byte[0]);

        store = open();

        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    @Order(7)
    void the_check_comes_back_though_the_server_hangs() throws IOException {
        store = open();
        long server = serverPid();
        signal("STOP", server);
        try {
            ProblemException told = catchThrowableOfType(ProblemException.class, store::check);

            assertThat(told.problem().code()).isEqualTo("store-unreachable");
        } finally {
            signal("CONT", server);
        }
        await().ignoreExceptions().untilAsserted(store::check);
    }

    @Test
    @Order(8)
    void data_without_their_password_are_refused_with_the_cure() throws IOException {
        Path password = folder.resolve("postgres.password");
        String kept = Files.readString(password);
        Files.delete(password);

        ProblemException refused = catchThrowableOfType(ProblemException.class, this::open);

        assertThat(refused.problem().code()).isEqualTo("store-denied");
        assertThat(refused.problem().place()).isEqualTo(password.toString());
        assertThat(password).doesNotExist();
        Files.writeString(password, kept);
        store = open();
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    @Order(9)
    void a_setting_that_would_lose_data_is_refused() throws IOException {
        Files.writeString(data().resolve("postgresql.auto.conf"), "fsync = off\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, this::open);

        assertThat(refused.problem().code()).isEqualTo("store-not-durable");
        Files.writeString(data().resolve("postgresql.auto.conf"), "");
        store = open();
        assertThat(ids()).containsExactly(1, 2, 3);
    }

    @Test
    @Order(10)
    void a_server_that_can_not_start_says_why() throws IOException {
        Files.writeString(data().resolve("postgresql.auto.conf"), "shared_buffers = 'plenty'\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, this::open);

        assertThat(refused.problem().code()).isEqualTo("store-start-failed");
        assertThat(refused.problem().message()).contains("shared_buffers");
    }

    @Test
    @Order(11)
    void a_folder_with_something_else_in_it_is_left_alone() throws IOException {
        Path foreign = Files.createDirectories(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("letter.txt"), "mine");
        // The programs are looked for beside the data: those of the first steps will do.
        Files.createSymbolicLink(folder.resolve("foreign-bin"), folder.resolve("postgres-bin"));

        ProblemException refused = catchThrowableOfType(ProblemException.class,
                () -> Store.open(StoreSettings.embedded(foreign)));

        assertThat(refused.problem().code()).isEqualTo("store-foreign-data");
        assertThat(foreign.resolve("letter.txt")).hasContent("mine");
    }

    private static Path data() {
        return folder.resolve("postgres");
    }

    private static long serverPid() throws IOException {
        return Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip());
    }

    private static void signal(String name, long pid) throws IOException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().onExit().join().exitValue()).isZero();
    }

    private Store open() {
        return Store.open(StoreSettings.embedded(data()));
    }

    private static Path programs() throws IOException {
        try (var versions = Files.list(folder.resolve("postgres-bin"))) {
            return versions.filter(Files::isDirectory).toList().get(0).resolve("bin/postgres");
        }
    }

    private void insert(int id) {
        store.jdbi().useHandle(h -> h.execute("INSERT INTO things.thing VALUES (?, 'kept')", id));
    }

    private List<Integer> ids() {
        return store.jdbi().withHandle(h -> h.createQuery("SELECT id FROM things.thing ORDER BY id").mapTo(Integer.class).list());
    }
}
