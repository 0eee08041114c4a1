package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.launcher.demo.kindergarten.Kindergarten;
import org.yuzui.launcher.demo.kindergarten.KindergartenSender;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code yuzui demo send-kindergarten} */
@Command(name = "send-kindergarten")
final class SendKindergartenCommand extends ClientCommand {

    private static final String PLUGIN = "kindergarten";
    private static final Clock CLOCK = Clock.system(ZoneId.of("Asia/Shanghai"));

    @Option(names = "--day", paramLabel = "DAY")
    private LocalDate day;
    @Option(names = "--seed", paramLabel = "N")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        JsonNode settings = HubClient.parse(hub().get(PluginCommand.path(PLUGIN, "settings"))).path("effective");
        List<Kindergarten> kindergartens = Kindergarten.of(settings);
        Map<String, String> secrets = secrets(settings, kindergartens);
        LocalDate last = day != null ? day : LocalDate.now(CLOCK).minusDays(1);
        String at = (settings.at("/http/certificate").asText("").isEmpty() ? "http" : "https")
                + Home.url(settings.at("/http/host").asText("127.0.0.1"), settings.at("/http/port").asInt()).substring("http".length());
        KindergartenSender.Report report;
        try {
            report = new KindergartenSender(at, secrets, CLOCK).send(kindergartens, last, seed);
        } catch (IOException e) {
            throw new Failure(ExitCode.HUB_UNREACHABLE, text("demo.no-platforms", at, e.getMessage()));
        }
        if (json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("kindergartens", report.kindergartens());
            map.put("calls", report.calls());
            map.put("items", report.items());
            map.put("expected", report.expected());
            map.put("refused", report.refused());
            out().println(HubClient.JSON.writeValueAsString(map));
        } else {
            show(report, last);
        }
        return (report.refused().isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private void show(KindergartenSender.Report report, LocalDate last) {
        out().println(text("demo.sent-kindergarten", report.kindergartens(), report.items(), report.calls()));
        report.refused().forEach((answer, times) -> out().println(times + " × " + answer));
        out().println(text("demo.week-must-show", last));
        Table table = new Table(text("demo.indicator"), text("demo.count")).rightFrom(1);
        report.expected().forEach((indicator, count) -> table.row(indicator, count));
        table.print(out());
    }

    /**
     * Those of this home's earlier runs; platforms that have none get one, through the hub's settings. One that has another
     * keeps it: it is somebody's.
     */
    private Map<String, String> secrets(JsonNode settings, List<Kindergarten> kindergartens) throws IOException {
        DemoSecrets secrets = new DemoSecrets(home().path(), PLUGIN);
        List<String> others = new ArrayList<>();
        ObjectNode patch = HubClient.JSON.createObjectNode();
        for (Kindergarten kindergarten : kindergartens) {
            boolean has = settings.path("platforms").path(kindergarten.key()).hasNonNull("secret");
            if (has && !secrets.all().containsKey(kindergarten.key())) {
                others.add(kindergarten.key());
            } else if (!has) {
                ((ObjectNode) patch.withObject("/platforms")).putObject(kindergarten.key()).put("secret", secrets.make(kindergarten.key()));
            }
        }
        if (!others.isEmpty()) {
            throw new Failure(ExitCode.FAILED, text("demo.other-secrets", String.join(", ", others), secrets.file()));
        }
        if (!patch.isEmpty()) {
            secrets.write();
            hub().post(PluginCommand.path(PLUGIN, "settings"), Map.of(), "application/merge-patch+json", patch);
        }
        return secrets.all();
    }
}
