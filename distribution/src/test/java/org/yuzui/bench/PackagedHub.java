package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The unpacked distribution with the demonstration site, run by {@code bin/yuzui} on ports that are free. */
final class PackagedHub implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern CONSOLE = Pattern.compile("console\\s+http://127\\.0\\.0\\.1:(\\d+)/");
    private static final Duration DRAIN = Duration.ofSeconds(90);

    private final Setting setting;
    private final Path home;
    private final int mllpPort;
    private final int vehiclePort;
    private final Map<String, Integer> ports = new HashMap<>();
    private final ArrayDeque<String> output = new ArrayDeque<>();
    private Process process;
    private CountDownLatch greeted;
    private volatile long readyAt;
    private volatile int webPort;
    private String options = "";

    private PackagedHub(Setting setting, Path home, int mllpPort, int vehiclePort) {
        this.setting = setting;
        this.home = home;
        this.mllpPort = mllpPort;
        this.vehiclePort = vehiclePort;
    }

    /** A home without data; nothing runs yet. */
    static PackagedHub create(Setting setting, String name) throws IOException {
        Path home = setting.work().resolve(name);
        Folders.delete(home);
        for (String folder : new String[] {"config", "plugins", "routes"}) {
            Folders.copy(setting.program().resolve(folder), home.resolve(folder));
        }
        Processes.workingOn(home);
        PackagedHub hub = new PackagedHub(setting, home, freePort(), freePort());
        hub.edit("config/hub.yaml", "port: 8088", "port: 0");
        hub.edit("config/plugins/his.yaml", "port: 2575", "port: " + hub.mllpPort);
        hub.edit("config/plugins/vehicle.yaml", "port: 7808", "port: " + hub.vehiclePort);
        hub.move("vehicle", "7809", "platforms");
        hub.move("vehicle", "7880", "base data");
        hub.move("kindergarten", "8093", "kindergarten");
        hub.move("assets", "7890", "assets");
        return hub;
    }

    private void move(String plugin, String from, String door) throws IOException {
        ports.put(door, freePort());
        edit("config/plugins/" + plugin + ".yaml", "port: " + from, "port: " + ports.get(door));
    }

    /** For its JVM, behind the usual ones; before it is started. */
    void options(String more) {
        options = more;
    }

    /** Starts it; gives the seconds from the command to its word that it is ready, which is then checked. */
    double start() throws Exception {
        greeted = new CountDownLatch(1);
        long began = System.nanoTime();
        process = Processes.start(command("run").redirectErrorStream(true));
        Thread reader = new Thread(this::read, "hub-output");
        reader.setDaemon(true);
        reader.start();
        if (!greeted.await(240, TimeUnit.SECONDS) || webPort == 0) {
            throw new IllegalStateException("The hub did not start:\n" + String.join("\n", lastLines()));
        }
        HttpResponse<Void> ready = HTTP.send(HttpRequest.newBuilder(uri("/ready")).build(), HttpResponse.BodyHandlers.discarding());
        new Socket(InetAddress.getLoopbackAddress(), mllpPort).close();
        if (ready.statusCode() != 200) {
            throw new IllegalStateException("The hub says that it is ready, but /ready answers " + ready.statusCode());
        }
        return (readyAt - began) / 1e9;
    }

    private void read() {
        CountDownLatch mine = greeted;
        try (BufferedReader lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("Yuzui ") && line.contains(" is ready")) {
                    readyAt = System.nanoTime();
                }
                Matcher console = CONSOLE.matcher(line);
                if (console.find()) {
                    webPort = Integer.parseInt(console.group(1));
                    mine.countDown();
                }
                synchronized (output) {
                    output.add(line);
                    if (output.size() > 40) {
                        output.remove();
                    }
                }
            }
        } catch (IOException e) {
            synchronized (output) {
                output.add("(its output ended: " + e.getMessage() + ")");
            }
        }
        mine.countDown();
    }

    private List<String> lastLines() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    /** Runs a client command of the distribution to its end. */
    void command(int seconds, String... arguments) throws Exception {
        Process client = Processes.start(command(arguments).redirectErrorStream(true)
                .redirectOutput(home.resolve("client.out").toFile()));
        boolean ended = client.waitFor(seconds, TimeUnit.SECONDS);
        Processes.end(client);
        if (!ended || client.exitValue() != 0) {
            throw new IllegalStateException("yuzui " + String.join(" ", arguments) + ": " + Files.readString(home.resolve("client.out")));
        }
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(setting.program().resolve("bin/yuzui").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().keySet().removeIf(k -> k.startsWith("YUZUI_") && !k.equals("YUZUI_OPTS"));
        if (!options.isEmpty()) {
            builder.environment().merge("YUZUI_OPTS", options, (usual, more) -> usual + " " + more);
        }
        builder.environment().put("YUZUI_HOME", home.toString());
        builder.environment().put("YUZUI_LANG", "en");
        return builder;
    }

    JsonNode get(String path) throws Exception {
        HttpResponse<byte[]> answer = send(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answers " + answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(answer.body());
    }

    /** An answer that is no success is an error. */
    JsonNode post(String path, String json) throws Exception {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)).build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** Installs a plugin through the API; returns when it runs. */
    void upload(String fileName, byte[] jar) throws Exception {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(uri("/api/v1/plugins?fileName=" + fileName))
                .header("Authorization", "Bearer " + token()).header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(jar)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("The upload of " + fileName + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** A full collection, asked for from outside as an operator would. */
    void collectGarbage() throws Exception {
        for (int i = 0; i < 2; i++) {
            Process jcmd = Processes.start(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(process.pid()), "GC.run").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD));
            if (!Processes.awaitEnd(jcmd) || jcmd.exitValue() != 0) {
                throw new IllegalStateException("jcmd can't reach the hub's JVM");
            }
        }
    }

    /** How many objects of a class are reachable, by a walk over the hub's heap after a full collection. */
    long alive(String type) throws Exception {
        Path histogram = home.resolve("histogram.out");
        Process jcmd = Processes.start(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()), "GC.class_histogram").redirectErrorStream(true).redirectOutput(histogram.toFile()));
        if (!Processes.awaitEnd(jcmd) || jcmd.exitValue() != 0) {
            throw new IllegalStateException("jcmd can't reach the hub's JVM");
        }
        // Columns: rank, objects, bytes, class.
        return Files.readString(histogram).lines().map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length >= 4 && row[3].equals(type)).mapToLong(row -> Long.parseLong(row[1])).sum();
    }

    /** The sum of all measures whose line begins so. */
    double metric(String beginning) throws Exception {
        String all = new String(send("/metrics").body(), StandardCharsets.UTF_8);
        double[] values = all.lines().filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).toArray();
        if (values.length == 0) {
            throw new IllegalStateException("There is no measure " + beginning);
        }
        return java.util.Arrays.stream(values).sum();
    }

    private String token() throws IOException {
        return Files.readString(home.resolve("data/bootstrap-token")).strip();
    }

    boolean knowsPlugin(String id) throws Exception {
        return send("/api/v1/plugins/" + id).statusCode() == 200;
    }

    private HttpResponse<byte[]> send(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token()).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** For a client command: its port is not that of the configuration. */
    String url() {
        return "http://127.0.0.1:" + webPort;
    }

    private URI uri(String path) {
        return URI.create(url() + path);
    }

    /** Waits until every subscription, the store and the ledger have taken all that was accepted; seconds that it took. */
    double awaitDrained() throws Exception {
        return awaitDrained(DRAIN);
    }

    double awaitDrained(Duration atMost) throws Exception {
        long began = System.nanoTime();
        Waiting.until("the hub has taken in what it accepted", atMost, Duration.ofMillis(50), () -> {
            for (JsonNode subscription : get("/api/v1/subscriptions").path("subscriptions")) {
                if (subscription.path("reading").asBoolean() && subscription.path("waiting").asLong() > 0) {
                    return false;
                }
            }
            return get("/api/v1/hub").path("ledgerLag").asLong() == 0;
        });
        return (System.nanoTime() - began) / 1e9;
    }

    Path home() {
        return home;
    }

    int mllpPort() {
        return mllpPort;
    }

    /** @param door {@code platforms}, {@code kindergarten}, {@code assets} */
    int port(String door) {
        return ports.get(door);
    }

    /** Of the terminals, JT/T 808. */
    int vehiclePort() {
        return vehiclePort;
    }

    List<ProcessHandle> jvm() {
        return List.of(process.toHandle());
    }

    List<ProcessHandle> database() {
        return Processes.database(home);
    }

    /** Stops it with a signal, as an operator does; its data stay. */
    void stop() {
        if (process != null) {
            boolean clean = Processes.end(process);
            process = null;
            if (!clean) {
                throw new IllegalStateException("The hub did not stop:\n" + String.join("\n", lastLines()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } finally {
            database().forEach(ProcessHandle::destroyForcibly);
            Folders.delete(home);
        }
    }

    /** Replaces what must stand exactly once in a file of the home. */
    void edit(String file, String old, String text) throws IOException {
        Path path = home.resolve(file);
        String before = Files.readString(path);
        if (before.split(Pattern.quote(old), -1).length != 2) {
            throw new IllegalStateException("'" + old + "' does not stand once in " + file);
        }
        Files.writeString(path, before.replace(old, text));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
