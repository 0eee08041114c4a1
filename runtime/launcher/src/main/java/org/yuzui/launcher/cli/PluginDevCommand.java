package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.authoring.FolderChanges;
import org.yuzui.launcher.authoring.FolderProblemsException;
import org.yuzui.launcher.authoring.PackedPlugin;
import org.yuzui.launcher.authoring.PluginFolder;
import org.yuzui.launcher.authoring.PluginPacker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;

/** {@code yuzui plugin dev}: a folder that is in a running hub at every save. */
@Command(name = "dev")
final class PluginDevCommand extends ClientCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameters(index = "0", arity = "0..1", defaultValue = ".", paramLabel = "DIR", descriptionKey = "plugin.dir.parameter")
    private Path folder;

    @Option(names = "--accept", paramLabel = "ID", descriptionKey = "yuzui.plugin.dev.accept")
    private List<String> accepted = new ArrayList<>();

    @Option(names = "--once", descriptionKey = "yuzui.plugin.dev.once")
    private boolean once;

    private volatile String running;
    private String lastSha256 = "";

    @Override
    public Integer call() {
        HubLog.none();
        PluginFolder plugin = PluginFolder.of(folder);
        hub().get("/api/v1/plugins"); // says at once when there is no hub, or no token
        if (once) {
            return round(plugin) ? ExitCode.OK.number() : ExitCode.FAILED.number();
        }
        Thread bye = new Thread(this::goodbye, "goodbye");
        Runtime.getRuntime().addShutdownHook(bye);
        try (FolderChanges changes = FolderChanges.of(plugin)) {
            round(plugin);
            out().println(text("plugin.dev.watches", plugin.root()));
            out().flush();
            while (true) {
                Set<Path> files = changes.await();
                StringJoiner names = new StringJoiner(", ");
                files.stream().limit(3).forEach(f -> names.add(f.toString()));
                out().println(now() + " " + names + (files.size() > 3 ? ", …" : ""));
                round(PluginFolder.of(folder));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK.number();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void goodbye() {
        out().println();
        out().println(running == null ? text("plugin.dev.bye-nothing") : text("plugin.dev.bye", running));
        out().flush();
    }

    /** Packs and installs once; a failure is shown and leaves what runs. */
    private boolean round(PluginFolder plugin) {
        long began = System.nanoTime();
        boolean good = false;
        try {
            PackedPlugin packed = new PluginPacker(plugin, AuthoringCommand.clock()).pack(null);
            if (packed.sha256().equals(lastSha256)) {
                out().println(now() + " " + text("plugin.dev.same"));
                return true;
            }
            JsonNode state = install(packed);
            lastSha256 = packed.sha256();
            running = packed.descriptor().id() + " " + packed.descriptor().version() + " (" + packed.sha256().substring(0, 12) + ")";
            out().println(now() + " " + text(state.path("state")) + " " + running + " "
                    + AuthoringCommand.seconds(Duration.ofNanos(System.nanoTime() - began)) + " s");
            if (state.path("problem").isObject()) {
                out().println("  " + AuthoringCommand.inFolder(problem(state.path("problem"))));
            }
            good = true;
        } catch (FolderProblemsException e) {
            e.problems().forEach(p -> out().println(now() + " " + say(p)));
            stays();
        } catch (ProblemException e) {
            out().println(now() + " " + AuthoringCommand.inFolder(say(e.problem())));
            stays();
        } catch (Failure e) {
            if (e.code() == ExitCode.DENIED) {
                throw e;
            }
            out().println(now() + " " + AuthoringCommand.inFolder(reason(e)));
            stays();
        }
        out().flush();
        return good;
    }

    private void stays() {
        if (running != null) {
            out().println("  " + text("plugin.dev.stays", running));
        }
    }

    private static String reason(Failure e) {
        if (e.json() == null) {
            return e.getMessage();
        }
        String place = text(HubClient.parse(e.json()).path("place"));
        return (place.isEmpty() || e.getMessage().startsWith(place) ? "" : place + ": ") + e.getMessage();
    }

    private JsonNode install(PackedPlugin packed) {
        String id = packed.descriptor().id();
        try {
            hub().upload("/api/v1/plugins", Map.of("fileName", packed.file().getFileName(), "accept", accepted), packed.file(), HubClient.JAR, Map.of());
            return status(id);
        } catch (Failure e) {
            if (e.code() == ExitCode.NOT_FOUND && Files.isDirectory(home().path().resolve("plugins"))) {
                return drop(packed);
            }
            throw e;
        }
    }

    /** A hub that takes no jar by its interface takes it by its folder. */
    private JsonNode drop(PackedPlugin packed) {
        String id = packed.descriptor().id();
        String before = text(stateOrNothing(id).path("since")) + text(stateOrNothing(id).path("problem"));
        try {
            Path plugins = home().path().resolve("plugins");
            Path part = plugins.resolve("." + packed.file().getFileName() + ".part");
            Files.copy(packed.file(), part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, plugins.resolve(packed.file().getFileName()), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode state = stateOrNothing(id);
            boolean news = !before.equals(text(state.path("since")) + text(state.path("problem")));
            if (news && !text(state.path("state")).equals("STARTING")) {
                if (state.path("problem").isObject() && !text(state.path("state")).equals("DEGRADED")) {
                    throw new Failure(ExitCode.FAILED, problem(state.path("problem")));
                }
                return state;
            }
            if (System.nanoTime() > end) {
                throw new Failure(ExitCode.FAILED, text("plugin.dev.silent", PATIENCE.toSeconds()));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private JsonNode stateOrNothing(String id) {
        for (JsonNode plugin : HubClient.parse(hub().get("/api/v1/plugins")).path("plugins")) {
            if (text(plugin.path("id")).equals(id)) {
                return plugin;
            }
        }
        return HubClient.JSON.createObjectNode();
    }

    private JsonNode status(String id) {
        return HubClient.parse(hub().get("/api/v1/plugins/" + HubClient.encode(id))).path("plugin");
    }

    private static String now() {
        return LocalTime.now(AuthoringCommand.clock()).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
