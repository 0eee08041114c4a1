package org.yuzui.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.yuzui.launcher.demo.Hospital;
import org.yuzui.launcher.demo.Hospitals;
import org.yuzui.launcher.demo.SendReport;
import org.yuzui.launcher.demo.Sender;
import org.yuzui.launcher.demo.Traffic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** {@code yuzui demo …} */
@Command(name = "demo", subcommands = {DemoCommand.SendHl7.class, Send808Command.class, MetersCommand.class,
        SendFinanceCommand.class, SendKindergartenCommand.class, SendRostersCommand.class, SendAssetsCommand.class})
final class DemoCommand extends GroupCommand {

    /** The demonstration site is in Sichuan: its yesterday is meant, wherever the sender runs. */
    private static final ZoneId SITE = ZoneId.of("Asia/Shanghai");
    /** Long enough that some stays have ended, short enough that a few thousand messages fill the last day. */
    private static final int DEFAULT_DAYS = 4;
    private static final int DEFAULT_PORT = 2575;

    @Command(name = "send-hl7")
    static final class SendHl7 extends LocalCommand {
        @Option(names = "--host", paramLabel = "HOST")
        private String host = "127.0.0.1";
        @Option(names = "--port", paramLabel = "PORT")
        private Integer port;
        @Option(names = "--count", paramLabel = "N")
        private int count = 1000;
        @Option(names = "--rate", paramLabel = "N")
        private double rate;
        @Option(names = "--connections", paramLabel = "N")
        private int connections = 8;
        @Option(names = "--from", paramLabel = "DAY", descriptionKey = "demo.from")
        private LocalDate from;
        @Option(names = "--to", paramLabel = "DAY", descriptionKey = "demo.to")
        private LocalDate to;
        @Option(names = "--day", paramLabel = "DAY")
        private LocalDate day;
        @Option(names = "--seed", paramLabel = "N")
        private long seed = 1;
        @Option(names = "--facilities", paramLabel = "CODE", split = ",")
        private List<String> facilities = List.of();
        @Option(names = "--all-kinds")
        private boolean allKinds;
        @Option(names = "--wrong-charset")
        private boolean wrongCharset;
        @Option(names = "--file", paramLabel = "DIR")
        private Path folder;
        @Option(names = "--patience", paramLabel = "SECONDS")
        private int patience = 10;
        @Option(names = "--expect")
        private boolean expect;
        @Option(names = "--json", descriptionKey = "demo.json")
        private boolean json;
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (connections < 1 || connections > 1000 || count < 0 || rate < 0 || patience < 0 || seed < 0) {
                throw new ParameterException(spec.commandLine(), text("demo.bad-number"));
            }
            if (expect) {
                out().println(write(traffic().expectation().toMap()));
                return ExitCode.OK.number();
            }
            Sender sender = new Sender(new Sender.Line(host, port(), rate, Duration.ofSeconds(30), Duration.ofSeconds(patience)));
            Traffic traffic = folder == null ? traffic() : null;
            SendReport report;
            try {
                report = traffic == null ? sender.send(folder) : sender.send(traffic, connections);
            } catch (NoSuchFileException e) {
                throw new Failure(ExitCode.NOT_FOUND, text("demo.no-folder", e.getFile()));
            } catch (IOException e) {
                throw new Failure(ExitCode.HUB_UNREACHABLE, text("demo.unreachable", host, port(), e.getMessage()));
            }
            if (json) {
                out().println(write(report.toMap()));
            } else {
                show(report);
            }
            return (report.allAccepted() ? ExitCode.OK : ExitCode.FAILED).number();
        }

        private Traffic traffic() {
            LocalDate last = day != null ? day : to != null ? to : LocalDate.now(Clock.system(SITE)).minusDays(1);
            LocalDate first = day != null ? day : from != null ? from : last.minusDays(DEFAULT_DAYS - 1L);
            if (last.isBefore(first)) {
                throw new ParameterException(spec.commandLine(), text("demo.bad-days", first, last));
            }
            List<Hospital> hospitals = Hospitals.of(home().path(), facilities);
            return new Traffic(new Traffic.Plan(wrongCharset ? hospitals.stream().map(Hospital::misdeclared).toList() : hospitals,
                    first, last, count, seed, allKinds));
        }

        private int port() {
            return port != null ? port : home().port("his", "mllp").orElse(DEFAULT_PORT);
        }

        private static String write(Object map) throws JsonProcessingException {
            return HubClient.JSON.writeValueAsString(map);
        }

        private void show(SendReport r) {
            out().println(text("demo.sent", r.messages() - r.unsent(), host, port(), String.format(Locale.ROOT, "%.1f",
                    r.took().toMillis() / 1000.0), Math.round(r.rate())));
            Table counts = new Table("AA", "AE", "AR", text("demo.other"), text("demo.unsent"), text("demo.repeats")).rightFrom(0);
            counts.row(r.aa(), r.ae(), r.ar(), r.other(), r.unsent(), r.repeats()).print(out());
            out().println();
            LatencyTable.print(r.latencies(), out());
            if (!r.reasons().isEmpty()) {
                out().println();
                Table reasons = new Table(text("demo.code"), text("demo.count"), text("demo.reason"), text("demo.example"));
                r.reasons().forEach(x -> reasons.row(x.code(), x.count(), x.reason(), x.example()));
                reasons.print(out());
            }
        }
    }
}
