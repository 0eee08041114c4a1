package org.yuzui.plugin.his;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.yuzui.plugin.his.batch.BatchReader;
import org.yuzui.plugin.his.batch.Counts;
import org.yuzui.plugin.his.mllp.Listener;
import org.yuzui.spi.Settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What reading and answering a message costs, in microseconds. Its name keeps it out of the build; see distribution/bench/README.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecoderBenchmark {

    private static final int BATCH = 1000;

    private final CamelContext context = new DefaultCamelContext();
    private final Settings settings = PluginFixture.settings("facilities: {SCSY: {unit: 510104-H01}}");
    private final MessageReader reader = new MessageReader(settings);
    private final Answers answers = new Answers(settings);
    private final byte[] admission = example("admission");
    private final byte[] dischargeGb18030 = example("discharge-gb18030");
    private final byte[] result = example("laboratory-report");
    private final byte[] order = example("order");
    private final byte[] appointment = example("appointment");
    private final byte[] charges = example("charges");
    private final byte[] merge = example("merge-of-patients");
    private final byte[] batch = ("BHS|^~\\&|HIS\r" + new String(admission, StandardCharsets.UTF_8).repeat(BATCH) + "BTS|" + BATCH + "\r")
            .getBytes(StandardCharsets.UTF_8);

    private static byte[] example(String name) {
        try {
            return Files.readAllBytes(Path.of("examples", name, "given.hl7"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object read(byte[] message) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(message);
        exchange.getMessage().setHeader(Listener.PEER, "10.0.0.1:50012");
        reader.process(exchange);
        answers.accept(exchange);
        return exchange;
    }

    @Benchmark
    public Object admission() {
        return read(admission);
    }

    @Benchmark
    public Object dischargeInGb18030() {
        return read(dischargeGb18030);
    }

    @Benchmark
    public Object resultOfTwoValues() {
        return read(result);
    }

    @Benchmark
    public Object order() {
        return read(order);
    }

    @Benchmark
    public Object appointment() {
        return read(appointment);
    }

    @Benchmark
    public Object twoCharges() {
        return read(charges);
    }

    @Benchmark
    public Object merge() {
        return read(merge);
    }

    @Benchmark
    public Object checkABatchOf1000() {
        return Counts.of(new BatchReader(new ByteArrayInputStream(batch), 1024 * 1024));
    }

    @Test
    void measure() throws Exception {
        new Runner(new OptionsBuilder().include(DecoderBenchmark.class.getName()).forks(0)
                .warmupIterations(2).warmupTime(TimeValue.seconds(1))
                .measurementIterations(3).measurementTime(TimeValue.seconds(1)).build()).run();
    }
}
