package org.yuzui.testkit.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.ProblemException;
import org.yuzui.launcher.Hub;
import org.yuzui.launcher.PluginWorkbench.CaseOutcome;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.records.RecordQuery;
import org.yuzui.records.StoredRecord;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.OccurrenceState;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One case on a hub where its plugin runs with its settings. */
final class CaseRun {

    /** How long nothing more must come before all has come; records that a subscription makes need a moment. */
    private static final Duration SETTLED = Duration.ofMillis(150);
    /** How long to hope on when something came, and not what was expected. */
    private static final Duration HOPELESS = Duration.ofSeconds(2);

    private final CaseFile example;
    private final Hub hub;
    private final String plugin;
    private final Door door;
    private final Path work;
    private final Clock clock;
    private final List<String> unanswered = new ArrayList<>();

    /** @param door null when nothing is given */
    CaseRun(CaseFile example, Hub hub, String plugin, Door door, Path work, Clock clock) {
        this.example = example;
        this.hub = hub;
        this.plugin = plugin;
        this.door = door;
        this.work = work;
        this.clock = clock;
    }

    CaseOutcome run() {
        long began = System.nanoTime();
        try (Happenings happenings = Happenings.from(hub, clock)) {
            clearFolders();
            give();
            runSchedule();
            List<String> differences = await(happenings);
            differences.addAll(0, unanswered);
            return new CaseOutcome(example.name(), example.title(), Duration.ofNanos(System.nanoTime() - began), differences,
                    happenings.of(HopKind.REFUSED).stream().map(CaseRun::reason).distinct().collect(Collectors.collectingAndThen(
                            Collectors.joining("; "), s -> s.isEmpty() ? null : s)));
        }
    }

    private void give() {
        int n = 0;
        for (Path given : example.given()) {
            for (int i = 0; i < example.repeat(); i++) {
                try {
                    String answer = door.give(given.getFileName().toString(), CaseFile.bytes(given));
                    requireAnswer(given, n, answer);
                } catch (IOException e) {
                    unanswered.add(given.getFileName() + " was not taken: " + e.getMessage());
                }
            }
            n++;
        }
    }

    private void requireAnswer(Path given, int n, String answer) {
        if (!example.answers().isEmpty()) {
            String expected = example.answers().get(Math.min(n, example.answers().size() - 1));
            if (!door.answers(answer, expected)) {
                unanswered.add("The answer to " + given.getFileName() + " is not " + expected + ": "
                        + (answer == null ? "there is none" : answer.replace("\r", " ⏎ ").strip()));
            }
        }
    }

    private void runSchedule() {
        if (example.schedule() != null) {
            try {
                String id = example.schedule().contains("/") ? example.schedule() : plugin + "/" + example.schedule();
                Occurrence done = hub.scheduler().run(id, example.day());
                if (done.state() != OccurrenceState.DONE) {
                    unanswered.add("The run of " + id + " is " + done.state() + ": " + done.cause());
                }
            } catch (ProblemException e) {
                unanswered.add(e.problem().sentence());
            }
        }
    }

    private List<String> await(Happenings happenings) {
        long end = System.nanoTime() + example.patience().toNanos();
        Quiet quiet = new Quiet();
        while (true) {
            boolean over = System.nanoTime() > end;
            boolean rest = happenings.atRest();
            long seen = happenings.changes();
            quiet.look(seen);
            List<String> differences = differences(happenings);
            boolean done = quiet.lasted(differences.isEmpty() || !unanswered.isEmpty() ? SETTLED : HOPELESS);
            if (done && (rest && (differences.isEmpty() || seen > 0) || !unanswered.isEmpty()) || over) {
                return differences;
            }
            happenings.awaitChange(seen, Quiet.LOOK);
        }
    }

