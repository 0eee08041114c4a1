package org.yuzui.launcher.cli;

import org.yuzui.launcher.demo.assets.AssetsSender;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code yuzui demo send-assets} */
@Command(name = "send-assets")
final class SendAssetsCommand extends ClientCommand {

    private static final String PLUGIN = "assets";
    private static final String TOKEN = "token";
    private static final Clock CLOCK = Clock.system(ZoneId.of("Asia/Shanghai"));

    @Option(names = "--month", paramLabel = "MONTH")
    private YearMonth month;
    @Option(names = "--seed", paramLabel = "N")
    private long seed = 1;
    @Option(names = "--lent-and-disposed")
    private boolean faulty;
    @Option(names = "--expect")
    private boolean expect;
    @Option(names = "--patience", paramLabel = "SECONDS")
    private int patience = 60;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (patience < 0) {
            throw new ParameterException(spec.commandLine(), text("demo.bad-patience"));
        }
        YearMonth of = month != null ? month : YearMonth.now(CLOCK).minusMonths(1);
        AssetsSender sender = new AssetsSender(home().path(), of, seed);
        if (expect) {
            show(of, sender, null);
            return ExitCode.OK.number();
        }
        long since = CLOCK.millis();
        List<String> names = sender.writeWorkbooks(faulty);
        Map<String, Boolean> gone = patience == 0 ? Map.of() : sender.await(names, since, Duration.ofSeconds(patience));
        if (patience > 0 && gone.isEmpty()) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, text("assets.files-not-taken", sender.inbox()));
        }
        long refused = gone.values().stream().filter(r -> r).count();
        Map<String, Integer> answers;
        try {
            answers = faulty ? Map.of() : sender.call(secret());
        } catch (IOException e) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, text("assets.unreachable", e.getMessage()));
        }
        Map<String, Object> sent = new LinkedHashMap<>();
        sent.put("written", names.size());
        sent.put("done", gone.size() - refused);
        sent.put("refused", refused);
        sent.put("calls", answers);
        boolean taken = answers.values().stream().allMatch(s -> s == 200) && (patience == 0 || refused == 0 && gone.size() == names.size());
        if (!json()) {
            out().println(text("demo.files-sent", names.size(), sender.inbox(), gone.size() - refused, refused, names.size() - gone.size()));
            if (refused > 0) {
                out().println(text("demo.files-refused", sender.inbox().resolve(".refused")));
            }
            answers.forEach((call, status) -> out().println(call + ": " + status));
        }
        show(of, faulty ? null : sender, sent);
        return (taken ? ExitCode.OK : ExitCode.FAILED).number();
    }

    /** That of this home's earlier runs, or a new one, told to the plugin through the hub's settings. One that has another keeps it. */
    private String secret() throws IOException {
        DemoSecrets secrets = new DemoSecrets(home().path(), PLUGIN);
        boolean has = HubClient.parse(hub().get(PluginCommand.path(PLUGIN, "settings"))).at("/effective/http").hasNonNull("token");
        if (has && !secrets.all().containsKey(TOKEN)) {
            throw new Failure(ExitCode.FAILED, text("demo.other-secrets", "http.token", secrets.file()));
        }
        if (!has) {
            String token = secrets.make(TOKEN);
            secrets.write();
            hub().post(PluginCommand.path(PLUGIN, "settings"), Map.of(), "application/merge-patch+json",
                    Map.of("http", Map.of("token", token)));
        }
        return secrets.all().get(TOKEN);
    }

    private void show(YearMonth of, AssetsSender sender, Map<String, Object> sent) throws IOException {
        Map<String, Map<String, BigDecimal>> units = sender == null ? Map.of() : sender.expected();
        if (json()) {
            Map<String, Object> all = new LinkedHashMap<>(sent == null ? Map.of() : sent);
            if (sender != null) {
                all.put("period", of.toString());
                all.put("units", units);
                all.put("total", AssetsSender.sum(units.values()));
            }
            out().println(HubClient.JSON.writeValueAsString(all));
        } else if (sender != null) {
            out().println(text("assets.expected", of));
            Map<String, BigDecimal> total = AssetsSender.sum(units.values());
            List<String> head = new ArrayList<>(List.of(""));
            head.addAll(total.keySet());
            Table table = new Table(head.toArray(String[]::new)).rightFrom(1);
            units.forEach((unit, figures) -> table.row(row(unit, total, AssetsSender.sum(List.of(figures)))));
            table.row(row(text("assets.total"), total, total));
            table.print(out());
        }
    }

    private static Object[] row(String name, Map<String, BigDecimal> order, Map<String, BigDecimal> figures) {
        List<Object> row = new ArrayList<>(List.of(name));
        order.keySet().forEach(code -> row.add(figures.get(code).toPlainString()));
        return row.toArray();
    }
}
