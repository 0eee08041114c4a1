package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records a second through a hub without any protocol before it, in a JVM with the options of the packaged one: published
 * by threads, and published by a subscription's route in its batches.
 */
final class RecordsScenario implements Scenario {

    private static final int[] THREADS = {1, 8, 32};

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        Path home = setting.work().resolve("records");
        Folders.delete(home);
        Processes.workingOn(home);
        try (JavaProcess hub = JavaProcess.start(RecordFlow.class, hubOptions(), home)) {
            ask(hub, "threads 32 " + setting.seconds(12, 3)); // to warm up
            for (int threads : THREADS) {
                JsonNode done = ask(hub, "threads " + threads + " " + setting.seconds(5, 3));
                add(results, threads + (threads == 1 ? " thread" : " threads"), done,
                        results.limit(LimitsScenario.sessions(threads)));
            }
            ask(hub, "batches " + setting.count(24_000, 4_000));
            JsonNode done = ask(hub, "batches " + setting.count(40_000, 8_000));
            add(results, "a route, batches of 200", done, results.limit(LimitsScenario.passOn(200)));
            JsonNode checked = ask(hub, "check");
            Results.say("all " + checked.path("records").asLong() + " records are stored, each was delivered");
        } finally {
            Processes.database(home).forEach(ProcessHandle::destroyForcibly);
            Folders.delete(home);
        }
    }

    static JsonNode ask(JavaProcess hub, String command) throws Exception {
        hub.say(command);
        JsonNode answer = hub.hear();
        if (answer.has("error")) {
            throw new IllegalStateException(answer.path("error").asText());
        }
        return answer;
    }

    private static void add(Results results, String who, JsonNode done, Figure.Limit limit) {
        double records = done.path("records").asDouble();
        results.add(Figure.of("records", who + ": published, durable", records / done.path("published").asDouble(), "records/s")
                .beside(limit).atLeast(0.6).note("bytes", done.path("bytes").asInt()));
        results.add(Figure.of("records", who + ": delivered, stored, in the ledger", records / done.path("through").asDouble(), "records/s")
                .beside(limit).atLeast(0.6)
                .note("CPU µs a record: hub", done.path("cpuSeconds").asDouble() * 1e6 / records)
                .note("database", done.path("databaseCpuSeconds").asDouble() * 1e6 / records));
    }

    /** As {@code bin/yuzui} has them, besides what belongs to a terminal. */
    static List<String> hubOptions() {
        List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx768m", "-XX:Tier4InvocationThreshold=15000",
                "-XX:Tier4MinInvocationThreshold=1800", "-XX:Tier4CompileThreshold=45000", "-XX:Tier4BackEdgeThreshold=120000", "-Djdk.serialFilter=!*"));
        String more = System.getenv().getOrDefault("YUZUI_OPTS", "").strip();
        if (!more.isEmpty()) {
            options.addAll(Arrays.asList(more.split("\\s+")));
        }
        return options;
    }
}
