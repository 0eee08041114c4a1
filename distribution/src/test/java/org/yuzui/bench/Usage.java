package org.yuzui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What processes have used, as the operating system counts it.
 *
 * @param cpu      user and system time since they began
 * @param resident bytes in memory, shared ones counted in each process
 * @param own      bytes in memory with shared ones divided among those who share them; -1 where that can't be read
 */
record Usage(Duration cpu, long resident, long own) {

    static Usage of(List<ProcessHandle> processes) {
        Duration cpu = Duration.ZERO;
        long resident = 0;
        long own = 0;
        for (ProcessHandle process : processes) {
            cpu = cpu.plus(process.info().totalCpuDuration().orElse(Duration.ZERO));
            resident += Math.max(0, kilobytes(process, "status", "VmRSS:"));
            long pss = kilobytes(process, "smaps_rollup", "Pss:");
            own = pss < 0 || own < 0 ? -1 : own + pss;
        }
        return new Usage(cpu, resident * 1024, own < 0 ? -1 : own * 1024);
    }

    /** Only the time: reading the memory of a process stops it for a moment. */
    static Duration cpu(List<ProcessHandle> processes) {
        return processes.stream().map(p -> p.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
    }

    private static long kilobytes(ProcessHandle process, String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), file))) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", ""))).findFirst().orElse(-1);
        } catch (IOException | java.io.UncheckedIOException e) {
            return -1; // it has ended, or belongs to somebody else
        }
    }

    static double megabytes(long bytes) {
        return bytes / (1024.0 * 1024.0);
    }
}
