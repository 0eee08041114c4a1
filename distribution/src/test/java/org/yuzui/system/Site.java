package org.yuzui.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.yuzui.bench.Folders;
import org.yuzui.testkit.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;

/** A home of its own for one test, with ports that are free, run by the one unpacked distribution. */
final class Site implements AutoCloseable {

    private static final Path WORK = Path.of(System.getProperty("yuzui.workdir"));
    /** The database's programs are unpacked once for all hubs. */
    static final List<String> SHARED = List.of("-XX:TieredStopAtLevel=1", "-Dyuzui.store.binaries=" + System.getProperty("yuzui.store.binaries"));
    private static final String QUICKLY = String.join(" ", SHARED);
    /** What must come, comes in a twentieth of it on a machine that has nothing else to do. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path program;
    final Path home;
    final int webPort;
    final int mllpPort;
    private final String options;
    private final List<HubProcess> hubs = new ArrayList<>();
    private final List<Process> others = new ArrayList<>();

    private Site(Path program, Path home, int webPort, int mllpPort, String options) {
        this.program = program;
        this.home = home;
        this.webPort = webPort;
        this.mllpPort = mllpPort;
        this.options = options;
    }

    /** Its hubs find what a machine has after its first day, and compile once and quickly: most of them live for a minute. */
    static Site create(String name) throws Exception {
        Site site = create(name, Program.folder(), QUICKLY);
        Program.lendClasses(site.home);
        return site;
    }

    /** As {@link #create}, but its hubs compile as they are shipped to. */
    static Site shipped(String name) throws Exception {
        Site site = create(name, Program.folder(), "");
        Program.lendClasses(site.home);
        return site;
    }

    /** As on a machine where no hub has run yet, and as it is shipped: reading all classes, its first start takes three times as long. */
    static Site unused(String name) throws Exception {
        return create(name, Program.folder(), "");
    }

    /** The very first one, whose classes the others are lent. */
    static Site first(Path unpacked) throws IOException {
        return create("first", unpacked, QUICKLY);
    }

    private static Site create(String name, Path unpacked, String options) throws IOException {
        Path home = WORK.resolve(name);
        Folders.delete(home);
        for (String folder : new String[] {"config", "plugins", "routes"}) {
            Folders.copy(unpacked.resolve(folder), home.resolve(folder));
        }
        Site site = new Site(unpacked, home, FreePorts.next(), FreePorts.next(), options);
        site.edit("config/hub.yaml", "port: 8088", "port: " + site.webPort);
        site.edit("config/plugins/his.yaml", "port: 2575", "port: " + site.mllpPort);
        for (String port : new String[] {"7808", "7809", "7880"}) { // terminals, platforms, base data
            site.edit("config/plugins/vehicle.yaml", "port: " + port, "port: " + FreePorts.next());
        }
        site.edit("config/plugins/kindergarten.yaml", "port: 8093", "port: " + FreePorts.next());
        site.edit("config/plugins/assets.yaml", "port: 7890", "port: " + FreePorts.next());
        return site;
    }

    /** Gives the meters of the demonstration, several of which share a port, ports that are free. */
    void moveMeters() throws IOException {
        Path settings = home.resolve("config/plugins/energy.yaml");
        Map<String, Integer> moved = new HashMap<>();
        Files.writeString(settings, Pattern.compile("port: (\\d+)").matcher(Files.readString(settings))
                .replaceAll(port -> "port: " + moved.computeIfAbsent(port.group(1), p -> FreePorts.next())));
    }

