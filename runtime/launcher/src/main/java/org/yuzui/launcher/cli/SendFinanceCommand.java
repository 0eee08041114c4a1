package org.yuzui.launcher.cli;

import org.yuzui.launcher.demo.gbt24589.FinanceSender;
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

/** {@code yuzui demo send-finance} */
@Command(name = "send-finance")
final class SendFinanceCommand extends LocalCommand {

    private static final Clock CLOCK = Clock.system(ZoneId.of("Asia/Shanghai"));

    @Option(names = "--months", paramLabel = "N")
    private int months = 3;
    @Option(names = "--to", paramLabel = "MONTH", descriptionKey = "finance.to")
    private YearMonth to;
    @Option(names = "--seed", paramLabel = "N")
    private long seed = 1;
    @Option(names = "--unbalanced")
    private boolean unbalanced;
    @Option(names = "--wrong-charset")
    private boolean wrongCharset;
    @Option(names = "--patience", paramLabel = "SECONDS")
    private int patience = 60;
    @Option(names = "--json", descriptionKey = "demo.json")
    private boolean json;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (months < 1 || months > 36 || patience < 0 || unbalanced && wrongCharset) {
            throw new ParameterException(spec.commandLine(), text("demo.bad-months"));
        }
        YearMonth last = to != null ? to : YearMonth.now(CLOCK).minusMonths(1);
        FinanceSender sender = new FinanceSender(home().path(), seed);
        long since = CLOCK.millis();
        List<String> names = sender.send(last.minusMonths(months - 1L), last, unbalanced ? FinanceSender.Fault.UNBALANCED
                : wrongCharset ? FinanceSender.Fault.WRONG_CHARSET : FinanceSender.Fault.NONE);
        Map<String, Boolean> gone = patience == 0 ? Map.of() : sender.await(names, since, Duration.ofSeconds(patience));
        if (patience > 0 && gone.isEmpty()) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, text("demo.files-not-taken", sender.inbox()));
        }
        long refused = gone.values().stream().filter(r -> r).count();
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("inbox", sender.inbox().toString());
            map.put("written", names.size());
            map.put("done", gone.size() - refused);
            map.put("refused", refused);
            map.put("waiting", names.size() - gone.size());
            out().println(HubClient.JSON.writeValueAsString(map));
        } else {
            out().println(text("demo.files-sent", names.size(), sender.inbox(), gone.size() - refused, refused, names.size() - gone.size()));
            if (refused > 0) {
                out().println(text("demo.files-refused", sender.inbox().resolve(".refused")));
            }
        }
        return (patience == 0 || refused == 0 && gone.size() == names.size() ? ExitCode.OK : ExitCode.FAILED).number();
    }
}
