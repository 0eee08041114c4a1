package org.yuzui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process in which many clerks hand in a form at the same time: reads lines {@code <period> <connections> <number of answers>} and
 * answers each, when all were answered, with a line of JSON. Each connection hands in for one unit after the other. Arguments: the
 * hub's URL, its token, the form, a file with the units' codes, the number of indicators.
 */
final class ReportLoad {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final String token;
    private final List<String> units;
    private final int indicators;
    private int rounds;

    private ReportLoad(String url, String token, List<String> units, int indicators) {
        this.url = url;
        this.token = token;
        this.units = units;
        this.indicators = indicators;
    }

    public static void main(String[] arguments) throws Exception {
        ReportLoad load = new ReportLoad(arguments[0] + "/api/v1/submissions/" + arguments[2] + "/", arguments[1],
                Files.readAllLines(Path.of(arguments[3])), Integer.parseInt(arguments[4]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String[] words = command.split(" ");
            System.out.println(JSON.writeValueAsString(load.send(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]))));
        }
    }

    private Map<String, Object> send(String period, int connections, int answers) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Map<String, Integer> statuses = new TreeMap<>();
        List<Integer> micros = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        int round = ++rounds;
        long began = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> {
                for (int n = next.getAndIncrement(); n < answers; n = next.getAndIncrement()) {
                    long asked = System.nanoTime();
                    String status = handIn(period, units.get(n % units.size()), n + round);
                    int took = (int) ((System.nanoTime() - asked) / 1000);
                    synchronized (micros) {
                        statuses.merge(status, 1, Integer::sum);
                        micros.add(took);
                    }
                }
            }, "clerk-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("seconds", (System.nanoTime() - began) / 1e9);
        answer.put("statuses", statuses);
        int[] sorted = micros.stream().mapToInt(Integer::intValue).sorted().toArray();
        answer.put("latencyMillis", Map.of("p50", CallLoad.latency(sorted, 0.5), "p95", CallLoad.latency(sorted, 0.95),
                "most", CallLoad.latency(sorted, 1)));
        return answer;
    }

    private String handIn(String period, String unit, int seed) {
        StringBuilder body = new StringBuilder("{\"values\":{");
        for (int i = 0; i < indicators; i++) {
            body.append(i == 0 ? "" : ",").append("\"i").append(i).append("\":").append((seed * 7919L + i * 31L) % 1_000_000).append(".25");
        }
        try {
            HttpURLConnection call = (HttpURLConnection) URI.create(url + period + "/" + unit).toURL().openConnection();
            call.setRequestMethod("POST");
            call.setDoOutput(true);
            call.setRequestProperty("Authorization", "Bearer " + token);
            call.setRequestProperty("Content-Type", "application/json");
            try (OutputStream out = call.getOutputStream()) {
                out.write(body.append("}}").toString().getBytes(StandardCharsets.UTF_8));
            }
            int status = call.getResponseCode();
            try (InputStream in = status < 400 ? call.getInputStream() : call.getErrorStream()) {
                in.readAllBytes();
            }
            return Integer.toString(status);
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }
}
