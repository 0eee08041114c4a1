package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.util.List;

/**
 * Meters read a second by one round of the packaged hub, over DL/T 645 and Modbus TCP from meters in a process of their own, until
 * every reading is durable; then stored and in the ledger. The meters of a port are one line and asked one after the other.
 */
final class EnergyScenario implements Scenario {

    private static final List<String> METERS_JVM = List.of("-XX:+UseSerialGC", "-Xmx256m");
    private static final int METERS = 5_000;
    private static final int DLT645_ANSWER = 20;
    private static final int MODBUS_ANSWER = 13;
    private static final int LINES = 40;
    private static final String UNIT = "510104-G01";

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        int meters = setting.count(METERS, 1_000);
        try (PackagedHub hub = PackagedHub.create(setting, "energy")) {
            Files.writeString(hub.home().resolve("config/plugins/energy.yaml"), settings(meters));
            try (JavaProcess stand = JavaProcess.start(MeterLoad.class, METERS_JVM, hub.home())) {
                stand.hear();
                hub.start();
                round(hub); // to warm up
                for (int lines : new int[] {8, LINES}) {
                    hub.command(60, "plugin", "set", "energy", "collect.concurrency=" + lines, "--url", hub.url());
                    results.add(measure(hub, meters, lines));
                }
                results.add(Figure.of("energy", "JVM, after three rounds of " + meters + " meters",
                        Usage.megabytes(Usage.of(hub.jvm()).resident()), "MB"));
            }
        }
    }

    private static Figure measure(PackagedHub hub, int meters, int lines) throws Exception {
        Cost cost = Cost.of(hub);
        long began = System.nanoTime();
        round(hub);
        double seconds = (System.nanoTime() - began) / 1e9;
        double drain = hub.awaitDrained();
        Figure figure = Figure.of("energy", meters + " meters, " + lines + " of " + LINES + " lines at a time", meters / seconds, "meters/s")
                .note("answers' kB/s", answerBytes(meters) / 1000.0 / seconds)
                .note("until stored and in the ledger meters/s", meters / (seconds + drain));
        return cost.on(figure, meters, "meter");
    }

    /** What the meters of a round say, headers included: half of them a frame of DL/T 645, half one of Modbus TCP. */
    private static int answerBytes(int meters) {
        return meters / 2 * (DLT645_ANSWER + MODBUS_ANSWER);
    }

    private static void round(PackagedHub hub) throws Exception {
        JsonNode occurrence = hub.post("/api/v1/schedules/energy/collect/run", "{}");
        if (!occurrence.path("state").asText().equals("DONE")) {
            throw new IllegalStateException("The round did not end well: " + occurrence);
        }
    }

    /** Half of the lines DL/T 645, half Modbus TCP. */
    private static String settings(int meters) throws Exception {
        StringBuilder yaml = new StringBuilder("collect: {concurrency: 8, answerTimeout: 10000, within: 240}\nmeters:\n");
        int[] ports = new int[LINES];
        for (int i = 0; i < LINES; i++) {
            ports[i] = PackagedHub.freePort();
        }
        for (int i = 0; i < meters; i++) {
            int line = i % LINES;
            yaml.append("  M%05d: {unit: %s, port: %d, ".formatted(i, UNIT, ports[line]))
                    .append(line % 2 == 0 ? "kind: electricity, protocol: dlt645, address: \"%012d\"}%n".formatted(i)
                            : "kind: water, protocol: modbus-tcp, device: %d, register: 0, scale: \"0.01\"}%n".formatted(i / LINES % 247 + 1));
        }
        return yaml.toString();
    }
}
