package org.yuzui.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes that the bench started. None outlives it, also when it is interrupted. */
final class Processes {

    /** A hub that stops for the first time also leaves its class archive, which takes half a minute on a busy machine. */
    private static final long PATIENCE_SECONDS = 240;
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();
    private static final Set<Path> HOMES = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Processes::endAll));
    }

    private Processes() {
    }

    static Process start(ProcessBuilder command) throws IOException {
        Process process = command.start();
        STARTED.add(process);
        return process;
    }

    /** Processes that work on a hub's data, such as its database, count as the bench's own. */
    static void workingOn(Path home) {
        HOMES.add(home);
    }

    /** Asks it to end, and insists when it doesn't; whether it ended by itself. */
    static boolean end(Process process) {
        process.destroy();
        boolean ended = awaitEnd(process);
        process.destroyForcibly();
        awaitEnd(process);
        STARTED.remove(process);
        return ended;
    }

    static boolean awaitEnd(Process process) {
        return awaitEnd(process, PATIENCE_SECONDS);
    }

    private static boolean awaitEnd(Process process, long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The database's first process of a home, and its children. */
    static List<ProcessHandle> database(Path home) {
        String data = home.resolve("data").toString();
        List<ProcessHandle> all = new ArrayList<>();
        ProcessHandle.allProcesses().filter(p -> p.info().command().orElse("").endsWith("postgres")
                && String.join(" ", p.info().arguments().orElse(new String[0])).contains(data)).forEach(p -> {
                    all.add(p);
                    p.descendants().forEach(all::add);
                });
        return all.stream().distinct().toList();
    }

    private static void endAll() {
        STARTED.forEach(Process::destroy);
        for (Process process : STARTED) {
            awaitEnd(process, 10);
            process.destroyForcibly();
        }
        HOMES.forEach(home -> database(home).forEach(ProcessHandle::destroyForcibly));
    }
}
