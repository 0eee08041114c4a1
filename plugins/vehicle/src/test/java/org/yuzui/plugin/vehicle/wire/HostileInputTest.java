package org.yuzui.plugin.vehicle.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yuzui.plugin.vehicle.Csv;
import org.yuzui.plugin.vehicle.jt808.Assembly;
import org.yuzui.plugin.vehicle.jt808.Authentication;
import org.yuzui.plugin.vehicle.jt808.Header;
import org.yuzui.plugin.vehicle.jt808.Message;
import org.yuzui.plugin.vehicle.jt808.Positions;
import org.yuzui.plugin.vehicle.jt808.Registration;
import org.yuzui.plugin.vehicle.jt809.Cipher;
import org.yuzui.plugin.vehicle.jt809.Dynamic;
import org.yuzui.plugin.vehicle.jt809.Frames.Standard;
import org.yuzui.plugin.vehicle.jt809.LogIn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever comes: the decoders throw a {@link BadMessage} or nothing, at once, and hold what they may hold. The seed is fixed. */
@Timeout(300)
class HostileInputTest {

    private static final int ROUNDS = 60_000;
    private final Random random = new Random(808);

    @Test
    void mutatedAndRandomFramesAndBodiesOf808() {
        List<byte[]> seeds = samples("jt808/samples.csv");
        Assembly assembly = new Assembly();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] input = mutated(seeds.get(random.nextInt(seeds.size())));
            survive(() -> org.yuzui.plugin.vehicle.jt808.Frames.decode(input));
            boolean v2019 = random.nextBoolean();
            Header header = new Header(Header.BATCH, v2019, 1, v2019 ? "00000000019900000001" : "019900000001",
                    random.nextInt(0x10000), 1 + random.nextInt(70), 1 + random.nextInt(3));
            survive(() -> Positions.decode(Header.BATCH, input));
            survive(() -> Positions.decode(Header.POSITION, input));
            survive(() -> Positions.decode(Header.POSITION_REPLY, input));
            survive(() -> Registration.decode(header, input));
            survive(() -> Authentication.decode(header, input));
            if (header.number() <= header.total()) {
                survive(() -> assembly.add(new Message(header, input), System.nanoTime()));
            }
        }
    }

    @Test
    void mutatedAndRandomFramesAndBodiesOf809() {
        List<byte[]> seeds = samples("jt809/samples.csv");
        Cipher cipher = new Cipher(0, 20000000, 20000000);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] input = mutated(seeds.get(random.nextInt(seeds.size())));
            for (Standard standard : Standard.values()) {
                survive(() -> org.yuzui.plugin.vehicle.jt809.Frames.decode(input, standard));
            }
            boolean v2019 = random.nextBoolean();
            var header = new org.yuzui.plugin.vehicle.jt809.Header(0x1200, 1, 1, 1, false, random.nextInt(), 0, v2019);
            survive(() -> Dynamic.decode(header, input));
            survive(() -> LogIn.decode(header, input));
            survive(() -> Dynamic.decode(header, cipher.apply(input, random.nextLong(1L << 32))));
            byte[] dynamic = new ByteWriter().text("川A00001", 21).u8(1).u16(0x1202 + random.nextInt(2)).u32(input.length)
                    .bytes(input).toBytes();
            survive(() -> Dynamic.decode(header, dynamic));
        }
    }

    @Test
    void theSplitterGivesEveryFrameWhateverLiesBetweenAndHoldsNoMoreThanOne() {
        for (int round = 0; round < 300; round++) {
            EmbeddedChannel channel = new EmbeddedChannel(new FrameSplitter(0x7E, 0x7E, 64));
            for (int i = 0; i < 50; i++) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                channel.writeInbound(Unpooled.wrappedBuffer(noise));
            }
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x7E, 0x7E, 0x7E, 1, 2, 3, 0x7E}));
            Object last = null;
            for (Object o = channel.readInbound(); o != null; o = channel.readInbound()) {
                last = o;
                if (o instanceof byte[] frame) {
                    assertThat(frame.length).isLessThanOrEqualTo(64);
                }
            }
            assertThat(last).isInstanceOfAny(byte[].class, FrameSplitter.Broken.class);
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void framesThatArriveByteByByteOrAllAtOnceAreTheSame() {
        byte[] stream = HexFormat.of().parseHex("7E01027E7E03047E" + "AABB" + "7E057E");
        for (int step : new int[] {1, 3, stream.length}) {
            EmbeddedChannel channel = new EmbeddedChannel(new FrameSplitter(0x7E, 0x7E, 64));
            for (int at = 0; at < stream.length; at += step) {
                channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + step))));
            }
            List<String> frames = new ArrayList<>();
            for (Object o = channel.readInbound(); o != null; o = channel.readInbound()) {
                if (o instanceof byte[] frame) {
                    frames.add(HexFormat.of().formatHex(frame));
                }
            }
            assertThat(frames).containsExactly("0102", "0304", "05");
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void aFrameWithoutEndIsToldAndPassedOver() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameSplitter(0x5B, 0x5D, 64));
        byte[] endless = new byte[5000];
        endless[0] = 0x5B;
        channel.writeInbound(Unpooled.wrappedBuffer(endless), Unpooled.wrappedBuffer(new byte[] {1, 0x5D, 0x5B, 9, 0x5D}));
        assertThat(((FrameSplitter.Broken) channel.readInbound()).why().reason()).isEqualTo(BadMessage.Reason.FRAME_TOO_LONG);
        assertThat((byte[]) channel.readInbound()).containsExactly(9);
        assertThat((Object) channel.readInbound()).isNull();
        channel.finishAndReleaseAll();
    }

    private static List<byte[]> samples(String file) {
        return Csv.rows(file).stream().map(row -> HexFormat.of().parseHex(row.get("hex")))
                .map(frame -> Arrays.copyOfRange(frame, 1, frame.length - 1)).toList();
    }

    private byte[] mutated(byte[] seed) {
        byte[] bytes = Arrays.copyOf(seed, random.nextInt(4) == 0 ? random.nextInt(seed.length + 40) : seed.length);
        for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        if (random.nextInt(10) == 0) {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    private static void survive(Runnable decoder) {
        try {
            decoder.run();
        } catch (BadMessage expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }
}