    /** Leaves only those files of a folder whose names have one of the parts: what a test doesn't need would make each start longer. */
    void keepOnly(String folder, String... parts) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).filter(f -> Stream.of(parts).noneMatch(f.getFileName().toString()::contains)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Nothing but the hospitals: the plugin that {@link HubProcess#awaitReady} waits for. */
    void keepOnlyHospitals() throws IOException {
        keepOnly("plugins", "-his-");
        keepOnly("routes");
    }

    /** What a plugin's settings say under {@code http.port}. */
    int httpPort(String plugin) throws IOException {
        Matcher port = Pattern.compile("(?s)\\nhttp:\\n.*?port: (\\d+)").matcher(Files.readString(home.resolve("config/plugins/" + plugin + ".yaml")));
        assertThat(port.find()).as("http.port of %s", plugin).isTrue();
        return Integer.parseInt(port.group(1));
    }

    /** Deadlines that are counted from today are known at whatever day the test runs, also where no notice is out. */
    void announce(int year) throws IOException {
        Path file = home.resolve("config/calendar/holidays-" + year + ".json");
        if (!Files.exists(file)) {
            Files.writeString(file, """
                    {"year": %1$d, "holidays": [{"name": "元旦", "from": "%1$d-01-01", "to": "%1$d-01-01"}], "workdays": []}
                    """.formatted(year));
        }
    }

    /** Replaces what stands exactly once in a file. */
    void edit(String file, String old, String text) throws IOException {
        Path path = home.resolve(file);
        String before = Files.readString(path);
        assertThat(before.split(Pattern.quote(old), -1)).as("'%s' stands once in %s", old, file).hasSize(2);
        Files.writeString(path, before.replace(old, text));
    }

    /** Runs the hub without waiting for anything. */
    HubProcess run() throws IOException {
        HubProcess hub = new HubProcess(this, command("run"), home.resolve("hub-" + hubs.size() + ".out"));
        hubs.add(hub);
        return hub;
    }

    HubProcess start() throws IOException {
        HubProcess hub = run();
        hub.awaitReady();
        return hub;
    }

    /** A hub for which it is another day. */
    RehearsalHub startAt(Instant instant) throws Exception {
        return RehearsalHub.start(this, instant);
    }

    /** Ends a process when the site is closed. */
    void endWith(Process process) {
        others.add(process);
    }

    Rest rest() throws IOException {
        return new Rest("http://127.0.0.1:" + webPort, Files.readString(home.resolve("data/bootstrap-token")).strip());
    }

    /** Runs a client command to its end. */
    Ended yuzui(String... arguments) throws Exception {
        return yuzui(Map.of(), arguments);
    }

    Ended yuzui(Map<String, String> environment, String... arguments) throws Exception {
        return yuzui(environment, "", arguments);
    }

    /** With what is typed into it. */
    Ended yuzuiReads(String typed, String... arguments) throws Exception {
        return yuzui(Map.of(), typed, arguments);
    }

    /** A client command that goes on until it is ended; ended with the site. */
    HubProcess runInBackground(String... arguments) throws IOException {
        HubProcess client = new HubProcess(this, command(arguments), home.resolve("client-" + hubs.size() + ".out"));
        hubs.add(client);
        return client;
    }

    private Ended yuzui(Map<String, String> environment, String typed, String... arguments) throws Exception {
        ProcessBuilder builder = command(arguments);
        builder.environment().putAll(environment);
        Path out = Files.createTempFile(home, "client", ".out");
        Path err = Files.createTempFile(home, "client", ".err");
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(typed.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)).as("yuzui %s ends", List.of(arguments)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    record Ended(int code, String out, String err) {
        Ended ok() {
            assertThat(code).as(out + err).isZero();
            return this;
        }
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.resolve("bin/yuzui").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().keySet().removeIf(k -> k.startsWith("YUZUI_"));
        builder.environment().put("YUZUI_HOME", home.toString());
        builder.environment().put("YUZUI_LANG", "en");
        builder.environment().put("YUZUI_OPTS", options);
        return builder;
    }

    /** Processes that work on this site's data: the hub's own, and its database's. */
    List<ProcessHandle> processes() {
        Path data = home.resolve("data");
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(data.toString()) || isIn(data, p)
                        || p.info().arguments().map(a -> String.join(" ", a).contains(data.toString())).orElse(false))
                .toList();
    }

    /** A database's own processes don't name its folder; they stand in it. */
    private static boolean isIn(Path folder, ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd")).startsWith(folder);
        } catch (IOException e) {
            return false; // ended, or another user's
        }
    }

    /** Nothing works here any more when it returns: the next test may delete the folder. */
    @Override
    public void close() {
        hubs.forEach(HubProcess::destroy);
        others.forEach(p -> p.destroyForcibly().onExit().join());
        Awaitility.await("nothing works on " + home).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO).until(() -> {
            List<ProcessHandle> left = processes();
            left.forEach(ProcessHandle::destroyForcibly);
            return left.isEmpty();
        });
    }

    /** Where the jars of the unpacked distribution lie. */
    static Path library() throws Exception {
        return Program.folder().resolve("lib");
    }
}