    private List<String> differences(Happenings happenings) {
        List<String> lines = new ArrayList<>();
        Map<String, List<StoredRecord>> came = happenings.records();
        Set<String> contracts = new TreeSet<>(example.expected().keySet());
        if (example.expected().isEmpty() && !example.reasons().isEmpty()) {
            contracts.addAll(came.keySet()); // a refused case makes no record at all
        }
        for (String contract : contracts) {
            List<JsonNode> actual = came.getOrDefault(contract, List.of()).stream().map(StoredRecord::body).toList();
            lines.addAll(JsonDiff.records(contract, expected(contract, actual), actual, example.contains()));
        }
        refusals(happenings, lines);
        happenings.of(HopKind.DEAD).stream().map(h -> "A subscription gave up: " + reason(h)).distinct().forEach(lines::add);
        if (lines.isEmpty() || example.expected().isEmpty()) {
            happenings.of(HopKind.RETRIED).stream().map(h -> "A subscription failed: " + reason(h)).distinct().forEach(lines::add);
        }
        example.files().forEach((name, expected) -> compareFile(name, expected, lines));
        return lines;
    }

    /** Of what the hub has known before only what came again. */
    private List<JsonNode> expected(String contract, List<JsonNode> actual) {
        List<JsonNode> all = example.expected().getOrDefault(contract, List.of());
        if (!example.known() || all.stream().allMatch(e -> isIn(e, actual))) {
            return all;
        }
        List<JsonNode> stored = hub.records().store().find(RecordQuery.of(contract)
                .among(RecordQuery.Among.ANY, RecordQuery.Give.MATCHES)).stream().map(StoredRecord::body).toList();
        return all.stream().filter(e -> isIn(e, actual) || !isIn(e, stored)).toList();
    }

    private boolean isIn(JsonNode expected, List<JsonNode> records) {
        return records.stream().anyMatch(r -> example.contains() ? JsonDiff.contains(expected, r) : JsonDiff.same(expected, r));
    }

    private void refusals(Happenings happenings, List<String> lines) {
        List<Hop> refused = happenings.of(HopKind.REFUSED);
        Set<String> codes = refused.stream().map(Hop::causeCode).collect(Collectors.toCollection(LinkedHashSet::new));
        for (String expected : example.reasons()) {
            if (!codes.contains(expected)) {
                lines.add("Nothing was refused for the reason " + expected + ".");
            }
        }
        refused.stream().filter(h -> !example.reasons().contains(h.causeCode())).map(h -> "Refused: " + reason(h)).distinct()
                .forEach(lines::add);
    }

    private static String reason(Hop hop) {
        return hop.causeCode() + (hop.cause() == null ? "" : ": " + hop.cause());
    }

    private void compareFile(String name, Path expected, List<String> lines) {
        Path file = work.resolve(name);
        if (!Files.isRegularFile(file)) {
            lines.add("The file " + name + " was not written.");
            return;
        }
        byte[] a = CaseFile.bytes(expected);
        byte[] b = CaseFile.bytes(file);
        if (name.endsWith(".json")) {
            try {
                JsonNode want = CaseFile.JSON.readTree(a);
                JsonNode have = CaseFile.JSON.readTree(b);
                if (!(example.contains() ? JsonDiff.contains(want, have) : JsonDiff.same(want, have))) {
                    lines.add("The file " + name + " is another than expected:");
                    lines.addAll(JsonDiff.lines(want, have));
                }
                return;
            } catch (JsonProcessingException e) {
                lines.add("The file " + name + " is no JSON: " + e.getOriginalMessage());
                return;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        List<String> want = new String(a, StandardCharsets.UTF_8).lines().toList();
        List<String> have = new String(b, StandardCharsets.UTF_8).lines().toList();
        if (!want.equals(have)) {
            lines.add("The file " + name + " is another than expected:");
            lines.addAll(JsonDiff.lines(want, have));
        }
    }

    /** What the case before has left must not be taken for this one's. */
    private void clearFolders() {
        if (!Files.isDirectory(work)) {
            return;
        }
        try (java.util.stream.Stream<Path> all = Files.walk(work)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
