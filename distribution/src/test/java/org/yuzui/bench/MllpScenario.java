package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final Duration FILE_PATIENCE = Duration.ofMinutes(5);

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
                    Figure figure = measure(hub, sender, connections + (connections == 1 ? " connection" : " connections"),
                            connections + " " + setting.seconds(8, 4)).beside(results.limit(LimitsScenario.sessions(connections)));
                    results.add(connections == 32 ? figure.atLeast(0.7) : figure);
                }
                results.add(measure(hub, sender, "8 connections, also orders, appointments, charges, merges",
                        "8 " + setting.seconds(8, 4) + " all"));
                results.add(file(hub, sender, setting.count(20_000, 2_000)));
            }
        }
    }

    private static Figure measure(PackagedHub hub, JavaProcess sender, String what, String command) throws Exception {
        Cost cost = Cost.of(hub);
        JsonNode sent = send(sender, command);
        double drain = hub.awaitDrained();
        double messages = sent.path("answers").asDouble();
        Figure figure = Figure.of("mllp", what, sent.path("rate").asDouble(), "msg/s")
                .note("MB/s", sent.path("bytes").asDouble() / 1e6 / sent.path("seconds").asDouble())
                .note("p50 ms", sent.at("/latencyMillis/p50").asDouble())
                .note("p95 ms", sent.at("/latencyMillis/p95").asDouble())
                .note("p99 ms", sent.at("/latencyMillis/p99").asDouble())
                .note("through to the last CSV row and hop msg/s", messages / (sent.path("seconds").asDouble() + drain));
        return cost.on(figure, messages, "message").note("sender", sent.path("cpuSeconds").asDouble() * 1e6 / messages);
    }

    /** One batch of all kinds as a file in the inbox, until it is moved with its answers beside it. */
    private static Figure file(PackagedHub hub, JavaProcess sender, int count) throws Exception {
        String name = "bench.hl7";
        Path inbox = hub.home().resolve("in/his");
        Path made = hub.home().resolve(name);
        sender.say("file " + count + " " + made);
        double bytes = sender.hear().path("bytes").asDouble();
        Cost cost = Cost.of(hub);
        long began = System.nanoTime();
        Files.createDirectories(inbox);
        Files.move(made, inbox.resolve(name));
        Waiting.until("the file is taken", FILE_PATIENCE, Duration.ofMillis(50), () -> !Files.exists(inbox.resolve(name)));
        double seconds = (System.nanoTime() - began) / 1e9;
        int accepted = Files.readString(inbox.resolve(".done").resolve(name + ".ack")).split("MSA\\|AA", -1).length - 1;
        if (accepted != count) {
            throw new IllegalStateException(accepted + " of " + count + " messages of the file were accepted.");
        }
        double drain = hub.awaitDrained();
        Figure figure = Figure.of("mllp", "a file of " + count + " messages of all kinds", count / seconds, "msg/s")
                .note("MB/s", bytes / 1e6 / seconds).note("seconds", seconds)
                .note("through to the last CSV row and hop msg/s", count / (seconds + drain));
        return cost.on(figure, count, "message");
    }

    static JsonNode send(JavaProcess sender, int connections, double seconds) throws Exception {
        return send(sender, connections + " " + seconds);
    }

    private static JsonNode send(JavaProcess sender, String command) throws Exception {
        sender.say(command);
        JsonNode sent = sender.hear();
        if (sent.path("AA").asInt() != sent.path("answers").asInt() || sent.path("other").asInt() > 0) {
            throw new IllegalStateException("Not every message was answered AA: " + sent);
        }
        return sent;
    }
}
