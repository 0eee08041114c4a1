package org.yuzui.plugin.finance.sftp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yuzui.kernel.PluginState;
import org.yuzui.plugin.finance.Files24589;
import org.yuzui.records.RecordQuery;
import org.yuzui.testkit.BuiltPlugin;
import org.yuzui.testkit.FreePorts;
import org.yuzui.testkit.HubExtension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Files on a real SFTP server, over a line that breaks: what the running hub makes of them, and what becomes of them there. */
class SftpThroughTheHubTest {

    private static final FileServer SERVER = server();
    private static final BreakingLine LINE = line();
    private static final Path KNOWN = SERVER.folder.resolveSibling("known_hosts");

    @RegisterExtension
    static final HubExtension HUB = hub();

    private static FileServer server() {
        try {
            return new FileServer(Files.createDirectories(Files.createTempDirectory("yuzui-sftp").resolve("files")), FreePorts.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BreakingLine line() {
        try {
            return new BreakingLine(SERVER.port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HubExtension hub() {
        try {
            Files.writeString(KNOWN, SERVER.knownHost(LINE.port));
            return HubExtension.of().plugin(BuiltPlugin.jar("finance"))
                    .file("config/org/units.csv", Files.readString(Path.of("examples/org/units.csv")))
                    .settings("finance", """
                            inbox: %s
                            settle: 300
                            sftp: {host: 127.0.0.1, port: %d, user: hub, key: "%s", knownHosts: %s, folder: /, interval: 200}
                            books: {jj: {unit: 510104-F01}, zlj: {unit: 510302-F01}, big: {unit: 510104-F01}}
                            """.formatted(SERVER.folder.resolveSibling("inbox"), LINE.port, SERVER.userKeyText().replace("\n", "\\n"), KNOWN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void nothingIsLeftHere() throws IOException {
        SERVER.movesNothing = false;
        SERVER.listed = () -> { };
        await().untilAsserted(() -> {
            try (var here = Files.list(SERVER.folder.resolveSibling("inbox").resolve(".sftp"))) {
                assertThat(here).isEmpty();
            }
        });
    }

    @AfterAll
    static void end() throws IOException {
        LINE.close();
        SERVER.close();
        try (var all = Files.walk(SERVER.folder.getParent())) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static org.awaitility.core.ConditionFactory await() {
        return org.awaitility.Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
    }

    @Test
    void aLedgerIsMovedOnTheServerWhenItsRecordsAreDurable() throws Exception {
        SERVER.put("jj_2024-02.xml", ledger(2));
        movedTo(".done/jj_2024-02.xml");

        await().untilAsserted(() -> assertThat(vouchers("jj", 2)).hasSize(2));
        assertThat(SERVER.folder.resolve(".done/jj_2024-02.xml")).hasBinaryContent(ledger(2));

        SERVER.put("jj_2024-02.xml", ledger(2));
        movedTo(".done/jj_2024-02.xml.2");
        assertThat(all("jj", 2)).hasSize(2);
    }

    @Test
    void aFileThatIsRefusedLiesBesideItsReportOnTheServer() throws Exception {
        SERVER.put("zlj_bad.xml", new String(ledger(3), StandardCharsets.UTF_8).replace("<期末本币余额>91049.00", "<期末本币余额>91049.01")
                .getBytes(StandardCharsets.UTF_8));
        movedTo(".refused/zlj_bad.xml");

        assertThat(Files.readString(SERVER.folder.resolve(".refused/zlj_bad.xml.report.txt"))).contains("closing-wrong", "1002");
        assertThat(vouchers("zlj", 3)).isEmpty();
    }

    @Test
    void whatTheLineHasBrokenOffGoesOnFromThere() throws Exception {
        byte[] large = padded(4, 3_000_000);
        LINE.breakAfter(1_500_000);
        SERVER.put("jj_2024-04.xml", large);
        movedTo(".done/jj_2024-04.xml");

        assertThat(LINE.breaks()).isPositive();
        assertThat(SERVER.read.get("jj_2024-04.xml")).isBetween((long) large.length, large.length + 1_900_000L);
        await().untilAsserted(() -> assertThat(vouchers("jj", 4)).hasSize(2));
    }

    @Test
    void aFileThatGrowsIsReadWhenItIsWhole() throws Exception {
        byte[] ledger = ledger(5);
        Path file = SERVER.folder.resolve("jj_2024-05.xml");
        AtomicInteger written = new AtomicInteger();
        SERVER.listed = () -> { // whenever the hub has looked it has grown before the hub looks again
            int at = written.getAndUpdate(n -> Math.min(ledger.length, n + ledger.length / 8 + 1));
            grow(file, Arrays.copyOfRange(ledger, at, written.get()));
        };
        Files.write(file, new byte[0]);
        Files.write(SERVER.folder.resolve("jj_2024-06.xml.part"), ledger);
        movedTo(".done/jj_2024-05.xml");

        SERVER.listed = () -> { };
        assertThat(SERVER.folder.resolve(".done/jj_2024-05.xml")).hasBinaryContent(ledger);
        assertThat(SERVER.folder.resolve("jj_2024-06.xml.part")).exists();
        assertThat(SERVER.folder.resolve(".refused/jj_2024-05.xml")).doesNotExist();
        Files.delete(SERVER.folder.resolve("jj_2024-06.xml.part"));
    }

    @Test
    void whatCanNotBeMovedIsNotReadAgain() throws Exception {
        SERVER.movesNothing = true;
        SERVER.put("jj_2024-07.xml", ledger(7));
        await().untilAsserted(() -> assertThat(vouchers("jj", 7)).hasSize(2));
        await().untilAsserted(() -> assertThat(detail()).contains("lets the hub not move jj_2024-07.xml"));
        assertThat(SERVER.folder.resolve("jj_2024-07.xml")).exists();

        SERVER.movesNothing = false;
        movedTo(".done/jj_2024-07.xml");
        assertThat(SERVER.read.get("jj_2024-07.xml")).isEqualTo(ledger(7).length);
        runs();
    }

    @Test
    void aServerThatWasAwayIsATroubleUntilItIsBack() throws Exception {
        SERVER.stop();
        try {
            await().until(() -> state() == PluginState.DEGRADED);
            assertThat(detail()).contains("the SFTP server 127.0.0.1:" + LINE.port);
        } finally {
            SERVER.start();
        }
        SERVER.put("jj_2024-08.xml", ledger(8));
        movedTo(".done/jj_2024-08.xml");
        runs();
    }

    @Test
    void aServerWithAnotherKeyIsRefusedAndTheLineToAddIsTold() throws Exception {
        Files.writeString(KNOWN, "");
        try {
            await().untilAsserted(() -> assertThat(detail()).contains("add the line: " + SERVER.knownHost(LINE.port).strip()));
            try (FileServer other = new FileServer(SERVER.folder, 0)) {
                Files.writeString(KNOWN, other.knownHost(LINE.port));
            }
            await().untilAsserted(() -> assertThat(detail()).contains("its key is another than in"));
            SERVER.put("jj_2024-09.xml", ledger(9));
        } finally {
            Files.writeString(KNOWN, SERVER.knownHost(LINE.port));
        }
        movedTo(".done/jj_2024-09.xml");
        runs();
    }

    private static void grow(Path file, byte[] by) {
        try {
            if (by.length > 0) {
                Files.write(file, by, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] ledger(int month) {
        return Files24589.ledger().replace("会计期间号>1<", "会计期间号>" + month + "<").replace("202401", "20240" + month)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] padded(int month, int bytes) {
        String line = "\n<!-- " + "x".repeat(1000) + " -->";
        return new String(ledger(month), StandardCharsets.UTF_8).replace("<总账>", "<总账>" + line.repeat(bytes / line.length()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void movedTo(String path) {
        await().untilAsserted(() -> assertThat(SERVER.folder.resolve(path)).exists());
        assertThat(SERVER.folder.resolve(path.replaceFirst("^[^/]*/", ""))).doesNotExist();
    }

    private static List<?> vouchers(String book, int month) {
        return find(book, month, RecordQuery.Among.LATEST);
    }

    private static List<?> all(String book, int month) {
        return find(book, month, RecordQuery.Among.ANY);
    }

    private static List<?> find(String book, int month, RecordQuery.Among among) {
        return HUB.hub().records().store().find(RecordQuery.of("finance.voucher.v1")
                .where(List.of(new RecordQuery.Condition("book", RecordQuery.Op.EQ, book)))
                .among(among, RecordQuery.Give.MATCHES)).stream()
                .filter(r -> r.body().path("period").asInt() == month).toList();
    }

    private static PluginState state() {
        return HUB.hub().plugins().find("finance").orElseThrow().state();
    }

    private static String detail() {
        return HUB.get("/plugins/finance").toString();
    }

    private static void runs() {
        await().until(() -> state() == PluginState.RUNNING);
    }
}
