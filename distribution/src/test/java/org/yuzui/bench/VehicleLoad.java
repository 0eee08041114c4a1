package org.yuzui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.launcher.demo.jt808.Report808;
import org.yuzui.launcher.demo.jt808.Sender808;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;

/**
 * The terminals' own process: reads lines {@code <terminals> <positions a second, 0 for as many as are acknowledged>
 * <positions in a message> <seconds>} and answers each, when it is done, with a line of JSON. It ends with its input.
 */
public final class VehicleLoad {

    private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 3, 2, 8, 0);

    private VehicleLoad() {
    }

    /** @param args the hub's JT/T 808 port */
    public static void main(String[] args) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        int days = 0;
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String[] words = command.split(" ");
            Duration before = cpu();
            // A day of its own for each: every position is new to the hub.
            Report808 report = Sender808.load("127.0.0.1", Integer.parseInt(args[0]), Integer.parseInt(words[0]),
                    Double.parseDouble(words[1]), Integer.parseInt(words[2]), Duration.ofMillis((long) (Double.parseDouble(words[3]) * 1000)),
                    BEGIN.plusDays(days++));
            Map<String, Object> answer = report.toMap();
            answer.put("rate", report.rate());
            answer.put("cpuSeconds", cpu().minus(before).toMillis() / 1000.0);
            System.out.println(new ObjectMapper().writeValueAsString(answer));
        }
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
