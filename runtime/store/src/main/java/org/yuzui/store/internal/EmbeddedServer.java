package org.yuzui.store.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The hub's own PostgreSQL. It outlives a hub that was killed, so a start first stops what runs on the same data.
 *
 * <p>Uses Zonky's binaries but not its starter, which opens the server to everybody until a password is set, starts
 * whatever an interrupted initdb has left, unpacks to the system's temporary folder and reads 15 MB at each start.
 */
final class EmbeddedServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    /** Crash recovery after a busy hour can take this long; a server that dies is noticed at once. */
    private static final long START_SECONDS = 300;
    private static final long FAST_STOP_SECONDS = 30;
    private static final long IMMEDIATE_STOP_SECONDS = 10;
    private static final long IN_USE_SECONDS = 15;
    private static final long POLL_MILLIS = 5;

    private final ServerFiles files;
    private final ServerProgram program;
    private final FileChannel lock;
    private final int port;
    private final ProcessHandle process;

    private EmbeddedServer(ServerFiles files, ServerProgram program, FileChannel lock, int port, ProcessHandle process) {
        this.files = files;
        this.program = program;
        this.lock = lock;
        this.port = port;
        this.process = process;
    }

    static EmbeddedServer start(Path data, int connections) {
        long began = System.nanoTime();
        ServerFiles files = new ServerFiles(data.toAbsolutePath().normalize());
        FileChannel lock = null;
        try {
            Files.createDirectories(files.data().getParent());
            lock = lock(files);
            ServerProgram program = ServerProgram.of(PostgresBinaries.prepare(files.data()));
            if (!files.initialised()) {
                initialise(files, program);
            }
            stopLeftOver(files, program);
            EmbeddedServer server = launch(files, program, lock, connections);
            LOG.info("embedded PostgreSQL runs at {}, 127.0.0.1:{}, process {} ({} ms)", data, server.port,
                    server.process.pid(), (System.nanoTime() - began) / 1_000_000);
            return server;
        } catch (IOException e) {
            unlock(lock);
            throw failed(files, e.getMessage(), e);
        } catch (InterruptedException e) {
            unlock(lock);
            Thread.currentThread().interrupt();
            throw failed(files, "The start was interrupted.", e);
        } catch (RuntimeException e) {
            unlock(lock);
            throw e;
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + ServerFiles.DATABASE;
    }

    String password() {
        try {
            return files.password();
        } catch (IOException e) {
            throw failed(files, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            stop(process.pid(), files.data(), program);
            LOG.info("embedded PostgreSQL stopped");
        } catch (IOException e) {
            LOG.error("embedded PostgreSQL (process {}) could not be stopped: {}", process.pid(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            unlock(lock);
        }
    }

    private static void initialise(ServerFiles files, ServerProgram program) throws IOException, InterruptedException {
        files.choosePassword();
        Folders.delete(files.nursery());
        // The builtin C.UTF-8 sorts by code point on every machine and lets a plain index serve LIKE 'prefix%'.
        program.run("initdb", List.of("-D", files.nursery().toString(), "-U", ServerFiles.USER, "-E", "UTF8",
                "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-A", "scram-sha-256",
                "--pwfile=" + files.passwordFile(), "--no-instructions",
                // The password is 256 random bits: iterations would protect nothing and cost each connection of a cold JVM.
                "--set=scram_iterations=1"), 120);
        Files.move(files.nursery(), files.data(), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(files.data().getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    private static EmbeddedServer launch(ServerFiles files, ServerProgram program, FileChannel lock, int connections)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(IN_USE_SECONDS);
        while (true) {
            int port = freePort();
            files.configure(port, connections);
            Process process = program.start(files.startLog(), List.of("-D", files.data().toString()));
            try {
                awaitReady(process, files);
                return new EmbeddedServer(files, program, lock, port, process.toHandle());
            } catch (IOException e) {
                process.destroyForcibly();
                // The port may have gone to another program in between; and sessions of a server that was killed end a
                // little after it ("shared memory block is still in use").
                if (!e.getMessage().contains("in use") || System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private static void awaitReady(Process process, ServerFiles files) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!files.ready(process.pid())) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("PostgreSQL did not start: " + tail(files.startLog()) + tail(newestLog(files)));
            }
            if (System.nanoTime() > end) {
                throw new IOException("PostgreSQL was not ready within " + START_SECONDS + " s.");
            }
        }
    }

    /** A hub that was killed leaves its server running, or at least its postmaster.pid behind. */
    private static void stopLeftOver(ServerFiles files, ServerProgram program) throws IOException, InterruptedException {
        OptionalLong pid = files.pid();
        if (pid.isEmpty() || ProcessHandle.of(pid.getAsLong()).isEmpty()) {
            return;
        }
        if (serves(pid.getAsLong(), files.data())) {
            LOG.warn("a PostgreSQL of a hub that was killed still runs (process {}): stopping it", pid.getAsLong());
            stop(pid.getAsLong(), files.data(), program);
        } else {
            // The number is another program's by now, which PostgreSQL would take for itself and refuse to start.
            files.forgetPid();
        }
    }

    /**
     * Whether that process is the server of these data: a server works in its data folder. False for a process that ended
     * but was not yet taken note of by its parent.
     */
    private static boolean serves(long pid, Path data) throws IOException {
        try {
            return Path.of("/proc", Long.toString(pid), "cwd").toRealPath().equals(data.toRealPath());
        } catch (NoSuchFileException e) {
            return false;
        } catch (AccessDeniedException e) {
            throw new IOException("Process " + pid + " belongs to another user and may be a PostgreSQL on this data: stop it.", e);
        }
    }

    private static void stop(long pid, Path data, ServerProgram program) throws IOException, InterruptedException {
        // INT ends sessions and writes a checkpoint, QUIT leaves the rest to the next start's recovery.
        if (stopped(pid, data, program, "INT", FAST_STOP_SECONDS) || stopped(pid, data, program, "QUIT", IMMEDIATE_STOP_SECONDS)
                || stopped(pid, data, program, "KILL", IMMEDIATE_STOP_SECONDS)) {
            return;
        }
        throw new IOException("PostgreSQL (process " + pid + ") does not end.");
    }

    private static boolean stopped(long pid, Path data, ServerProgram program, String signal, long seconds)
            throws IOException, InterruptedException {
        if (!serves(pid, data)) {
            return true;
        }
        program.run("pg_ctl", List.of("kill", signal, Long.toString(pid)), 10);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (serves(pid, data)) {
            if (System.nanoTime() > end) {
                LOG.warn("PostgreSQL (process {}) has not ended {} s after {}", pid, seconds, signal);
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    private static FileChannel lock(ServerFiles files) throws IOException {
        FileChannel channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("locked within this process");
        }
        channel.close();
        throw new ProblemException(new Problem("store-in-use", files.data().toString(),
                "Another hub uses this data.", "Stop it first, or give this one a data folder of its own."));
    }

    private static void unlock(FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.debug("the lock could not be closed: {}", e.getMessage());
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path newestLog(ServerFiles files) throws IOException {
        Path folder = files.data().resolve("log");
        if (!Files.isDirectory(folder)) {
            return folder;
        }
        try (var logs = Files.list(folder)) {
            return logs.max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified())).orElse(folder);
        }
    }

    private static String tail(Path log) throws IOException {
        if (!Files.isRegularFile(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
    }

    private static ProblemException failed(ServerFiles files, String message, Exception cause) {
        return new ProblemException(new Problem("store-start-failed", files.data().toString(), message,
                "See " + files.data().resolve("log") + "."), cause);
    }
}
