package org.yuzui.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.yuzui.container.PluginSignatures;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.HubConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code yuzui doctor}: what keeps a hub from starting, or from being reached, before anybody has to guess. */
@Command(name = "doctor")
final class DoctorCommand extends LocalCommand {

    private static final long ENOUGH_DISK = 1L << 30;
    private static final int OLDEST_JAVA = 17;

    @Option(names = "--json", descriptionKey = "doctor.json")
    private boolean json;

    /**
     * One thing that was looked at.
     *
     * @param failure what it means for the shell; null when all is well
     */
    private record Check(String name, ExitCode failure, String detail) {
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Home home = home();
        List<Check> checks = new ArrayList<>();
        checks.add(java());
        checks.add(layout(home.path()));
        checks.add(configuration(home.path()));
        checks.add(trust(home.path().resolve("config/trust")));
        Optional<ProcessHandle> hub = runningHub(home.path());
        checks.add(data(home.path().resolve("data"), hub));
        checks.add(keys(home.path().resolve("data")));
        checks.add(disk(home.path()));
        checks.addAll(ports(home, hub.isPresent()));
        checks.add(hub(home, hub.isPresent()));
        show(checks);
        return checks.stream().map(Check::failure).filter(f -> f != null).findFirst().orElse(ExitCode.OK).number();
    }

    private static Check java() {
        int feature = Runtime.version().feature();
        return new Check("java", feature < OLDEST_JAVA ? ExitCode.BAD_CONFIGURATION : null,
                System.getProperty("java.runtime.version") + " " + System.getProperty("java.home"));
    }

    private Check layout(Path home) {
        List<String> missing = new ArrayList<>();
        for (String folder : new String[] {"config", "config/org", "config/calendar", "plugins", "routes"}) {
            if (!Files.isDirectory(home.resolve(folder))) {
                missing.add(folder);
            }
        }
        return missing.isEmpty() ? new Check("home", null, home.toString())
                : new Check("home", ExitCode.BAD_CONFIGURATION, text("doctor.missing", home, String.join(", ", missing)));
    }

    private Check configuration(Path home) {
        try {
            HubConfig.load(home);
            return new Check("config", null, HubConfig.NAME);
        } catch (ProblemException e) {
            return new Check("config", ExitCode.of(e.problem()), say(e.problem()));
        }
    }

    private Check trust(Path folder) {
        try {
            PluginSignatures.requireReadable(folder);
            return new Check("trust", null, folder.toString());
        } catch (ProblemException e) {
            return new Check("trust", ExitCode.of(e.problem()), say(e.problem()));
        }
    }

    /** The hub that runs on this data, by the process id that it keeps in its lock file. */
    private static Optional<ProcessHandle> runningHub(Path home) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(home.resolve("data/hub.lock")).strip()))
                    .filter(p -> p.info().command().orElse("").endsWith("java"));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Check data(Path data, Optional<ProcessHandle> hub) {
        Path nearest = data;
        while (!Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
            return new Check("data", ExitCode.DATA_UNUSABLE, text("doctor.not-writable", nearest));
        }
        return new Check("data", null, hub.map(p -> text("doctor.in-use", data, p.pid())).orElse(data.toString()));
    }

    /** A hub that has been running makes new keys when its own are gone, and what the old ones encrypted stays closed. */
    private Check keys(Path data) {
        Path keys = data.resolve("keys");
        List<String> missing = Files.isDirectory(data.resolve("artemis")) ? Stream.of("payload.key", "index.key")
                .filter(name -> !Files.isReadable(keys.resolve(name))).toList() : List.of();
        return missing.isEmpty() ? new Check("keys", null, keys.toString())
                : new Check("keys", ExitCode.DATA_UNUSABLE, text("doctor.keys", keys, String.join(", ", missing)));
    }

    private Check disk(Path home) {
        try {
            long free = Files.getFileStore(home).getUsableSpace();
            return new Check("disk", free < ENOUGH_DISK ? ExitCode.DATA_UNUSABLE : null, text("doctor.free", free >> 20));
        } catch (IOException e) {
            return new Check("disk", ExitCode.DATA_UNUSABLE, e.toString());
        }
    }

    private List<Check> ports(Home home, boolean running) {
        List<Check> checks = new ArrayList<>();
        checks.add(port("web", home.webHost(), home.webPort(), running));
        for (Home.Listener listener : home.listeners()) {
            checks.add(port(listener.plugin() + " " + listener.protocol(), listener.host(), listener.port(), running));
        }
        return checks;
    }

    private Check port(String name, String host, int port, boolean running) {
        String where = "port " + name;
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return new Check(where, null, host + ":" + (port == 0 ? 0 : socket.getLocalPort()));
        } catch (IOException e) {
            return running ? new Check(where, null, text("doctor.port-by-hub", host, port))
                    : new Check(where, ExitCode.PORT_IN_USE, text("doctor.port-taken", host, port, e.getMessage()));
        }
    }

    /** A hub that is not running is no fault; one that runs and does not answer is. */
    private Check hub(Home home, boolean running) {
        try {
            new HubClient(home.url(), null, messages()).get("/ready");
            return new Check("hub", null, text("doctor.ready", home.url()));
        } catch (Failure e) {
            return new Check("hub", running ? e.code() : null, running ? e.getMessage() : text("doctor.not-running"));
        }
    }

    private void show(List<Check> checks) throws JsonProcessingException {
        if (json) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Check check : checks) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", check.name());
                row.put("ok", check.failure() == null);
                row.put("detail", check.detail());
                rows.add(row);
            }
            out().println(HubClient.JSON.writeValueAsString(Map.of("checks", rows)));
            return;
        }
        Table table = new Table("", text("doctor.check"), text("doctor.detail"));
        checks.forEach(c -> table.row(c.failure() == null ? "✓" : "✗", c.name(), c.detail()));
        table.print(out());
    }
}
