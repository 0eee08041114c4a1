package org.yuzui.bench;

import java.time.Duration;

/** What a measurement cost a hub: processor time since it began, and what is in memory at its end. */
final class Cost {

    private final PackagedHub hub;
    private final Duration jvm;
    private final Duration database;

    private Cost(PackagedHub hub) {
        this.hub = hub;
        this.jvm = Usage.cpu(hub.jvm());
        this.database = Usage.cpu(hub.database());
    }

    /** From now on. */
    static Cost of(PackagedHub hub) {
        return new Cost(hub);
    }

    /** Adds it to a figure, for each of so many. @param unit such as {@code message} */
    Figure on(Figure figure, double count, String unit) {
        Figure with = figure.note("CPU µs per " + unit + ": hub", micros(Usage.cpu(hub.jvm()).minus(jvm), count))
                .note("database", micros(Usage.cpu(hub.database()).minus(database), count))
                .note("JVM MB", Usage.megabytes(Usage.of(hub.jvm()).resident()));
        Usage server = Usage.of(hub.database());
        return with.note("PostgreSQL MB", Usage.megabytes(server.own() < 0 ? server.resident() : server.own()));
    }

    private static double micros(Duration cpu, double count) {
        return cpu.toNanos() / 1000.0 / count;
    }
}
