package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code yuzui dispute …} */
@Command(name = "dispute", subcommands = {DisputeCommand.Find.class, DisputeCommand.Open.class, DisputeCommand.Answer.class,
        DisputeCommand.Withdraw.class})
final class DisputeCommand extends GroupCommand {

    /** One that shows a dispute, or several. */
    abstract static class Shows extends ClientCommand {

        final int show(byte[] body, boolean several) {
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            JsonNode answer = HubClient.parse(body);
            Table table = new Table(text("dispute.id"), text("report.form"), text("report.period"), text("report.code"), text("report.indicator"),
                    text("dispute.held"), text("dispute.should"), text("report.state"), text("dispute.answerer"), text("dispute.answer-by"),
                    text("dispute.reason"));
            (several ? answer.path("disputes") : HubClient.JSON.createArrayNode().add(answer)).forEach(d -> table.row(text(d.path("id")),
                    text(d.path("form")), text(d.path("period")), text(d.path("unit")), text(d.path("indicator")), text(d.path("held")),
                    text(d.path("value")), text("dispute.state." + text(d.path("state"))), text(d.path("answerer")),
                    time(d.path("answerBy").path("at")), text(d.path("reason"))));
            table.print(out());
            return ExitCode.OK.number();
        }
    }

    @Command(name = "find")
    static final class Find extends Shows {
        @Option(names = "--unit", paramLabel = "CODE", descriptionKey = "dispute-unit")
        private String unit;
        @Option(names = "--form", paramLabel = "FORM", descriptionKey = "form.parameter")
        private String form;
        @Option(names = "--period", paramLabel = "PERIOD", descriptionKey = "period.parameter")
        private String period;
        @Option(names = "--state", paramLabel = "STATE")
        private List<String> states;
        @Option(names = "--answerer", paramLabel = "CODE")
        private String answerer;

        @Override
        public Integer call() {
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("unit", unit);
            query.put("form", form);
            query.put("period", period);
            query.put("state", states);
            query.put("answerer", answerer);
            return show(hub().get("/api/v1/disputes", query), true);
        }
    }

    @Command(name = "open")
    static final class Open extends Shows {
        @Mixin
        private FormPeriod about;
        @Parameters(index = "2", paramLabel = "UNIT", descriptionKey = "dispute-of")
        private String unit;
        @Parameters(index = "3", paramLabel = "INDICATOR", descriptionKey = "report-indicator")
        private String indicator;
        @Option(names = "--value", paramLabel = "NUMBER")
        private String value;
        @Option(names = "--reason", paramLabel = "TEXT", required = true, descriptionKey = "report-reason")
        private String reason;

        @Override
        public Integer call() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("unit", unit);
            body.put("indicator", indicator);
            body.put("reason", reason);
            if (value != null) {
                body.put("value", value);
            }
            return show(hub().post(about.in("reports") + "/disputes", body), false);
        }
    }

    @Command(name = "answer")
    static final class Answer extends Shows {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "dispute-id")
        private long id;
        @ArgGroup(multiplicity = "1")
        private Decision decision;
        @Option(names = "--reason", paramLabel = "TEXT", required = true, descriptionKey = "report-reason")
        private String reason;

        static final class Decision {
            @Option(names = "--uphold", required = true, descriptionKey = "dispute-uphold")
            private boolean upheld;
            @Option(names = "--reject", required = true, descriptionKey = "dispute-reject")
            private boolean rejected;
        }

        @Override
        public Integer call() {
            return show(hub().post("/api/v1/disputes/" + id + "/answer", Map.of("decision", decision.upheld ? "UPHELD" : "REJECTED",
                    "reason", reason)), false);
        }
    }

    @Command(name = "withdraw")
    static final class Withdraw extends Shows {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "dispute-id")
        private long id;
        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "report-reason")
        private String reason;

        @Override
        public Integer call() {
            return show(hub().post("/api/v1/disputes/" + id + "/withdraw", reason == null ? Map.of() : Map.of("reason", reason)), false);
        }
    }
}
