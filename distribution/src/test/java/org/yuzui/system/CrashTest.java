package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yuzui.launcher.demo.Hospitals;
import org.yuzui.launcher.demo.SendReport;
import org.yuzui.launcher.demo.Sender;
import org.yuzui.launcher.demo.Traffic;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The hub is killed with SIGKILL while messages stream in: what it acknowledged is there, once. */
class CrashTest {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 22);
    private static final int COUNT = 6000;
    private static final int KILLS = 4;

    private Site site;

    @BeforeEach
    void create() throws Exception {
        site = Site.create("crash");
        site.keepOnlyHospitals();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void killsInMidStreamLoseNothingAndCountNothingTwice() throws Exception {
        HubProcess hub = site.start();
        Traffic traffic = new Traffic(new Traffic.Plan(Hospitals.of(site.home, List.of()), LAST.minusDays(3), LAST, COUNT, 42));
        Sender sender = new Sender(new Sender.Line("127.0.0.1", site.mllpPort, 0, Duration.ofSeconds(20), Duration.ofMinutes(2)), true);
        CompletableFuture<SendReport> sending = CompletableFuture.supplyAsync(() -> {
            try {
                return sender.send(traffic, 8);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        Set<String> acknowledgedBeforeKills = new HashSet<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            long after = (long) COUNT * kill / (KILLS + 2);
            Awaitility.await().atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(2))
                    .until(() -> sender.answered() >= after || sending.isDone());
            assertThat(sending.isDone()).as("The stream is still going on at kill %s", kill).isFalse();
            acknowledgedBeforeKills.addAll(sender.acknowledged());
            hub.kill();
            // Hospitals send as soon as their plugin listens again, before the whole hub is ready.
            hub = site.run();
        }
        hub.awaitReady();
        SendReport report = sending.get(3, TimeUnit.MINUTES);
        assertThat(report.allAccepted()).as("%s %s", report.toMap(), hub.output()).isTrue();
        assertThat(acknowledgedBeforeKills).hasSizeGreaterThan(COUNT / 2);

        Set<String> acknowledged = new HashSet<>(sender.acknowledged());
        assertThat(acknowledged).hasSize(COUNT);
        Map<String, Integer> flowsById = new HashMap<>();
        Rest rest = site.rest();
        for (String contract : List.of("his.visit.v1", "his.result.v1")) {
            for (JsonNode flow : rest.flows(contract)) {
                flowsById.merge(flow.path("sourceId").asText(), 1, Integer::sum);
                assertThat(flow.path("status").asText()).as(flow.toString()).isEqualTo("DELIVERED");
            }
        }
        assertThat(flowsById.keySet()).as("none lost").containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(flowsById.values()).as("none twice").containsOnly(1);

        // The figures are made from the record store, not from the ledger: they must agree as well.
        site.yuzui("schedule", "run", "his/daily-summary", "--for", LAST.toString()).ok();
        JsonNode values = rest.total("hospital-daily", LAST.toString(), "510000").path("values");
        assertThat(values.path("outpatientVisits").asInt()).isEqualTo(traffic.expectation().total(LAST, "").outpatientVisits());
        assertThat(values.path("admissions").asInt()).isEqualTo(traffic.expectation().total(LAST, "").admissions());
        assertThat(values.path("discharges").asInt()).isEqualTo(traffic.expectation().total(LAST, "").discharges());
        assertThat(hub.terminate()).isIn(0, 143);
        assertThat(site.processes()).isEmpty();
    }

    @Test
    void aKillDuringTheFirstStartIsRecoveredFrom() throws Exception {
        HubProcess first = site.run();
        Awaitility.await().atMost(Site.PATIENCE).pollInterval(Duration.ofMillis(5))
                .until(() -> java.nio.file.Files.exists(site.home.resolve("data/postgres")) || !first.isAlive());
        first.kill();
        HubProcess second = site.start();
        assertThat(second.terminate()).isIn(0, 143);
        assertThat(site.processes()).isEmpty();
    }
}
