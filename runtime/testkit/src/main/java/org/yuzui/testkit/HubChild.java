package org.yuzui.testkit;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.Main;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A hub in a process of its own, which can be killed. What it did is looked at by a {@link TestHub} on the same home afterwards. */
public final class HubChild implements AutoCloseable {

    private static final long START_SECONDS = 300;

    private final Process process;
    private final int webPort;

    private HubChild(Process process, int webPort) {
        this.process = process;
        this.webPort = webPort;
    }

    /** Returns when the hub is ready, and with it the plugin of its drop folder. */
    public static HubChild start(Path home, String plugin) throws IOException {
        int port = FreePorts.next();
        Path config = home.resolve("config/hub.yaml");
        String before = Files.readString(config);
        Files.writeString(config, "node: {id: test}\nweb: {port: " + port + "}\n");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-Djdk.serialFilter=!*"));
        if (System.getProperty("yuzui.store.binaries") != null) {
            command.add("-Dyuzui.store.binaries=" + Path.of(System.getProperty("yuzui.store.binaries")).toAbsolutePath());
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "run"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true)
                .redirectOutput(home.resolve("child.log").toFile());
        builder.environment().put("YUZUI_HOME", home.toString());
        HubChild child = new HubChild(builder.start(), port);
        try {
            child.awaitReady(port, home, plugin);
        } catch (RuntimeException | IOException e) {
            child.close();
            throw e;
        } finally {
            Files.writeString(config, before);
        }
        return child;
    }

    private void awaitReady(int port, Path home, String plugin) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String log = Files.readString(home.resolve("child.log"), StandardCharsets.UTF_8);
                throw new ProblemException(Problem.of("hub-not-started", "The hub that was to be killed did not start with "
                        + plugin + ": " + log.substring(Math.max(0, log.length() - 600)).strip()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static boolean isReady(int port) {
        try {
            HttpURLConnection c = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/ready").toURL().openConnection();
            c.setConnectTimeout(1000);
            c.setReadTimeout(5000);
            return c.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public int webPort() {
        return webPort;
    }

    /** As the power cut does it; returns when the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
