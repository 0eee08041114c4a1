package org.yuzui.bench;

import org.yuzui.launcher.demo.meters.MeterStand;

import java.nio.file.Path;
import java.time.Clock;

/** The meters' own process: says in a line of JSON that they answer, and ends with its input. */
public final class MeterLoad {

    private MeterLoad() {
    }

    /** @param args the hub's home, whose settings name the meters */
    public static void main(String[] args) throws Exception {
        try (MeterStand stand = MeterStand.open(Path.of(args[0]), MeterStand.Faults.none(), Clock.systemUTC(), 1)) {
            System.out.println("{\"meters\": " + stand.meters() + "}");
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
