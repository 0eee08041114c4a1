package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Positions a second over the main links of other platforms, JT/T 809, into the packaged hub with the demonstration site. A link is
 * read no faster than what it brings becomes durable, so what a log-out's answer follows is durable but for the last few hundred
 * messages. The protocol answers no position: a link asks after each fifty messages whether the other side is alive, has no more
 * than four such questions open, and how long one waits for its answer stands in the place of an acknowledgement's time.
 */
final class PlatformScenario implements Scenario {

    private static final List<String> SENDER_JVM = List.of("-XX:+UseSerialGC", "-Xmx256m");
    private static final int LINKS = 4;
    private static final int BATCH = 10;

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        try (PackagedHub hub = PackagedHub.create(setting, "platform")) {
            settle(hub);
            hub.start();
            try (JavaProcess sender = JavaProcess.start(PlatformLoad.class, SENDER_JVM, hub.port("platforms"))) {
                send(sender, LINKS, 1, setting.seconds(8, 3)); // to warm up
                hub.awaitDrained();
                results.add(measure(hub, sender, 1, 1, setting.seconds(10, 4)));
                results.add(measure(hub, sender, LINKS, 1, setting.seconds(10, 4)));
                results.add(measure(hub, sender, LINKS, BATCH, setting.seconds(10, 4)));
            }
        }
    }

    private static void settle(PackagedHub hub) throws Exception {
        StringBuilder peers = new StringBuilder("  peers:\n");
        StringBuilder vehicles = new StringBuilder("\n");
        for (int link = 0; link < LINKS; link++) {
            peers.append("    \"%d\": {password: %s, centre: %d}%n".formatted(PlatformLoad.FIRST_USER + link, PlatformLoad.PASSWORD, PlatformLoad.CENTRE));
            for (int vehicle = 0; vehicle < PlatformLoad.VEHICLES; vehicle++) {
                vehicles.append("  %s: {unit: 510104-V01, colour: 2}%n".formatted(PlatformLoad.plate(link, vehicle)));
            }
        }
        hub.edit("config/plugins/vehicle.yaml", "  # peers:\n", peers.toString());
        Path settings = hub.home().resolve("config/plugins/vehicle.yaml");
        Files.writeString(settings, vehicles, StandardOpenOption.APPEND); // its last key is vehicles
    }

    private static Figure measure(PackagedHub hub, JavaProcess sender, int links, int batch, double seconds) throws Exception {
        Cost cost = Cost.of(hub);
        JsonNode sent = send(sender, links, batch, seconds);
        double drain = hub.awaitDrained();
        double positions = sent.path("positions").asDouble();
        Figure figure = Figure.of("platform", links + (links == 1 ? " link, " : " links, ")
                        + (batch == 1 ? "0x1202" : "0x1203 of " + batch), sent.path("rate").asDouble(), "positions/s")
                .note("MB/s", sent.path("bytes").asDouble() / 1e6 / sent.path("seconds").asDouble())
                .note("keep-alive behind positions p50 ms", sent.at("/aliveMillis/p50").asDouble())
                .note("p95 ms", sent.at("/aliveMillis/p95").asDouble())
                .note("p99 ms", sent.at("/aliveMillis/p99").asDouble())
                .note("through to the last trip and hop positions/s", positions / (sent.path("seconds").asDouble() + drain));
        return cost.on(figure, positions, "position").note("sender", sent.path("cpuSeconds").asDouble() * 1e6 / positions);
    }

    private static JsonNode send(JavaProcess sender, int links, int batch, double seconds) throws Exception {
        sender.say(links + " " + batch + " " + seconds);
        return sender.hear();
    }
}
