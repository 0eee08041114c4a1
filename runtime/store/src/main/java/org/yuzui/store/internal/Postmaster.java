package org.yuzui.store.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One running process of the embedded server, from its start to its end.
 *
 * @param port where it listens, on 127.0.0.1
 */
record Postmaster(Process process, int port) {

    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);
    /** Crash recovery after a busy hour can take this long; a server that dies is noticed at once. */
    private static final long START_SECONDS = 300;
    private static final long FAST_STOP_SECONDS = 30;
    private static final long IMMEDIATE_STOP_SECONDS = 10;
    private static final long IN_USE_SECONDS = 15;
    private static final long POLL_MILLIS = 5;

    /** Returns when it takes connections. Nothing is left running when it fails or is interrupted. */
    static Postmaster start(ServerFiles files, ServerProgram program, int connections) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(IN_USE_SECONDS);
        while (true) {
            int port = freePort();
            files.forgetEmptyPid();
            files.configure(port, connections);
            Process process = program.start(files.startLog(), List.of("-D", files.data().toString()));
            try {
                awaitReady(process, files);
                return new Postmaster(process, port);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                throw e;
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

    /** A hub that was killed leaves its server running, or at least its postmaster.pid behind. */
    static void stopLeftOver(ServerFiles files, ServerProgram program) throws IOException, InterruptedException {
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

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Completed when it has ended, whoever ended it. */
    CompletableFuture<Process> end() {
        return process.onExit();
    }

    void stop(ServerFiles files, ServerProgram program) throws IOException, InterruptedException {
        stop(pid(), files.data(), program);
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
}
