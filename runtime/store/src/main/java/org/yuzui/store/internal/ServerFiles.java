package org.yuzui.store.internal;

import org.yuzui.kernel.OwnerFile;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;

/**
 * The files of the embedded server: its data, and beside them the programs, the password and the lock.
 *
 * @param data the folder that the server calls its data directory
 */
record ServerFiles(Path data) {

    /** One superuser; its password is in {@link #passwordFile()}. */
    static final String USER = "yuzui";
    static final String DATABASE = "postgres";
    /** Of the binaries in the pom; the data of another one can't be read. */
    private static final String MAJOR = "18";
    /** Above the largest number that Linux gives to a process (2^22). */
    private static final int NO_PROCESS = (1 << 22) + 1;

    private static final String ACCESS = """
            # Written by Yuzui at each start. No door without the password.
            local all all scram-sha-256
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    // Small and durable. Its log holds no statement, parameter or row: they could be personal data.
    private static final String CONFIGURATION = """
            # Written by Yuzui at each start.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = %d
            password_encryption = 'scram-sha-256'

            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_level = minimal
            max_wal_senders = 0
            max_wal_size = 1GB
            wal_buffers = 8MB

            shared_buffers = %dMB
            work_mem = 8MB
            maintenance_work_mem = 64MB
            dynamic_shared_memory_type = posix
            huge_pages = off
            io_method = sync
            max_worker_processes = 4
            max_parallel_workers_per_gather = 0
            jit = off
            random_page_cost = 1.1
            autovacuum_max_workers = 2

            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgres-%%a.log'
            log_rotation_age = 1d
            log_rotation_size = 0
            log_truncate_on_rotation = on
            log_min_messages = warning
            log_min_error_statement = panic
            log_error_verbosity = terse
            log_parameter_max_length_on_error = 0
            log_checkpoints = off
            log_timezone = 'UTC'

            timezone = 'UTC'
            datestyle = 'iso, ymd'
            lc_messages = 'C'
            """;

    /** Held while a hub uses the data. */
    Path lock() {
        return sibling(".lock");
    }

    Path passwordFile() {
        return sibling(".password");
    }

    /** Where initdb works; moved to {@link #data()} when it has ended well, so that a half-made one is never started. */
    Path nursery() {
        return sibling(".init");
    }

    /** What the server says before its own log is open. */
    Path startLog() {
        return sibling(".start.log");
    }

    /** Whether there is data of this version; false when there is none yet. */
    boolean initialised() throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (!Files.exists(version)) {
            if (Files.isDirectory(data)) {
                try (var content = Files.list(data)) {
                    if (content.findAny().isPresent()) {
                        throw new ProblemException(new Problem("store-foreign-data", data.toString(),
                                "The folder is not empty and holds no PostgreSQL data.",
                                "Empty it, or name another folder."));
                    }
                }
            }
            return false;
        }
        String found = Files.readString(version).strip();
        if (!found.equals(MAJOR)) {
            throw new ProblemException(new Problem("store-other-version", version.toString(),
                    "The data are of PostgreSQL " + found + ", this hub brings " + MAJOR + ".",
                    "Start the hub that wrote them, or move them over with pg_dump and pg_restore."));
        }
        return true;
    }

    /** The superuser's password. */
    String password() throws IOException {
        if (!Files.exists(passwordFile())) {
            throw new ProblemException(new Problem("store-denied", passwordFile().toString(),
                    "The password of the embedded database is missing.", "Put the file back from a backup."));
        }
        return Files.readString(passwordFile()).strip();
    }

    /** Makes a new password unless there is one. */
    void choosePassword() throws IOException {
        if (Files.exists(passwordFile())) {
            return;
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        OwnerFile.write(passwordFile(), Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
    }

    void configure(int port, int connections) throws IOException {
        Files.writeString(data.resolve("postgresql.conf"), CONFIGURATION.formatted(port, connections, buffers()));
        Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
    }

    /** MB: a thirty-second of the machine's memory, from 128 to 512. What the ledger's drain touches at random should fit in. */
    private static long buffers() {
        long megabytes = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() >> 20 : 0;
        return Math.max(128, Math.min(512, megabytes / 32));
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    /** The process that postmaster.pid names. */
    OptionalLong pid() throws IOException {
        try {
            return pidLines().stream().findFirst().map(String::strip).filter(line -> line.matches("\\d+"))
                    .map(line -> OptionalLong.of(Long.parseLong(line))).orElse(OptionalLong.empty());
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether the server of that process says that it takes connections. */
    boolean ready(long pid) throws IOException {
        try {
            List<String> lines = pidLines();
            return lines.size() >= 8 && lines.get(0).strip().equals(Long.toString(pid))
                    && lines.get(7).strip().equals("ready");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Makes postmaster.pid name a process that can't be. It is not deleted: by the rest of it the server finds sessions
     * that have outlived the one before.
     */
    void forgetPid() throws IOException {
        List<String> lines = new ArrayList<>(pidLines());
        lines.set(0, Integer.toString(NO_PROCESS));
        Files.write(pidFile(), lines, StandardCharsets.ISO_8859_1);
    }

    /**
     * A server that was killed in the moment of its start leaves postmaster.pid empty, and the next one takes that for a server
     * that is being started. For who holds the lock: no other can be.
     */
    void forgetEmptyPid() throws IOException {
        if (Files.exists(pidFile()) && Files.size(pidFile()) == 0) {
            Files.deleteIfExists(pidFile());
        }
    }

    private List<String> pidLines() throws IOException {
        return Files.readAllLines(pidFile(), StandardCharsets.ISO_8859_1);
    }

    private Path sibling(String suffix) {
        return data.resolveSibling(data.getFileName() + suffix);
    }
}
