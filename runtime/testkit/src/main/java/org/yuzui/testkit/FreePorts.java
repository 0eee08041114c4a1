package org.yuzui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for what a test has to name before it listens. They lie below those that the system hands out by itself (on Linux from 32768
 * on): one of these could go to another process while a test's server doesn't run yet, or is down. Processes that test at the same time
 * look in different places.
 */
public final class FreePorts {

    private static final int FIRST = 10_000;
    private static final int COUNT = 22_000;
    /** Processes of one build have numbers that are near to each other; each takes some dozens of ports. */
    private static final AtomicInteger NEXT = new AtomicInteger(Math.floorMod(ProcessHandle.current().pid() * 331, COUNT));

    private FreePorts() {
    }

    /** One that nobody listens on, and that this process has not been given before. */
    public static int next() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
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
}
