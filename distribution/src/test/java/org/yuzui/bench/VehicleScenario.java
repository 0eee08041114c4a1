package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;

/**
 * Positions a second over JT/T 808 into the packaged hub with the demonstration site: terminals register, authenticate and
 * drive; a message is acknowledged when every position in it is durable. First the load that a province has, then as much as
 * is acknowledged.
 */
final class VehicleScenario implements Scenario {

    private static final List<String> SENDER_JVM = List.of("-XX:+UseSerialGC", "-Xmx512m");
    private static final int TERMINALS = 10_000;
    private static final int POSITIONS_A_SECOND = 5_000;
    private static final int BATCH = 10;

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        int terminals = setting.count(TERMINALS, 2_000);
        try (PackagedHub hub = PackagedHub.create(setting, "vehicle")) {
            hub.edit("config/plugins/vehicle.yaml", "unknownVehicle: refuse", "unknownVehicle: 510104-V01");
            hub.start();
            try (JavaProcess sender = JavaProcess.start(VehicleLoad.class, SENDER_JVM, hub.vehiclePort())) {
                send(sender, 1000, 0, BATCH, setting.seconds(8, 3)); // to warm up
                hub.awaitDrained();
                results.add(measure(hub, sender, terminals, POSITIONS_A_SECOND, BATCH, setting.seconds(30, 10))
                        .beside(new Figure.Limit("what is sent", POSITIONS_A_SECOND)).atLeast(0.98));
                results.add(measure(hub, sender, terminals, 0, BATCH, setting.seconds(10, 4)));
                results.add(measure(hub, sender, terminals, 0, 1, setting.seconds(10, 4)));
            }
        }
    }

    private static Figure measure(PackagedHub hub, JavaProcess sender, int terminals, int rate, int batch, double seconds) throws Exception {
        Cost cost = Cost.of(hub);
        JsonNode sent = send(sender, terminals, rate, batch, seconds);
        double drain = hub.awaitDrained();
        double positions = sent.path("acknowledged").asDouble();
        String what = terminals + " terminals, " + (batch == 1 ? "0x0200" : "0x0704 of " + batch)
                + (rate == 0 ? ", as many as are acknowledged" : ", " + rate + " a second");
        Figure figure = Figure.of("vehicle", what, sent.path("rate").asDouble(), "positions/s")
                .note("MB/s", sent.path("bytes").asDouble() / 1e6 / sent.path("seconds").asDouble())
                .note("p50 ms", sent.at("/latencyMillis/p50").asDouble())
                .note("p95 ms", sent.at("/latencyMillis/p95").asDouble())
                .note("p99 ms", sent.at("/latencyMillis/p99").asDouble())
                .note("repeated", sent.path("repeats").asDouble())
                .note("through to the last trip and hop positions/s", positions / (sent.path("seconds").asDouble() + drain));
        return cost.on(figure, positions, "position").note("sender", sent.path("cpuSeconds").asDouble() * 1e6 / positions);
    }

    private static JsonNode send(JavaProcess sender, int terminals, int rate, int batch, double seconds) throws Exception {
        sender.say(terminals + " " + rate + " " + batch + " " + seconds);
        JsonNode sent = sender.hear();
        if (sent.path("authenticated").asInt() != terminals || sent.path("refused").asInt() > 0
                || !sent.path("acknowledged").equals(sent.path("positions"))) {
            throw new IllegalStateException("Not every position was acknowledged: " + sent);
        }
        return sent;
    }
}
