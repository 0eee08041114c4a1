package org.yuzui.launcher.cli;

import org.yuzui.launcher.demo.jt808.BaseData;
import org.yuzui.launcher.demo.jt808.BaseDataDoor;
import org.yuzui.launcher.demo.jt808.Report808;
import org.yuzui.launcher.demo.jt808.Sender808;
import org.yuzui.launcher.demo.jt808.Vehicle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code yuzui demo send-808} */
@Command(name = "send-808")
final class Send808Command extends LocalCommand {

    /** Terminals tell the time of GMT+8, wherever the sender runs. */
    private static final ZoneId TERMINALS = ZoneId.of("Asia/Shanghai");
    private static final int DEFAULT_PORT = 7808;
    /** The day's month, and the three before it that the books tell of. */
    private static final int MONTHS_OF_FUEL = 4;
    /** More don't fit into one message. */
    private static final int MOST_BATCH = 24;

    @Option(names = "--host", paramLabel = "HOST")
    private String host = "127.0.0.1";
    @Option(names = "--port", paramLabel = "PORT")
    private Integer port;
    @Option(names = "--day", paramLabel = "DAY")
    private LocalDate day;
    @Option(names = "--seed", paramLabel = "N")
    private long seed = 1;
    @Option(names = "--terminals", paramLabel = "N")
    private int terminals;
    @Option(names = "--rate", paramLabel = "N")
    private double rate;
    @Option(names = "--batch", paramLabel = "N")
    private int batch = 10;
    @Option(names = "--seconds", paramLabel = "N")
    private int seconds = 30;
    @Option(names = "--json", descriptionKey = "demo.json")
    private boolean json;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (terminals < 0 || terminals > 50_000 || rate < 0 || batch < 1 || batch > MOST_BATCH || seconds < 1) {
            throw new ParameterException(spec.commandLine(), text("demo.bad-load", MOST_BATCH));
        }
        LocalDateTime now = LocalDateTime.now(Clock.system(TERMINALS)).withNano(0);
        LocalDate driven = day == null ? now.toLocalDate().minusDays(1) : day;
        Map<String, BaseDataDoor.Sent> baseData = terminals > 0 ? Map.of() : baseData(driven);
        Report808 report;
        try {
            report = terminals > 0
                    ? Sender808.load(host, port(), terminals, rate, batch, Duration.ofSeconds(seconds), now)
                    : Sender808.day(host, port(), Vehicle.of(home().path()), driven, seed);
        } catch (IOException e) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, text("demo.no-terminals", host, port(), e.getMessage()));
        }
        if (json) {
            Map<String, Object> map = report.toMap();
            map.put("baseData", baseData);
            out().println(HubClient.JSON.writeValueAsString(map));
        } else {
            baseData.forEach((path, sent) -> out().println(text("demo.base-data", path, sent.items(), sent.accepted())));
            show(report);
        }
        return (report.allAcknowledged() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    /** What is sent before the vehicles drive; a driver who is not valid any more has their orders refused, and so it should be. */
    private Map<String, BaseDataDoor.Sent> baseData(LocalDate driven) {
        Map<String, BaseDataDoor.Sent> sent = new LinkedHashMap<>();
        Optional<BaseDataDoor> door = BaseDataDoor.of(home().path(), host);
        if (door.isEmpty()) {
            err().println(text("demo.no-base-data"));
            return sent;
        }
        BaseData data = new BaseData(Vehicle.of(home().path()));
        try {
            sent.put("drivers", door.get().send("drivers", data.drivers()));
            sent.put("dispatches", door.get().send("dispatches", data.orders(driven)));
            sent.put("refuels", door.get().send("refuels", data.refuellings(driven, MONTHS_OF_FUEL)));
        } catch (IOException e) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, text("demo.base-data-not-taken", e.getMessage()));
        }
        return sent;
    }

    private int port() {
        return port != null ? port : home().port("vehicle", "jt808").orElse(DEFAULT_PORT);
    }

    private void show(Report808 r) {
        out().println(text("demo.sent-808", r.terminals(), host, port(), seconds(r.took()), Math.round(r.rate())));
        new Table(text("demo.let-in"), text("demo.turned-away"), text("demo.messages"), text("demo.positions"),
                text("demo.acknowledged"), text("demo.refused"), text("demo.repeats")).rightFrom(0)
                .row(r.authenticated(), r.turnedAway(), r.messages(), r.positions(), r.acknowledged(), r.refused(), r.repeats())
                .print(out());
        out().println();
        LatencyTable.print(r.latencies(), out());
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0);
    }
}
