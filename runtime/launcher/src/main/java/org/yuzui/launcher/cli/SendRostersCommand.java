package org.yuzui.launcher.cli;

import org.yuzui.launcher.demo.rosters.RosterSender;
import org.yuzui.launcher.demo.rosters.RosterSender.Fate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code yuzui demo send-rosters} */
@Command(name = "send-rosters")
final class SendRostersCommand extends LocalCommand {

    private static final Clock CLOCK = Clock.system(ZoneId.of("Asia/Shanghai"));

    @Option(names = "--to", paramLabel = "MONTH", descriptionKey = "finance.to")
    private YearMonth to;
    @Option(names = "--seed", paramLabel = "N")
    private long seed = 1;
    @Option(names = "--patience", paramLabel = "SECONDS")
    private int patience = 60;
    @Option(names = "--json", descriptionKey = "demo.json")
    private boolean json;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        YearMonth now = YearMonth.now(CLOCK);
        YearMonth last = to != null ? to : now.minusMonths(1);
        if (patience < 0 || !last.isBefore(now)) {
            throw new ParameterException(spec.commandLine(), text("demo.bad-roster-month"));
        }
        RosterSender sender = new RosterSender(home().path(), seed);
        long since = CLOCK.millis();
        List<String> names = sender.send(last);
        Map<String, Fate> gone = patience == 0 ? Map.of() : sender.await(names, since, Duration.ofSeconds(patience));
        if (patience > 0 && gone.isEmpty()) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, text("demo.rosters-not-taken", sender.inbox()));
        }
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("inbox", sender.inbox().toString());
            map.put("written", names.size());
            map.put("done", count(gone, Fate.DONE));
            map.put("held", count(gone, Fate.HELD));
            map.put("refused", count(gone, Fate.REFUSED));
            map.put("waiting", names.size() - gone.size());
            map.put("day", last.atEndOfMonth().toString());
            map.put("expected", sender.expected());
            out().println(HubClient.JSON.writeValueAsString(map));
        } else {
            out().println(text("demo.rosters-sent", names.size(), sender.inbox(), count(gone, Fate.DONE), count(gone, Fate.HELD),
                    count(gone, Fate.REFUSED), names.size() - gone.size()));
            out().println(text("demo.rosters-expected", last.atEndOfMonth()));
            sender.expected().forEach((unit, sums) -> out().println(String.format("%s%-12s %6d %6d %6d %6d",
                    unit.endsWith("0000") ? "" : unit.endsWith("00") ? "  " : unit.length() == 6 ? "    " : "      ", unit, sums[0], sums[1], sums[2], sums[3])));
        }
        return (patience == 0 || count(gone, Fate.REFUSED) == 0 && gone.size() == names.size() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static long count(Map<String, Fate> gone, Fate fate) {
        return gone.values().stream().filter(f -> f == fate).count();
    }
}
