package org.yuzui.bench;

import java.util.concurrent.CompletableFuture;

/** What the hub's JVM and its database hold in memory, as the operating system sees it; no collection is asked for. */
final class MemoryScenario implements Scenario {

    private static final int CONNECTIONS = 8;

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        try (PackagedHub hub = PackagedHub.create(setting, "memory")) {
            hub.start();
            double idle = setting.seconds(30, 10);
            Waiting.pause(idle);
            String when = "idle " + Report.number(idle) + " s after ready";
            results.add(jvm(when, Usage.of(hub.jvm())).atMost(350));
            results.add(database(when, Usage.of(hub.database())));
            underLoad(setting, hub, results);
        }
    }

    private static void underLoad(Setting setting, PackagedHub hub, Results results) throws Exception {
        double seconds = setting.seconds(12, 6);
        try (JavaProcess sender = JavaProcess.start(MllpLoad.class, MllpScenario.SENDER_JVM, hub.home(), hub.mllpPort())) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    MllpScenario.send(sender, CONNECTIONS, seconds);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Usage jvm = Usage.of(hub.jvm());
            Usage database = Usage.of(hub.database());
            while (!sending.isDone()) {
                Waiting.pause(1);
                jvm = larger(jvm, Usage.of(hub.jvm()));
                database = larger(database, Usage.of(hub.database()));
            }
            sending.get();
            String when = "most while " + CONNECTIONS + " connections send";
            results.add(jvm(when, jvm));
            results.add(database(when, database));
        }
    }

    private static Usage larger(Usage a, Usage b) {
        return a.resident() > b.resident() ? a : b;
    }

    private static Figure jvm(String when, Usage usage) {
        Figure figure = Figure.of("memory", "JVM, " + when, Usage.megabytes(usage.resident()), "MB");
        return usage.own() < 0 ? figure : figure.note("PSS", Usage.megabytes(usage.own()));
    }

    /** Its processes share most of what they hold; that counts once where the operating system tells. */
    private static Figure database(String when, Usage usage) {
        long bytes = usage.own() < 0 ? usage.resident() : usage.own();
        return Figure.of("memory", "PostgreSQL, " + when, Usage.megabytes(bytes), "MB")
                .note(usage.own() < 0 ? "RSS, shared pages counted in each process" : "RSS summed", Usage.megabytes(usage.resident()));
    }
}
