package org.yuzui.plugin.energy.meter;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A relay-control frame can't be sent: nothing that is sent is anything but a reading, and nothing else can be made. */
class ReadOnlyTest {

    private static final int ROUNDS = 50_000;

    @Test
    void everyDlt645FrameIsAReading() {
        Random random = new Random(0x1C);
        for (int i = 0; i < ROUNDS; i++) {
            String address = random.nextInt(10) == 0 ? "AAAAAAAAAAAA" : "%012d".formatted(random.nextLong(1_000_000_000_000L));
            String dataId = "%08X".formatted(random.nextInt());
            Dlt645Frame frame = Dlt645Frame.decode(new Dlt645Read(address, dataId, 2).bytes());
            assertThat(frame.control()).isEqualTo(0x11);
            assertThat(frame.data()).as("no room for a password or an operation").hasSize(4);
            assertThat(frame.address()).isEqualTo(address);
            assertThat(frame.dataId()).isEqualTo(dataId);
        }
    }

    @Test
    void everyModbusFrameIsAReading() {
        Random random = new Random(0x05);
        for (int i = 0; i < ROUNDS; i++) {
            ModbusRead.Type type = ModbusRead.Type.values()[random.nextInt(6)];
            ModbusRead.Framing framing = ModbusRead.Framing.values()[random.nextInt(2)];
            byte[] frame = new ModbusRead(framing, random.nextInt(65536), random.nextInt(256), ModbusRead.Table.values()[random.nextInt(2)],
                    random.nextInt(65530), type, random.nextBoolean(), BigDecimal.ONE).bytes();
            assertThat(frame).hasSize(framing == ModbusRead.Framing.TCP ? 12 : 8);
            assertThat((int) frame[framing == ModbusRead.Framing.TCP ? 7 : 1]).isIn(3, 4);
        }
    }

    @Test
    void thereAreNoOtherQuestions() {
        assertThat(Request.class.isSealed()).isTrue();
        assertThat(Request.class.getPermittedSubclasses()).containsExactlyInAnyOrder(Dlt645Read.class, ModbusRead.class);
        assertThat(List.of(Dlt645Read.class, ModbusRead.class)).allMatch(Class::isRecord);
        // what a question is made of: no component is a control code or a function
        assertThat(Arrays.stream(Dlt645Read.class.getRecordComponents()).map(c -> c.getName())).containsExactly("address", "dataId", "decimals");
        assertThat(ModbusRead.Table.values()).hasSize(2);
    }

    @Test
    void onlyTheLineSendsBytes() throws IOException {
        assertThat(holding(Path.of("src/main/java"), "OutputStream", "SocketChannel", "DatagramSocket")).containsExactly("Line.java");
        Path door = Path.of("../lib/door/src/main/java");
        assertThat(holding(door, "new ServerBootstrap()")).as("the door answers who calls").containsExactly("LineServer.java");
        assertThat(holding(door, "new Bootstrap()", ".connect(", "new Socket(", "DatagramSocket")).as("and calls nobody").isEmpty();
        assertThat(Arrays.stream(Line.class.getDeclaredMethods()).filter(m -> java.lang.reflect.Modifier.isPublic(m.getModifiers()))
                .filter(m -> m.getName().equals("ask")).flatMap(m -> Arrays.stream(m.getParameterTypes())).toList())
                .containsExactly(Request.class, java.time.Duration.class);
    }

    private static List<String> holding(Path folder, String... words) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).filter(f -> {
                try {
                    return Arrays.stream(words).anyMatch(Files.readString(f)::contains);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
