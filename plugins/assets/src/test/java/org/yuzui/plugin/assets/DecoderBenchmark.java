package org.yuzui.plugin.assets;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.yuzui.plugin.assets.input.Findings;
import org.yuzui.plugin.assets.input.Mapping;
import org.yuzui.plugin.assets.input.WorkbookRecords;
import org.yuzui.spi.Settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What reading costs, in microseconds. Its name keeps it out of the build; see distribution/bench/README.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecoderBenchmark {

    private static final int ROWS = 1_000;
    private static final byte[] CALL = """
            {"kind": "disposal", "unit": "510104-F01", "number": "C1", "asset": "Z1", "day": "2026-10-05", "method": "sale", "startPrice": 50000,
             "dealPrice": 61725.5, "premium": 0.2345, "approval": "1号"}""".getBytes(StandardCharsets.UTF_8);

    private final Mapping mapping = Mapping.load(null);
    private Path file;
    private Calls calls;

    @Setup
    public void write() throws IOException {
        file = Files.createTempFile("yuzui-assets", ".xlsx");
        MemoryTest.write(file, ROWS);
        calls = new Calls(Settings.of(new com.fasterxml.jackson.databind.ObjectMapper().readTree("{\"units\": {\"锦江\": \"510104-F01\"}}")), null);
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public int workbookOf1000Cards() throws IOException {
        int rows = 0;
        try (WorkbookRecords records = WorkbookRecords.open(file, Given.LIMITS, Given.MAKER, mapping, null, new Findings())) {
            while (records.next() != null) {
                rows++;
            }
        }
        return rows;
    }

    @Benchmark
    public Object disposalCall() throws IOException {
        return calls.records(CALL, false, new Findings());
    }

    @Test
    void measure() throws Exception {
        new Runner(new OptionsBuilder().include(DecoderBenchmark.class.getName()).forks(0)
                .warmupIterations(2).warmupTime(TimeValue.seconds(1))
                .measurementIterations(3).measurementTime(TimeValue.seconds(1)).build()).run();
    }
}
