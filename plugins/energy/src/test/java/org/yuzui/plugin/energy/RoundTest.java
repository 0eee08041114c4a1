package org.yuzui.plugin.energy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yuzui.plugin.energy.Round.Outcome;
import org.yuzui.plugin.energy.meter.Dlt645Read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Peers that don't behave, over real sockets. */
@Timeout(300)
class RoundTest {

    private static final String ADDRESS = "260305510008";
    private final List<MeterServer> servers = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void close() {
        never.countDown();
        threads.shutdownNow();
        servers.forEach(MeterServer::close);
    }

    @Test
    void everyMisbehaviourHasItsNameAndTheOthersAreRead() throws Exception {
        Map<String, Probe> probes = new LinkedHashMap<>();
        add(probes, "good", MeterServer.good());
        add(probes, "drips", new MeterServer((question, out) -> {
            for (byte b : Samples.answer(question)) {
                out.write(b);
                out.flush();
            }
        }));
        add(probes, "noise first", new MeterServer((question, out) -> {
            out.write(new byte[] {0, 0x68, 1, 2, (byte) 0xFE, (byte) 0xFE});
            out.write(Samples.answer(question));
        }));
        add(probes, "silent", new MeterServer((question, out) -> { }));
        add(probes, "hangs up", new MeterServer((question, out) -> out.close()));
        add(probes, "stops in the middle", new MeterServer((question, out) -> {
            out.write(Samples.answer(question), 0, 9);
            out.close();
        }));
        add(probes, "wrong sum", new MeterServer((question, out) -> {
            byte[] answer = Samples.answer(question);
            answer[answer.length - 2]++;
            out.write(answer);
        }));
        Random random = new Random(1);
        add(probes, "garbage without end", new MeterServer((question, out) -> {
            byte[] garbage = new byte[512];
            for (int i = 0; i < 64; i++) {
                random.nextBytes(garbage);
                out.write(garbage);
            }
        }));
        int closed = PluginUnderTest.freePort();
        probes.put("gone", probe("gone", closed));

        Map<String, Outcome> outcomes = round(4, 5000, 0, 60, 0).ask(probes.values(), threads);

        assertThat(outcomes.keySet()).containsExactlyElementsOf(probes.keySet());
        for (String read : List.of("good", "drips", "noise first")) {
            assertThat(outcomes.get(read).reply()).as(read).isNotNull();
            assertThat(outcomes.get(read).reply().value()).isEqualByComparingTo("10101.01");
        }
        assertThat(outcomes.get("silent").code()).isEqualTo("silent");
        assertThat(outcomes.get("hangs up").code()).isEqualTo("hung-up");
        assertThat(outcomes.get("stops in the middle").code()).isEqualTo("truncated");
        assertThat(outcomes.get("wrong sum").code()).isEqualTo("checksum");
        assertThat(outcomes.get("garbage without end").code()).isIn("too-long", "truncated");
        assertThat(outcomes.get("gone").code()).isEqualTo("unreachable");
    }

    @Test
    void whoDoesNotAnswerIsAskedAgainAndThenLeftAlone() throws Exception {
        int[] questions = new int[1];
        MeterServer late = server(new MeterServer((question, out) -> {
            if (++questions[0] > 1) {
                out.write(Samples.answer(question));
            }
        }));
        MeterServer silent = server(new MeterServer((question, out) -> { }));
        List<Probe> probes = List.of(probe("late", late.port()), probe("silent", silent.port()));
        Round round = round(2, 3000, 1, 60, 600);
        Map<String, Outcome> first = round.ask(probes, threads);
        assertThat(first.get("late").reply()).as("at the second attempt").isNotNull();
        assertThat(first.get("silent").code()).isEqualTo("silent");
        assertThat(silent.asked).hasSize(2);
        Map<String, Outcome> second = round.ask(probes, threads);
        assertThat(second.get("late").reply()).isNotNull();
        assertThat(second.get("silent").code()).isEqualTo("backing-off");
        assertThat(silent.asked).as("not asked again").hasSize(2);
    }

    /** A meter that is missing behind a gateway must not take the others with it; a gateway that is missing takes all, once. */
    @Test
    void oneMeterRestsAloneAndALineAsAWhole() throws Exception {
        MeterServer gateway = server(new MeterServer((question, out) -> {
            if (question[7] == 0x07) { // the third byte of the second meter's address, low byte first behind FE FE FE FE 68
                out.close();
            } else {
                out.write(Samples.answer(question));
            }
        }));
        int closed = PluginUnderTest.freePort();
        List<Probe> probes = List.of(probe("a", gateway.port(), "260305510008"), probe("b", gateway.port(), "260305070008"),
                probe("c", gateway.port(), "260305510009"), probe("d", closed, ADDRESS), probe("e", closed, ADDRESS));
        Round round = round(2, 20_000, 0, 60, 600);
        Map<String, Outcome> first = round.ask(probes, threads);
        assertThat(first.values()).extracting(Outcome::code).containsExactly(null, "hung-up", null, "unreachable", "unreachable");
        Map<String, Outcome> second = round.ask(probes, threads);
        assertThat(second.values()).extracting(Outcome::code).containsExactly(null, "backing-off", null, "backing-off", "backing-off");
    }

    @Test
    void noMoreLinesAtATimeThanAllowed() throws Exception {
        List<Probe> probes = new ArrayList<>();
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            MeterServer slow = server(new MeterServer((question, out) -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                hold(30);
                atOnce.decrementAndGet(); // who has the answer may ask the next one at once
                out.write(Samples.answer(question));
            }));
            probes.add(probe("m" + i, slow.port()));
        }
        Map<String, Outcome> outcomes = round(2, 20_000, 0, 120, 0).ask(probes, threads);
        assertThat(outcomes.values()).allMatch(o -> o.reply() != null);
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void aRoundEndsInTimeWhateverItsMetersDo() throws Exception {
        MeterServer silent = server(new MeterServer((question, out) -> hold(60_000)));
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            probes.add(probe("m" + i, silent.port()));
        }
        long begin = System.nanoTime();
        Map<String, Outcome> outcomes = round(1, 60_000, 0, 1, 0).ask(probes, threads);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThat(outcomes).hasSize(20);
        assertThat(outcomes.get("m19").code()).isEqualTo("not-in-time");
        Patience.await().until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.isAlive()
                && Arrays.stream(t.getStackTrace()).anyMatch(e -> e.getClassName().equals(Round.class.getName()))));
    }

    /** Holds an answer back, until the test is over at most. */
    private void hold(long millis) {
        try {
            never.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Map<String, Probe> probes, String name, MeterServer server) {
        probes.put(name, probe(name, server(server).port()));
    }

    private MeterServer server(MeterServer server) {
        servers.add(server);
        return server;
    }

    private static Probe probe(String name, int port) {
        return probe(name, port, ADDRESS);
    }

    private static Probe probe(String name, int port, String address) {
        return new Probe(name, "127.0.0.1", port, "dlt645", new Dlt645Read(address, Dlt645Read.FORWARD_ENERGY, 2));
    }

    private static Round round(int concurrency, int answerMillis, int retries, int within, int rest) {
        return new Round(new EnergySettings.Manners(concurrency, Duration.ofSeconds(5), Duration.ofMillis(answerMillis), retries,
                Duration.ofSeconds(within), Duration.ofSeconds(rest), Duration.ofSeconds(rest)));
    }
}
