package org.yuzui.launcher.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.kernel.HeldPort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SenderTest {

    @TempDir
    Path folder;

    @Test
    void allAcceptedIsReportedWithLatencies() throws Exception {
        try (MllpServer server = new MllpServer(m -> MllpServer.acknowledge(m, "AA", ""))) {
            Sender sender = new Sender(line(server.port(), 60), true);
            SendReport report = sender.send(traffic(600), 6);
            assertThat(report.allAccepted()).isTrue();
            assertThat(report.toMap()).containsEntry("messages", 600).containsEntry("AA", 600).containsEntry("AE", 0)
                    .containsEntry("AR", 0).containsEntry("other", 0).containsEntry("unsent", 0).containsEntry("repeats", 0);
            assertThat(report.latencies().count()).isEqualTo(600);
            assertThat(report.latencies().within(0.5)).isBetween(0.001, report.latencies().within(1));
            assertThat(server.received).hasSize(600);
            assertThat(new HashSet<>(sender.acknowledged())).hasSize(600);
        }
    }

    @Test
    void refusalsAreGroupedByTheirReason() throws Exception {
        try (MllpServer server = new MllpServer(m -> m.contains("|ORU^R01") ? MllpServer.acknowledge(m, "AR", "|not accepted")
                : m.contains("|ADT^A01") ? MllpServer.acknowledge(m, "AE", "") + "ERR||PV1^1^19|101^x|E||||visit \\T\\ bed missing\r"
                : MllpServer.acknowledge(m, "AA", ""))) {
            SendReport report = new Sender(line(server.port(), 60)).send(traffic(300), 3);
            assertThat(report.allAccepted()).isFalse();
            assertThat(report.aa() + report.ae() + report.ar()).isEqualTo(300);
            assertThat(report.ae()).isPositive();
            assertThat(report.ar()).isPositive();
            assertThat(report.reasons()).extracting(r -> r.code() + " " + r.reason())
                    .containsExactlyInAnyOrder("AE visit & bed missing", "AR not accepted");
            assertThat(report.reasons().stream().mapToInt(SendReport.Reason::count).sum()).isEqualTo(report.ae() + report.ar());
        }
    }

    @Test
    void aMessageWithoutAnAnswerIsSentAgainAfterTheConnectionBroke() throws Exception {
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        AtomicInteger arrivals = new AtomicInteger();
        try (MllpServer server = new MllpServer(m -> seen.merge(m, 1, Integer::sum) == 1 && arrivals.incrementAndGet() % 50 == 0
                ? MllpServer.HANG_UP : MllpServer.acknowledge(m, "AA", ""))) {
            SendReport report = new Sender(line(server.port(), 60)).send(traffic(200), 2);
            assertThat(report.aa()).isEqualTo(200);
            assertThat(report.repeats()).isEqualTo(4);
            assertThat(server.received).hasSize(204);
            assertThat(seen).hasSize(200);
        }
    }

    @Test
    void aMessageThatAlwaysBreaksTheConnectionIsGivenUpAndTheNextOneIsSent() throws Exception {
        write("1.hl7", "MSH|^~\\&|A|B|C|D|1||ADT^A01|poison|P|2.4\r");
        write("2.hl7", "MSH|^~\\&|A|B|C|D|1||ADT^A01|good|P|2.4\r");
        try (MllpServer server = new MllpServer(m -> m.contains("poison") ? MllpServer.HANG_UP : MllpServer.acknowledge(m, "AA", ""))) {
            SendReport report = new Sender(line(server.port(), 60)).send(folder);
            assertThat(report.aa()).isEqualTo(1);
            assertThat(report.other()).isEqualTo(1);
            assertThat(report.reasons()).singleElement().satisfies(r -> {
                assertThat(r.example()).isEqualTo("1.hl7");
                assertThat(r.reason()).contains("closed the connection");
            });
        }
    }

    @Test
    void anAnswerToAnotherMessageDoesNotCount() throws Exception {
        try (MllpServer server = new MllpServer(m -> "MSH|^~\\&|\rMSA|AA|somebody-else\r")) {
            SendReport report = new Sender(line(server.port(), 60)).send(traffic(5), 1);
            assertThat(report.aa()).isZero();
            assertThat(report.other()).isEqualTo(5);
        }
    }

    @Test
    void aHubThatGoesAwayForGoodEndsTheSend() throws Exception {
        AtomicInteger arrivals = new AtomicInteger();
        MllpServer[] self = new MllpServer[1];
        try (MllpServer server = new MllpServer(m -> {
            if (arrivals.incrementAndGet() <= 20) {
                return MllpServer.acknowledge(m, "AA", "");
            }
            try {
                self[0].close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return MllpServer.HANG_UP;
        })) {
            self[0] = server;
            SendReport report = new Sender(line(server.port(), 0)).send(traffic(500), 1);
            assertThat(report.aa()).isEqualTo(20);
            assertThat(report.unsent()).isPositive();
            assertThat(report.aa() + report.other() + report.unsent()).isEqualTo(500);
        }
    }

    @Test
    void nobodyListeningIsOneErrorAtOnce() throws Exception {
        try (HeldPort free = new HeldPort()) {
            assertThatThrownBy(() -> new Sender(line(free.number(), 10)).send(traffic(5), 1)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void filesGoOutByteByByteInTheOrderOfTheirNames() throws Exception {
        byte[] chinese = "PID|1||1||测试^一号\r".getBytes(Charset.forName("GB18030"));
        ByteArrayOutputStream b = new ByteArrayOutputStream();
        b.write("MSH|^~\\&|A|B|C|D|1||ADT^A01|two|P|2.4\r".getBytes(StandardCharsets.US_ASCII));
        b.write(chinese);
        Files.write(folder.resolve("b.hl7"), b.toByteArray());
        write("a.hl7", "MSH|^~\\&|A|B|C|D|1||ADT^A01|one|P|2.4\nPID|1\r\nPV1|1\n");
        write("c.hl7", "\u000bMSH|^~\\&|A|B|C|D|1||ADT^A01|three|P|2.4\r\u001c\r\u000bMSH|^~\\&|A|B|C|D|1||ADT^A01|four|P|2.4\r\u001c\r");
        write("ignored.txt", "MSH|^~\\&|A|B|C|D|1||ADT^A01|zero|P|2.4\r");
        try (MllpServer server = new MllpServer(m -> MllpServer.acknowledge(m, "AA", ""))) {
            SendReport report = new Sender(line(server.port(), 60)).send(folder);
            assertThat(report.aa()).isEqualTo(4);
            assertThat(server.received.get(0)).isEqualTo("MSH|^~\\&|A|B|C|D|1||ADT^A01|one|P|2.4\rPID|1\rPV1|1\r");
            assertThat(server.received.get(1).getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(b.toByteArray());
            assertThat(server.received.subList(2, 4)).extracting(m -> m.split("\\|")[9]).containsExactly("three", "four");
        }
        assertThatThrownBy(() -> Hl7Files.read(folder.resolve("nowhere"))).isInstanceOf(NoSuchFileException.class);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private static Sender.Line line(int port, int patience) {
        return new Sender.Line("127.0.0.1", port, 0, Duration.ofMinutes(1), Duration.ofSeconds(patience));
    }

    private static Traffic traffic(int count) {
        return new Traffic(new Traffic.Plan(Hospital.of(Map.of("H510104", "510104-H01")),
                LocalDate.of(2026, 11, 19), LocalDate.of(2026, 11, 22), count, 1));
    }
}
