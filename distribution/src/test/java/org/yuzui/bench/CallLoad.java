package org.yuzui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A process that calls an HTTP door: reads lines {@code <connections> <items in a call> <seconds>} and answers each, when it is done,
 * with a line of JSON. Each connection makes its next call when the last one was answered. It ends with its input.
 */
final class CallLoad {

    /** Makes calls over a connection of its own. */
    @FunctionalInterface
    interface Line {
        /**
         * Returns when it was answered that everything is durable.
         *
         * @param number of the call: no other of this process has it, so that its content is new to the hub
         * @return bytes of the body
         * @throws IOException when it was answered otherwise
         */
        int call(long number, int items) throws IOException, InterruptedException;
    }

    /** Makes the line of a connection. */
    @FunctionalInterface
    interface Lines {
        Line line(int connection);
    }

    private final Lines lines;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private CallLoad(Lines lines) {
        this.lines = lines;
    }

    static void serve(Lines lines) throws Exception {
        CallLoad load = new CallLoad(lines);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String[] words = command.split(" ");
            System.out.println(new ObjectMapper().writeValueAsString(load.send(Integer.parseInt(words[0]), Integer.parseInt(words[1]),
                    Double.parseDouble(words[2]))));
        }
    }

    private Map<String, Object> send(int connections, int items, double seconds) throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<List<Integer>> micros = new ArrayList<>();
        AtomicLong bytes = new AtomicLong();
        Duration cpu = cpu();
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        for (int i = 0; i < connections; i++) {
            Line line = lines.line(i);
            List<Integer> mine = new ArrayList<>();
            micros.add(mine);
            Thread thread = new Thread(() -> run(line, items, end, mine, bytes), "line-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        double took = (System.nanoTime() - began) / 1e9;
        int[] sorted = micros.stream().flatMap(List::stream).mapToInt(Integer::intValue).sorted().toArray();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("calls", sorted.length);
        answer.put("items", (long) sorted.length * items);
        answer.put("bytes", bytes.get());
        answer.put("seconds", took);
        answer.put("rate", (double) sorted.length * items / took);
        answer.put("latencyMillis", Map.of("p50", latency(sorted, 0.5), "p95", latency(sorted, 0.95), "p99", latency(sorted, 0.99)));
        answer.put("cpuSeconds", cpu().minus(cpu).toMillis() / 1000.0);
        return answer;
    }

    private void run(Line line, int items, long end, List<Integer> micros, AtomicLong bytes) {
        try {
            while (System.nanoTime() < end && failure.get() == null) {
                long number = numbers.getAndIncrement();
                long asked = System.nanoTime();
                bytes.addAndGet(line.call(number, items));
                micros.add((int) ((System.nanoTime() - asked) / 1000));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Milliseconds within which this share (0 to 1) was answered. */
    static double latency(int[] sortedMicros, double share) {
        return sortedMicros.length == 0 ? 0 : sortedMicros[Math.max(0, (int) Math.ceil(share * sortedMicros.length) - 1)] / 1000.0;
    }

    static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
