package org.yuzui.testkit.cases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.PluginWorkbench.Candidate;
import org.yuzui.launcher.PluginWorkbench.CaseOutcome;
import org.yuzui.testkit.PluginJar;
import org.yuzui.testkit.TestHub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a plugin's cases: on one hub those that can share it, the plugin deployed anew where their settings differ and the hub started anew where
 * their unit trees do, and each of the others on a hub of its own.
 */
public final class CaseBench implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Candidate candidate;
    private final Clock clock;
    private final byte[] jar;
    private TestHub hub;
    private Overlay overlay;
    private ObjectNode deployed;
    /** Of the hub; null for the kit's own. */
    private String units;
    private int hubs;

    public CaseBench(Candidate candidate, Clock clock) {
        this.candidate = candidate;
        this.clock = clock;
        this.jar = CaseFile.bytes(candidate.jar());
    }

    /** @throws ProblemException {@code unknown-case} when there is no case of that name */
    public List<CaseOutcome> run(String only, Consumer<CaseOutcome> each) {
        List<CaseFile> cases = CaseFile.readAll(candidate.examples());
        if (only != null) {
            List<String> names = cases.stream().map(CaseFile::name).toList();
            cases = cases.stream().filter(c -> c.name().equals(only)).toList();
            if (cases.isEmpty()) {
                throw new ProblemException(new Problem("unknown-case", "examples", "There is no case '" + only + "'.",
                        KnownKeys.cure(only, names)));
            }
        }
        List<CaseFile> ordered = new ArrayList<>(cases.stream().filter(c -> !c.alone()).toList());
        // Those with the same tree, and of them those with the same settings, one after the other: a change costs a hub's start, or a deployment.
        List<ObjectNode> settings = ordered.stream().map(CaseFile::settings).distinct().toList();
        ordered.sort(Comparator.comparing((CaseFile c) -> Objects.requireNonNullElse(units(c), ""))
                .thenComparingInt(c -> settings.indexOf(c.settings())));
        cases.stream().filter(CaseFile::alone).forEach(ordered::add);
        List<CaseOutcome> outcomes = new ArrayList<>();
        for (CaseFile example : ordered) {
            CaseOutcome outcome = run(example);
            outcomes.add(outcome);
            each.accept(outcome);
        }
        return outcomes;
    }

    /** Runs one case. */
    public CaseOutcome run(CaseFile example) {
        prepare(example, example.alone());
        Door door = example.given().isEmpty() ? null : door(example);
        return new CaseRun(example, hub.hub(), candidate.descriptor().id(), door, work(), clock).run();
    }

    /** Sees to it that the plugin runs with what the case needs, on a hub that has seen nothing when {@code fresh}. */
    public void prepare(CaseFile example, boolean fresh) {
        String tree = units(example);
        boolean other = !Objects.equals(tree, units);
        units = tree;
        prepare(example.settings(), fresh || other);
    }

    /** The same for settings alone, with the unit tree of the plugin's cases. */
    public void prepare(ObjectNode settings, boolean fresh) {
        if (fresh && hub != null) {
            hub.close();
            hub = null;
        }
        if (hub == null) {
            open(settings);
        } else if (!settings.equals(deployed)) {
            hub.takeAway(candidate.descriptor().id(), PATIENCE);
            writeSettings(settings);
            deploy();
        }
    }

    private void open(ObjectNode settings) {
        hub = TestHub.in(candidate.work().resolve("hub-" + ++hubs));
        units = units == null ? units(null) : units;
        if (units != null) {
            hub.write("config/org/units.csv", units);
        }
        overlay = Overlay.of(candidate.jar(), candidate.descriptor(), work());
        writeSettings(settings);
        othersContracts();
        hub.start();
        deploy();
    }

    /** The tree of a case, or that of all cases; null where neither brings one. */
    private String units(CaseFile example) {
        Path all = candidate.examples().resolve("org/units.csv");
        Path file = example != null && example.units() != null ? example.units() : Files.isRegularFile(all) ? all : null;
        return file == null ? null : new String(CaseFile.bytes(file), StandardCharsets.UTF_8);
    }

    /** Contracts of other plugins that this one reads lie in {@code examples/contracts}. */
    private void othersContracts() {
        Path folder = candidate.examples().resolve("contracts");
        if (!Files.isDirectory(folder)) {
            return;
        }
        PluginJar others = PluginJar.of("other-contracts", "1.0.0");
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> f.toString().endsWith(".schema.json")).sorted().forEach(f -> others.file(
                    "contracts/" + f.getFileName(), new String(CaseFile.bytes(f), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hub.drop("other-contracts", others.bytes());
    }

    private void deploy() {
        hub.drop(candidate.descriptor().id(), jar);
        hub.awaitRunning(candidate.descriptor().id(), PATIENCE);
    }

    private void writeSettings(ObjectNode settings) {
        deployed = settings;
        ObjectNode all = overlay.over(settings);
        if (!all.isEmpty()) {
            hub.write("config/plugins/" + candidate.descriptor().id() + ".yaml", all.toString()); // JSON is YAML
        }
    }

    /** The door of a case on the hub that is prepared. */
    public Door door(CaseFile example) {
        return new Doors(overlay).of(example, hub.hub());
    }

    /** Where the plugin's folders lie. */
    public Path work() {
        return hub.home().resolve("work");
    }

    public TestHub hub() {
        return hub;
    }

    public Overlay overlay() {
        return overlay;
    }

    @Override
    public void close() {
        if (hub != null) {
            hub.close();
            hub = null;
        }
    }
}
