package org.yuzui.store.internal;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How a program of the server is run: never as root, and apart from the terminal. */
final class ServerProgram {

    /** PostgreSQL refuses root; in a user namespace of its own, root is nobody and still owns its files. */
    private static final List<String> NOT_ROOT = List.of("unshare", "-U");
    /** A Ctrl-C in the terminal reaches the whole process group: the database must not stop before the hub has drained. */
    private static final String OWN_SESSION = "setsid";

    private final PostgresBinaries binaries;
    private final boolean root;

    private ServerProgram(PostgresBinaries binaries, boolean root) {
        this.binaries = binaries;
        this.root = root;
    }

    static ServerProgram of(PostgresBinaries binaries) throws IOException {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        if (root && !canBeNobody()) {
            throw new ProblemException(new Problem("store-needs-user", null,
                    "PostgreSQL does not run as root, and this machine does not let root become nobody (unshare -U).",
                    "Run Yuzui as an ordinary user, or set store.url in config/hub.yaml to an existing PostgreSQL."));
        }
        return new ServerProgram(binaries, root);
    }

    /** Starts the server itself; its early messages go to {@code log}. */
    Process start(Path log, List<String> arguments) throws IOException {
        List<String> command = command("postgres", arguments);
        command.add(root ? NOT_ROOT.size() : 0, OWN_SESSION);
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Runs a program to its end; returns its output, and throws it when the program failed. */
    String run(String program, List<String> arguments, long seconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(program, arguments))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IOException(program + " did not end within " + seconds + " s.");
            }
            if (process.exitValue() != 0) {
                throw new IOException(program + " ended with " + process.exitValue() + ": " + output);
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(root ? NOT_ROOT : List.of());
        command.add(binaries.program(program));
        command.addAll(arguments);
        return command;
    }

    private static boolean canBeNobody() throws IOException {
        List<String> command = new ArrayList<>(NOT_ROOT);
        command.add("true");
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while trying unshare -U.", e);
        }
    }
}
