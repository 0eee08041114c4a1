package org.yuzui.plugin.energy;

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
import org.yuzui.plugin.energy.Samples.Sample;
import org.yuzui.plugin.energy.meter.Request;

import java.util.concurrent.TimeUnit;

/** What asking and reading an answer costs, in microseconds. Its name keeps it out of the build; see distribution/bench/README.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecoderBenchmark {

    private final Sample dlt645 = sample("energy 0.07 kWh");
    private final Sample modbus = sample("an answer over TCP");
    private final Sample rtu = sample("100000 in two registers");
    private final Request energy = dlt645.question();
    private final Request registers = modbus.question();
    private final Request throughGateway = rtu.question();

    private static Sample sample(String name) {
        return Samples.all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    @Benchmark
    public Object askDlt645() {
        return energy.bytes();
    }

    @Benchmark
    public Object answerDlt645() {
        return energy.find(dlt645.frame(), dlt645.frame().length);
    }

    @Benchmark
    public Object answerModbusTcp() {
        return registers.find(modbus.frame(), modbus.frame().length);
    }

    @Benchmark
    public Object answerModbusRtu() {
        return throughGateway.find(rtu.frame(), rtu.frame().length);
    }

    @Test
    void measure() throws Exception {
        new Runner(new OptionsBuilder().include(DecoderBenchmark.class.getName()).forks(0)
                .warmupIterations(2).warmupTime(TimeValue.seconds(1))
                .measurementIterations(3).measurementTime(TimeValue.seconds(1)).build()).run();
    }
}
