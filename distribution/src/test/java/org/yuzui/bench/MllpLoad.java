package org.yuzui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.yuzui.launcher.demo.BatchFile;
import org.yuzui.launcher.demo.Hospital;
import org.yuzui.launcher.demo.Hospitals;
import org.yuzui.launcher.demo.SendReport;
import org.yuzui.launcher.demo.Sender;
import org.yuzui.launcher.demo.Traffic;

/**
 * The sender's own process: reads lines {@code <connections> <seconds>}, with {@code all} behind it for all kinds of messages, or
 * {@code file <messages> <path>}, and answers each, when it is done, with a line of JSON. It ends with its input.
 */
public final class MllpLoad {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 22);
    private static final int DAYS = 4;
    private static final int MOST_A_CONNECTION = 4_000;
    private static final int MOST = 20_000;

    private MllpLoad() {
    }

    /** @param args the hub's home, its MLLP port */
    public static void main(String[] args) throws Exception {
        List<Hospital> hospitals = Hospitals.of(Path.of(args[0]), List.of());
        Sender.Line line = new Sender.Line("127.0.0.1", Integer.parseInt(args[1]));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread thread = new Thread(r, "clock");
            thread.setDaemon(true);
            return thread;
        });
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        long seed = 0;
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String[] words = command.split(" ");
            if (words[0].equals("file")) {
                Traffic traffic = new Traffic(new Traffic.Plan(hospitals, LAST.minusDays(DAYS - 1L), LAST, Integer.parseInt(words[1]), ++seed, true));
                System.out.println(answer(Map.of("bytes", BatchFile.write(Path.of(words[2]), traffic))));
                continue;
            }
            int connections = Integer.parseInt(words[0]);
            double seconds = Double.parseDouble(words[1]);
            // A seed of its own for each send: every message is new to the hub.
            int count = (int) (seconds * Math.min(MOST, MOST_A_CONNECTION * connections));
            Traffic traffic = new Traffic(new Traffic.Plan(hospitals, LAST.minusDays(DAYS - 1L), LAST, count, ++seed, words.length > 2));
            System.out.println(answer(send(line, traffic, connections, seconds, clock)));
        }
    }

    private static Map<String, Object> send(Sender.Line line, Traffic traffic, int connections, double seconds,
                                            ScheduledExecutorService clock) throws IOException, InterruptedException {
        Sender sender = new Sender(line);
        Duration before = cpu();
        clock.schedule(sender::stop, (long) (seconds * 1000), TimeUnit.MILLISECONDS);
        SendReport report = sender.send(traffic, connections);
        Map<String, Object> answer = report.toMap();
        answer.put("answers", report.latencies().count());
        answer.put("rate", report.rate());
        answer.put("cpuSeconds", cpu().minus(before).toMillis() / 1000.0);
        return answer;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static String answer(Map<String, Object> map) throws IOException {
        return new ObjectMapper().writeValueAsString(map);
    }
}
