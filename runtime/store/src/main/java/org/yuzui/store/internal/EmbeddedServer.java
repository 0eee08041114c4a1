package org.yuzui.store.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The hub's own PostgreSQL. It outlives a hub that was killed, so a start first stops what runs on the same data. When it
 * ends by itself, killed or crashed, it is started again until the hub is closed.
 *
 * <p>Uses Zonky's binaries but not its starter, which opens the server to everybody until a password is set, starts
 * whatever an interrupted initdb has left, unpacks to the system's temporary folder and reads 15 MB at each start.
 */
final class EmbeddedServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    /** After each start of a server that had ended, so that one that ends at once is not started in a frenzy. */
    private static final long PAUSE_MILLIS = 2_000;

    private final ServerFiles files;
    private final ServerProgram program;
    private final FileChannel lock;
    private final int connections;
    /** The newest one; it may have ended. */
    private volatile Postmaster running;
    private Thread reviver;
    private boolean closed;

    private EmbeddedServer(ServerFiles files, ServerProgram program, FileChannel lock, int connections, Postmaster running) {
        this.files = files;
        this.program = program;
        this.lock = lock;
        this.connections = connections;
        this.running = running;
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
            Postmaster.stopLeftOver(files, program);
            Postmaster running = Postmaster.start(files, program, connections);
            EmbeddedServer server = new EmbeddedServer(files, program, lock, connections, running);
            running.end().thenRun(() -> server.ended(running));
            LOG.info("embedded PostgreSQL runs at {}, 127.0.0.1:{}, process {} ({} ms)", data, running.port(), running.pid(),
                    (System.nanoTime() - began) / 1_000_000);
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

    /** Where it is reached now: each start takes a port that is free. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + running.port() + "/" + ServerFiles.DATABASE;
    }

    String password() {
        try {
            return files.password();
        } catch (IOException e) {
            throw failed(files, e.getMessage(), e);
        }
    }

    /** @throws ProblemException when it has ended and does not run again yet */
    void check() {
        if (!running.alive()) {
            throw new ProblemException(new Problem("store-restarting", files.data().toString(),
                    "The embedded database has ended by itself and is being started again.",
                    "If that goes on, see " + files.data().resolve("log") + "."));
        }
    }

    @Override
    public void close() {
        Thread atWork;
        synchronized (this) {
            closed = true;
            atWork = reviver;
        }
        try {
            if (atWork != null) {
                atWork.interrupt();
                atWork.join();
            }
            running.stop(files, program);
            LOG.info("embedded PostgreSQL stopped");
        } catch (IOException e) {
            LOG.error("embedded PostgreSQL (process {}) could not be stopped: {}", running.pid(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            unlock(lock);
        }
    }

    private synchronized void ended(Postmaster ended) {
        if (closed) {
            return;
        }
        LOG.error("embedded PostgreSQL (process {}) has ended by itself with {} and is started again; its own log is in {}",
                ended.pid(), ended.process().exitValue(), files.data().resolve("log"));
        reviver = new Thread(this::revive, "postgres-reviver");
        reviver.setDaemon(true);
        reviver.start();
    }

    private void revive() {
        long began = System.nanoTime();
        try {
            Postmaster again = startAgain();
            running = again;
            LOG.warn("embedded PostgreSQL runs again, 127.0.0.1:{}, process {} ({} ms)", again.port(), again.pid(),
                    (System.nanoTime() - began) / 1_000_000);
            Thread.sleep(PAUSE_MILLIS);
            again.end().thenRun(() -> ended(again));
        } catch (InterruptedException e) {
            LOG.debug("the hub is being closed, PostgreSQL is not started again");
        }
    }

    private Postmaster startAgain() throws InterruptedException {
        while (true) {
            try {
                return Postmaster.start(files, program, connections);
            } catch (IOException e) {
                LOG.error("embedded PostgreSQL can't be started again now and is tried on: {}", e.getMessage());
                Thread.sleep(PAUSE_MILLIS);
            }
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

    private static ProblemException failed(ServerFiles files, String message, Exception cause) {
        return new ProblemException(new Problem("store-start-failed", files.data().toString(),
                message.endsWith(".") ? message : message + ".",
                "See " + files.data().resolve("log") + "."), cause);
    }
}
