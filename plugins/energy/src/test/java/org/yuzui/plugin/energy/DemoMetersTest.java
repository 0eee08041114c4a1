package org.yuzui.plugin.energy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.launcher.demo.meters.MeterStand;
import org.yuzui.plugin.energy.Round.Outcome;
import org.yuzui.spi.Settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

/** The demonstration's own settings with the meters that the demonstration plays. */
@Timeout(300)
class DemoMetersTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-02T04:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path home;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private MeterStand stand;
    private EnergySettings settings;

    @BeforeEach
    void settings() throws Exception {
        String yaml = Files.readString(Path.of("../../config/plugins/energy.yaml"));
        for (String port : List.of("7645", "7646", "7502", "7503")) {
            yaml = yaml.replace("port: " + port, "port: " + PluginUnderTest.freePort());
        }
        Files.createDirectories(home.resolve("config/plugins"));
        Files.writeString(home.resolve("config/plugins/energy.yaml"), yaml);
        settings = new EnergySettings(Settings.of(new YAMLMapper().readTree(yaml)));
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        stand.close();
    }

    @Test
    void allAnswer() throws Exception {
        stand = MeterStand.open(home, MeterStand.Faults.none(), NOON, 1);
        Map<String, Outcome> outcomes = ask();
        assertThat(outcomes).hasSize(48);
        assertThat(outcomes).allSatisfy((meter, outcome) -> assertThat(outcome.reply()).as(meter + ": " + outcome.reason()).isNotNull());
        assertThat(outcomes.get("510104-G01-E").reply().serial()).isEqualTo("202600000001");
        assertThat(outcomes.get("510104-G01-AC").reply().value().intValue()).isBetween(24, 28);
        stand.close();
        stand = MeterStand.open(home, MeterStand.Faults.none(), Clock.offset(NOON, Duration.ofHours(1)), 1);
        Map<String, Outcome> later = ask();
        settings.meters.forEach(m -> assertThat(later.get(m.id()).reply().value()).as(m.id()).isGreaterThan(outcomes.get(m.id()).reply().value()));
    }

    @Test
    void theFaultyAreFaulty() throws Exception {
        stand = MeterStand.open(home, new MeterStand.Faults(Set.of("510104-G01-E"), Set.of("510105-G01-E"),
                Set.of("510107-G01-E", "513201-G01-H"), Set.of("510302-G01-E", "nobody")), NOON, 1);
        assertThat(stand.unknown()).containsExactly("nobody");
        Map<String, Outcome> outcomes = ask();
        assertThat(outcomes.get("510104-G01-E").code()).isEqualTo("silent");
        assertThat(outcomes.get("510105-G01-E").code()).isEqualTo("truncated");
        assertThat(outcomes.get("510107-G01-E").code()).isEqualTo("checksum");
        assertThat(outcomes.get("513201-G01-H").code()).isEqualTo("checksum");
        assertThat(outcomes.get("510302-G01-E").reply().value()).isZero();
        assertThat(outcomes.values().stream().filter(o -> o.reply() == null)).hasSize(4);
    }

    private Map<String, Outcome> ask() throws InterruptedException {
        List<Probe> probes = new ArrayList<>();
        settings.meters.forEach(m -> probes.add(m.probe()));
        settings.points.forEach(p -> probes.add(p.probe()));
        return new Round(new EnergySettings.Manners(4, Duration.ofSeconds(20), Duration.ofSeconds(5), 0, Duration.ofMinutes(2),
                Duration.ZERO, Duration.ZERO)).ask(probes, threads);
    }
}
