package org.yuzui.system;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A hub in a process of its own. */
final class HubProcess {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Site site;
    private final Process process;
    private final Path output;

    HubProcess(Site site, ProcessBuilder command, Path output) throws IOException {
        this.site = site;
        this.output = output;
        this.process = command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    /** Waits until the hub is ready and its his plugin takes messages. */
    void awaitReady() {
        Awaitility.await("the hub of " + site.home + " is ready").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    assertThat(process.isAlive()).as(() -> "The hub ended with " + process.exitValue() + ":\n" + output()).isTrue();
                    return isReady() && listens();
                });
    }

    private boolean isReady() throws InterruptedException {
        try {
            URI ready = URI.create("http://127.0.0.1:" + site.webPort + "/ready");
            return HTTP.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean listens() {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", site.mllpPort)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL: nothing of the hub gets to run any more. Its database's processes are left alone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; gives the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(Site.PATIENCE.toMinutes(), TimeUnit.MINUTES)).as(() -> "The hub ends:\n" + output()).isTrue();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "(its output can't be read: " + e + ")";
        }
    }

    void destroy() {
        process.destroyForcibly().onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
}
