package org.yuzui.launcher.cli;

import org.yuzui.launcher.demo.meters.MeterStand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code yuzui demo meters} */
@Command(name = "meters")
final class MetersCommand extends LocalCommand {

    @Option(names = "--silent", paramLabel = "METER", split = ",")
    private List<String> silent = List.of();
    @Option(names = "--garbage", paramLabel = "METER", split = ",")
    private List<String> garbage = List.of();
    @Option(names = "--wrong-checksum", paramLabel = "METER", split = ",")
    private List<String> wrongChecksum = List.of();
    @Option(names = "--reset", paramLabel = "METER", split = ",")
    private List<String> reset = List.of();
    @Option(names = "--speed", paramLabel = "N")
    private double speed = 1;
    @Option(names = "--seconds", paramLabel = "N")
    private long seconds;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!(speed > 0) || speed > 100_000 || seconds < 0) {
            throw new ParameterException(spec.commandLine(), text("demo.bad-speed"));
        }
        MeterStand.Faults faults = new MeterStand.Faults(Set.copyOf(silent), Set.copyOf(garbage), Set.copyOf(wrongChecksum), Set.copyOf(reset));
        MeterStand stand;
        try {
            stand = MeterStand.open(home().path(), faults, Clock.systemUTC(), speed);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, text("demo.port-taken", e.getMessage()));
        }
        try (stand) {
            if (!stand.unknown().isEmpty()) {
                throw new ParameterException(spec.commandLine(), text("demo.no-meter", String.join(", ", stand.unknown())));
            }
            out().println(text("demo.meters", stand.meters(), stand.ports().toString().replaceAll("[\\[\\]]", "")));
            out().flush();
            CountDownLatch end = new CountDownLatch(1);
            if (seconds == 0) {
                end.await(); // Ctrl+C
            } else {
                end.await(seconds, TimeUnit.SECONDS);
            }
            out().println(text("demo.answered", stand.answered()));
        }
        return ExitCode.OK.number();
    }
}
