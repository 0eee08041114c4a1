package org.yuzui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * What keeping messages costs: records a second that each come of a message of 2 KiB of its own, under a contract that keeps it and under one
 * that keeps nothing, in turn in the same hub, so that a machine that others use favours neither.
 */
final class CaptureScenario implements Scenario {

    private static final int THREADS = 32;

    @Override
    public void measure(Setting setting, Results results) throws Exception {
        Path home = setting.work().resolve("capture");
        Folders.delete(home);
        Processes.workingOn(home);
        try (JavaProcess hub = JavaProcess.start(RecordFlow.class, RecordsScenario.hubOptions(), home)) {
            double seconds = setting.seconds(5, 3);
            RecordsScenario.ask(hub, "capture off " + THREADS + " " + setting.seconds(10, 3)); // to warm up
            RecordsScenario.ask(hub, "capture on " + THREADS + " " + setting.seconds(10, 3));
            Sum off = new Sum();
            Sum on = new Sum();
            for (int round = 0; round < setting.count(5, 3); round++) {
                off.add(RecordsScenario.ask(hub, "capture off " + THREADS + " " + seconds));
                on.add(RecordsScenario.ask(hub, "capture on " + THREADS + " " + seconds));
            }
            results.add(off.figure("nothing kept: published, durable", off.published));
            results.add(on.figure("2 KiB kept: published, durable", on.published)
                    .note("% of nothing kept", 100 * on.rate(on.published) / off.rate(off.published)).note("% aimed for", 85));
            results.add(off.figure("nothing kept: delivered, stored, in the ledger", off.through));
            results.add(on.figure("2 KiB kept: delivered, stored, in the ledger", on.through)
                    .note("% of nothing kept", 100 * on.rate(on.through) / off.rate(off.through)));
        } finally {
            Processes.database(home).forEach(ProcessHandle::destroyForcibly);
            Folders.delete(home);
        }
    }

    /** Of several rounds. */
    private static final class Sum {
        private double records;
        private double published;
        private double through;
        private double cpu;
        private double database;

        void add(JsonNode done) {
            records += done.path("records").asDouble();
            published += done.path("published").asDouble();
            through += done.path("through").asDouble();
            cpu += done.path("cpuSeconds").asDouble();
            database += done.path("databaseCpuSeconds").asDouble();
        }

        double rate(double seconds) {
            return records / seconds;
        }

        Figure figure(String what, double seconds) {
            return Figure.of("capture", what, rate(seconds), "records/s").note("CPU µs a record: hub", cpu * 1e6 / records)
                    .note("database", database * 1e6 / records);
        }
    }
}
