package org.yuzui.plugin.vehicle;

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
import org.yuzui.plugin.vehicle.jt808.Frames;
import org.yuzui.plugin.vehicle.jt808.Header;
import org.yuzui.plugin.vehicle.jt808.Message;
import org.yuzui.plugin.vehicle.jt808.Position;
import org.yuzui.plugin.vehicle.jt808.Positions;
import org.yuzui.plugin.vehicle.jt809.Cipher;
import org.yuzui.plugin.vehicle.jt809.Dynamic;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What reading a message costs, in microseconds. Its name keeps it out of the build; see distribution/bench/README.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecoderBenchmark {

    private static final Car CAR = new Car("510104-V01", "川A00001", 1, "19900000001", "", "", 0);

    private final byte[] single = escaped(new Header(Header.POSITION, false, 0, "019900000001", 1, 0, 0),
            new Ride("2026-03-02T09:00:00", 1000).drive(1, 60).bodies().get(0));
    private final byte[] batch = escaped(new Header(Header.BATCH, true, 1, "00000000019900000001", 1, 0, 0),
            Ride.batch(new Ride("2026-03-02T09:00:00", 1000).drive(10, 60).bodies()));
    private final List<Position> positions = Positions.decode(Header.BATCH, Frames.decode(batch).body());
    private final byte[] platform = platform();
    private final Cipher cipher = new Cipher(30000000, 20000000, 20000000);

    private static byte[] escaped(Header header, byte[] body) {
        byte[] frame = Frames.encode(header, body);
        return Arrays.copyOfRange(frame, 1, frame.length - 1);
    }

    private static byte[] platform() {
        String hex = Csv.rows("jt809/samples.csv").stream().filter(r -> r.get("name").startsWith("position")).findFirst()
                .orElseThrow().get("hex");
        byte[] frame = HexFormat.of().parseHex(hex);
        return Arrays.copyOfRange(frame, 1, frame.length - 1);
    }

    @Benchmark
    public Object position0x0200() {
        Message message = Frames.decode(single);
        return Positions.decode(message.header().id(), message.body());
    }

    @Benchmark
    public Object batch0x0704Of20() {
        Message message = Frames.decode(batch);
        return Positions.decode(message.header().id(), message.body());
    }

    @Benchmark
    public Object recordOf20() {
        return PositionRecords.of(CAR, "jt808", false, positions);
    }

    @Benchmark
    public Object platform0x1202() {
        var message = org.yuzui.plugin.vehicle.jt809.Frames.decode(platform, org.yuzui.plugin.vehicle.jt809.Frames.Standard.V2011);
        return Dynamic.decode(message.header(), message.body());
    }

    @Benchmark
    public Object decrypt36Bytes() {
        return cipher.apply(platform, 256178);
    }

    @Test
    void measure() throws Exception {
        new Runner(new OptionsBuilder().include(DecoderBenchmark.class.getName()).forks(0)
                .warmupIterations(2).warmupTime(TimeValue.seconds(1))
                .measurementIterations(3).measurementTime(TimeValue.seconds(1)).build()).run();
    }
}
