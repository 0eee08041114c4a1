package org.yuzui.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuzui.launcher.demo.Hospitals;
import org.yuzui.launcher.demo.SendReport;
import org.yuzui.launcher.demo.Sender;
import org.yuzui.launcher.demo.Traffic;

/**
 * A plugin goes back and forth between two versions while messages stream in, and the hub is killed at random points of the
 * change: what was sent is processed, by one version, once; and after every start exactly one version runs. Of five changes two are
 * cut short by a kill. Twenty changes show that an end at any point of a change is survived; {@code -Dyuzui.changes=50}, or more, with
 * {@code -Dyuzui.seed} for other points, is for whoever has altered how a change is made.
 */
class UpdateUnderLoadTest {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 22);
    private static final int CHANGES = Integer.getInteger("yuzui.changes", 20);
    private static final int KILLS = CHANGES * 2 / 5;
    private static final int RATE = 60;
    /** More than can be sent in the time; the sender is stopped when the changes are done. */
    private static final int COUNT = 800 * CHANGES;

    private final Random random = new Random(Long.getLong("yuzui.seed", 20261122));
    private Site site;
    private HubProcess hub;

    @BeforeEach
    void create() throws Exception {
        site = Site.create("update-under-load");
        site.keepOnlyHospitals();
        RelayPlugin.write(site.home.resolve("plugins"), "1.0.0");
        hub = site.start();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void backAndForthUnderLoadWithKillsLosesNothingAndDoesNothingTwice() throws Exception {
        Traffic traffic = new Traffic(new Traffic.Plan(Hospitals.of(site.home, List.of()), LAST.minusDays(3), LAST, COUNT, 7));
        Sender sender = new Sender(new Sender.Line("127.0.0.1", site.mllpPort, RATE, Duration.ofSeconds(20), Duration.ofMinutes(2)), true);
        CompletableFuture<SendReport> sending = CompletableFuture.supplyAsync(() -> {
            try {
                return sender.send(traffic, 4);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Map<String, byte[]> jars = Map.of("1.0.0", RelayPlugin.zip("1.0.0"), "1.1.0", RelayPlugin.zip("1.1.0"));
        String runs = awaitOneVersion(Set.of("1.0.0"));
        int taken = 0;
        for (int change = 1; change <= CHANGES; change++) {
            String from = runs;
            String to = from.equals("1.0.0") ? "1.1.0" : "1.0.0";
            long before = sender.answered();
            boolean kill = change * KILLS / CHANGES > (change - 1) * KILLS / CHANGES;
            if (kill) {
                CompletableFuture<?> request = CompletableFuture.runAsync(() -> change(from, to, jars));
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(250_000)));
                hub.kill();
                request.handle((done, broken) -> null).get(1, TimeUnit.MINUTES);
                hub = site.start();
                runs = awaitOneVersion(Set.of(from, to));
            } else {
                change(from, to, jars);
                runs = awaitOneVersion(Set.of(to));
            }
            taken += runs.equals(to) ? 1 : 0;
            Awaitility.await("the stream goes on after change " + change).atMost(Site.PATIENCE)
                    .pollInterval(Duration.ofMillis(2)).until(() -> sender.answered() >= before + 5);
        }
        sender.stop();
        SendReport report = sending.get(2, TimeUnit.MINUTES);
        assertThat(taken).as("changes that took hold").isGreaterThanOrEqualTo(CHANGES - KILLS);

        Rest rest = site.rest();
        Set<String> acknowledged = new HashSet<>(sender.acknowledged());
        Map<String, JsonNode> visits = new HashMap<>();
        Set<String> arrived = new HashSet<>();
        for (JsonNode flow : rest.flows("his.visit.v1")) {
            visits.put(flow.path("id").asText(), flow);
            arrived.add(flow.path("sourceId").asText());
        }
        rest.flows("his.result.v1").forEach(flow -> arrived.add(flow.path("sourceId").asText()));
        assertThat(arrived).as("none that was acknowledged is lost: %s", report.toMap()).containsAll(acknowledged);

        Awaitility.await("the relay has read all").atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(200))
                .until(() -> rest.flows(RelayPlugin.CONTRACT).size() >= visits.size());
        Map<String, Integer> seen = new HashMap<>();
        Set<String> by = new HashSet<>();
        for (JsonNode flow : rest.flows(RelayPlugin.CONTRACT)) {
            seen.merge(flow.path("key").asText(), 1, Integer::sum);
        }
        assertThat(seen.keySet()).as("sent = processed").containsExactlyInAnyOrderElementsOf(visits.keySet());
        assertThat(seen.values()).as("none by both versions").containsOnly(1);

        List<JsonNode> history = new java.util.ArrayList<>();
        rest.get("/api/v1/plugins/relay/history?limit=200").path("events").forEach(history::add);
        assertThat(history).noneMatch(e -> e.path("outcome").asText().equals("UNDER_WAY"));
        assertThat(hub.terminate()).isIn(0, 143);
        assertThat(site.processes()).isEmpty();
    }

    /** Upwards by an upload, downwards by a rollback. */
    private void change(String from, String to, Map<String, byte[]> jars) {
        try {
            if (to.compareTo(from) > 0) {
                site.rest().upload("relay-" + to + ".zip", jars.get(to));
            } else {
                site.rest().post("/api/v1/plugins/relay/rollback", "{\"version\": \"" + to + "\"}");
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the relay runs, and proves that it is one version, with one set of routes and one reader. */
    private String awaitOneVersion(Set<String> allowed) throws Exception {
        Rest rest = site.rest();
        JsonNode plugin = Awaitility.await("the relay runs in one of " + allowed).atMost(Site.PATIENCE)
                .pollInterval(Duration.ofMillis(10)).until(() -> rest.get("/api/v1/plugins/relay"), p ->
                        p.at("/plugin/state").asText().equals("RUNNING") && allowed.contains(p.at("/plugin/version").asText()));
        assertThat(plugin.path("routes")).as(plugin.toString()).hasSize(1)
                .allMatch(r -> r.path("state").asText().equals("Started"));
        try (var jars = Files.list(site.home.resolve("plugins"))) {
            assertThat(jars.map(Path::getFileName).map(Path::toString).filter(n -> n.startsWith("relay")).toList())
                    .as("the folder says the same").hasSize(1);
        }
        return plugin.at("/plugin/version").asText();
    }
}
