package org.yuzui.plugin.vehicle;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginRequest;
import org.yuzui.launcher.demo.jt808.Report808;
import org.yuzui.launcher.demo.jt808.Sender808;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.HubExtension;

import javax.management.ObjectName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.plugin.vehicle.Patience.await;

/** The plugin is stopped and replaced while terminals send: it ends soon, loses nothing it has answered, and leaves nothing. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StopAndReplaceTest {

    /** On a busy machine; a consumer that hangs takes longer. */
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int TERMINALS = 2000;
    private static final int TIMES = Integer.getInteger("vehicle.redeployments", 10);
    private static final String LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";
    private static final Mandate ANYTHING = new Mandate("test", "api", Set.of());
    private static final Site SITE = new Site();

    @RegisterExtension
    static final HubExtension HUB = SITE.hub("""
            listen: {port: %d, codeKey: a-key-of-the-test-123}
            platforms: {port: %d}
            http: {port: %d, token: %s}
            unknownVehicle: 510105-V01
            """);

    @Test
    @Order(1)
    void aStopUnderLoadIsSoonAndWhatWasAcknowledgedIsStored() throws Exception {
        LocalDateTime begin = LocalDate.of(2026, 3, 5).atTime(8, 0);
        CompletableFuture<Report808> load = load(TERMINALS, begin);
        await().until(() -> stored(begin.toLocalDate()) > 0);
        long began = System.nanoTime();
        HUB.hub().plugins().carryOut(new PluginRequest.Stop("vehicle"), ANYTHING);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("stopped " + TERMINALS + " lines under load in " + took.toMillis() + " ms");
        assertThat(took).isLessThan(SOON);
        // Netty's global executor ends by itself when it has had nothing to do for a second.
        await().untilAsserted(() -> assertThat(ownThreads()).isEmpty());
        Report808 report = load.get();
        assertThat(stored(begin.toLocalDate())).isGreaterThanOrEqualTo(report.acknowledged());
        HUB.hub().plugins().carryOut(new PluginRequest.Start("vehicle"), ANYTHING);
        Report808 again = Sender808.load("127.0.0.1", SITE.terminals, 5, 0, 10, Duration.ofMillis(200), begin.plusDays(1));
        assertThat(again.allAcknowledged()).isTrue();
    }

    @Test
    @Order(2)
    void nothingOfAReplacedVersionIsLeft() throws Exception {
        byte[] jar = Files.readAllBytes(PluginUnderTest.jar());
        for (int i = 0; i < 3; i++) { // the first ones load what stays
            replace(jar, -1 - i);
        }
        long loaders = loaders();
        long direct = directBytes();
        int threads = ownThreads().size();
        for (int i = 0; i < TIMES; i++) {
            CompletableFuture<Report808> load = i % 5 == 0 ? load(20, LocalDate.of(2026, 4, 1).plusDays(i).atTime(8, 0)) : null;
            replace(jar, i);
            if (load != null) {
                load.handle((r, e) -> r).get();
            }
        }
        await().untilAsserted(() -> {
            assertThat(loaders()).isLessThanOrEqualTo(loaders + 5);
            assertThat(ownThreads().size()).isLessThanOrEqualTo(threads);
            assertThat(directBytes()).isLessThan(direct + (48L << 20));
        });
        System.out.println(TIMES + " redeployments: class loaders " + loaders + " -> " + loaders() + ", threads " + threads + " -> "
                + ownThreads().size() + ", direct " + (direct >> 10) + " -> " + (directBytes() >> 10) + " KiB");
    }

    private static CompletableFuture<Report808> load(int terminals, LocalDateTime begin) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Sender808.load("127.0.0.1", SITE.terminals, terminals, 0, 10, Duration.ofMinutes(5), begin);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void replace(byte[] jar, int n) throws IOException {
        Path file = Files.write(HUB.home().resolve("replacement.jar"), varied(jar, n));
        HUB.hub().plugins().carryOut(new PluginRequest.Install(file, "vehicle.jar", null), ANYTHING);
    }

    /** The same plugin with another content. */
    private static byte[] varied(byte[] jar, int n) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new java.io.ByteArrayInputStream(jar)); ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setLevel(1);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.transferTo(out);
            }
            out.putNextEntry(new ZipEntry("META-INF/replacement.txt"));
            out.write(Integer.toString(n).getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(n -> n.matches("(jt808|jt809|intake|vehicle-intake|globalEventExecutor).*")).toList();
    }

    private static long loaders() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                new Object[] {new String[0]}, new String[] {String[].class.getName()});
        return histogram.lines().map(String::strip).filter(l -> l.contains(" " + LOADER + " ") || l.endsWith(LOADER))
                .mapToLong(l -> Long.parseLong(l.split("\\s+")[1])).sum();
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(p -> p.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }

    private static long stored(LocalDate day) {
        return HUB.hub().records().store().find(RecordQuery.byDay("vehicle.position.v1", day)).stream()
                .mapToLong(r -> r.body().get("points").size()).sum();
    }
}
