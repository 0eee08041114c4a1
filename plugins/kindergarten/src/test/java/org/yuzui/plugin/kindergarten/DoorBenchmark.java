package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What looking at a call costs, in microseconds. Its name keeps it out of the build; see distribution/bench/README.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DoorBenchmark {

    private static final String SECRET = "a-secret-of-the-benchmark";
    private final byte[] one = visits(1);
    private final byte[] hundred = visits(100);
    private final String signatureOfOne = Signature.of(SECRET, "POST", "/v1/visits", "1795600000", "k", one);
    private final String signatureOfHundred = Signature.of(SECRET, "POST", "/v1/visits", "1795600000", "k", hundred);
    private final Items items = new Items(ZoneId.of("Asia/Shanghai"));

    private static byte[] visits(int count) {
        return IntStream.range(0, count).mapToObj(i -> ("{\"visit\": \"V-20260303-%d\", \"arrivedAt\": \"2026-03-03T09:00:00+08:00\", \"status\": \"in\","
                + " \"name\": \"测试一号\", \"phone\": \"13800001234\", \"purpose\": \"parent\", \"people\": 1}").formatted(i))
                .collect(Collectors.joining(",", "[", "]")).getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public boolean verifyOne() {
        return Signature.fits(signatureOfOne, SECRET, "POST", "/v1/visits", "1795600000", "k", one);
    }

    @Benchmark
    public boolean verifyHundred() {
        return Signature.fits(signatureOfHundred, SECRET, "POST", "/v1/visits", "1795600000", "k", hundred);
    }

    @Benchmark
    public Object readOne() {
        return read(one);
    }

    @Benchmark
    public Object readHundred() {
        return read(hundred);
    }

    private Object read(byte[] body) {
        List<ObjectNode> full = new ArrayList<>();
        for (ObjectNode item : Items.items(Items.json(body))) {
            full.add(items.complete(Items.Kind.VISITS, item, "510104-K01"));
        }
        return full;
    }

    @Test
    void measure() throws Exception {
        new Runner(new OptionsBuilder().include(DoorBenchmark.class.getSimpleName()).forks(1).warmupIterations(2)
                .warmupTime(TimeValue.seconds(1)).measurementIterations(3).measurementTime(TimeValue.seconds(2)).build()).run();
    }
}
