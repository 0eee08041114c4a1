package org.yuzui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for what a test has to name before it listens. They lie below those that the system hands out by itself (on Linux from 32768
 * on): one of these could go to another process while a test's server doesn't run yet, or is down. Processes that test at the same time
 * look in different places, and none is given what another one of the same user was: it is the process's until it ends.
 */
public final class FreePorts {

    private static final int FIRST = 10_000;
    private static final int COUNT = 22_000;
    /** Processes of one build have numbers that are near to each other; each takes some dozens of ports. */
    private static final AtomicInteger NEXT = new AtomicInteger(Math.floorMod(ProcessHandle.current().pid() * 331, COUNT));

    /** A port is claimed by a lock on the byte of its number, which the system takes back from whoever ends, however they do. */
    private static final FileChannel CLAIMS = claims();

    private FreePorts() {
    }

    /** One that nobody listens on, and that no process that still runs has been given before. */
    public static int next() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (!claim(port)) {
                continue;
            }
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("No port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free.");
    }

    private static boolean claim(int port) {
        try {
            return CLAIMS == null || CLAIMS.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException claimed) {
            return false;
        } catch (IOException e) {
            return true; // a folder without locks: that others look in different places has to do
        }
    }

    private static FileChannel claims() {
        try {
            return FileChannel.open(Path.of(System.getProperty("java.io.tmpdir"), "yuzui-ports-" + System.getProperty("user.name")),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            return null;
        }
    }
}
