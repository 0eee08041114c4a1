package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * HL7 messages a second over MLLP into the packaged hub with the demonstration site: each connection sends its next message
 * when the last one was answered AA, that is, when it is durable. A measurement begins when the hub has taken in the one
 * before it, and tells how long it goes on afterwards.
 */
final class MllpScenario implements Scenario {

    static final List<String> SENDER_JVM = List.of("-XX:+UseSerialGC", "-Xmx512m");
    private static final int[] CONNECTIONS = {1, 8, 32};

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        try (PackagedHub hub = PackagedHub.create(setting, "mllp")) {
            hub.start();
            try (JavaProcess sender = JavaProcess.start(MllpLoad.class, SENDER_JVM, hub.home(), hub.mllpPort())) {
                for (int warmUp : new int[] {32, 8, 32}) {
                    send(sender, warmUp, setting.seconds(8, 2));
                    hub.awaitDrained();
                }
                for (int connections : CONNECTIONS) {
                    Figure figure = measure(hub, sender, connections, setting.seconds(8, 4))
                            .beside(results.limit(LimitsScenario.sessions(connections)));
                    results.add(connections == 32 ? figure.atLeast(0.7) : figure);
                }
            }
        }
    }

    private static Figure measure(PackagedHub hub, JavaProcess sender, int connections, double seconds) throws Exception {
        Duration jvm = Usage.cpu(hub.jvm());
        Duration database = Usage.cpu(hub.database());
        JsonNode sent = send(sender, connections, seconds);
        double drain = hub.awaitDrained();
        double messages = sent.path("answers").asDouble();
        return Figure.of("mllp", connections + (connections == 1 ? " connection" : " connections"), sent.path("rate").asDouble(), "msg/s")
                .note("p50 ms", sent.at("/latencyMillis/p50").asDouble())
                .note("p99 ms", sent.at("/latencyMillis/p99").asDouble())
                .note("through to the last CSV row and hop msg/s", messages / (sent.path("seconds").asDouble() + drain))
                .note("CPU µs a message: hub", micros(Usage.cpu(hub.jvm()).minus(jvm), messages))
                .note("database", micros(Usage.cpu(hub.database()).minus(database), messages))
                .note("sender", sent.path("cpuSeconds").asDouble() * 1e6 / messages);
    }

    static JsonNode send(JavaProcess sender, int connections, double seconds) throws Exception {
        sender.say(connections + " " + seconds);
        JsonNode sent = sender.hear();
        if (sent.path("AA").asInt() != sent.path("answers").asInt() || sent.path("other").asInt() > 0) {
            throw new IllegalStateException("Not every message was answered AA: " + sent);
        }
        return sent;
    }

    private static double micros(Duration cpu, double messages) {
        return cpu.toNanos() / 1000.0 / messages;
    }
}
