package org.yuzui.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code yuzui schedule …} */
@Command(name = "schedule",
        subcommands = {ScheduleCommand.ListCommand.class, ScheduleCommand.Occurrences.class, ScheduleCommand.Run.class,
                ScheduleCommand.Pause.class, ScheduleCommand.Resume.class, ScheduleCommand.BackfillCommand.class})
final class ScheduleCommand extends GroupCommand {

    @Command(name = "list")
    static final class ListCommand extends ClientCommand {
        @Override
        public Integer call() {
            byte[] body = hub().get("/api/v1/schedules");
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            Table table = new Table(text("schedule.id"), text("schedule.when"), text("schedule.days"), text("schedule.next"),
                    text("schedule.title"));
            for (JsonNode s : HubClient.parse(body).path("schedules")) {
                table.row(text(s.path("id")), text(s.path("cron").isNull() ? s.path("every") : s.path("cron")),
                        text(s.path("workdays").asBoolean() ? "schedule.workdays" : "schedule.all-days"),
                        s.path("paused").isObject() ? text("schedule.paused") : time(s.path("next")), title(s.path("title")));
            }
            table.print(out());
            return ExitCode.OK.number();
        }
    }

    @Command(name = "occurrences")
    static final class Occurrences extends ClientCommand {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "schedule.id.parameter")
        private String id;
        @Option(names = "--from", paramLabel = "WHEN", descriptionKey = "due-from")
        private String from;
        @Option(names = "--to", paramLabel = "WHEN", descriptionKey = "due-to")
        private String to;

        @Override
        public Integer call() {
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("from", from);
            query.put("to", to);
            byte[] body = hub().get(path(this, id) + "/occurrences", query);
            if (json()) {
                print(body);
                return ExitCode.OK.number();
            }
            Table table = new Table(text("occurrence.due"), text("occurrence.day"), text("occurrence.kind"),
                    text("occurrence.state"), text("occurrence.attempts"), text("occurrence.started"), text("occurrence.ended"),
                    text("occurrence.cause"));
            for (JsonNode o : HubClient.parse(body).path("occurrences")) {
                table.row(time(o.path("dueAt")), text(o.path("day")), text(o.path("kind")), text(o.path("state")),
                        text(o.path("attempts")), time(o.path("startedAt")), time(o.path("endedAt")), text(o.path("cause")));
            }
            table.print(out());
            return ExitCode.OK.number();
        }
    }

    @Command(name = "run")
    static final class Run extends ClientCommand {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "schedule.id.parameter")
        private String id;
        @Option(names = "--for", paramLabel = "DAY")
        private String day;

        @Override
        public Integer call() {
            byte[] body = hub().post(path(this, id) + "/run", day == null ? Map.of() : Map.of("day", day));
            JsonNode occurrence = HubClient.parse(body);
            boolean done = text(occurrence.path("state")).equals("DONE");
            if (json()) {
                print(body);
            } else {
                out().println(text("schedule.ran", text(occurrence.path("schedule")), text(occurrence.path("day")),
                        text(occurrence.path("state"))) + (done ? "" : " " + text(occurrence.path("cause"))));
            }
            return (done ? ExitCode.OK : ExitCode.FAILED).number();
        }
    }

    @Command(name = "pause")
    static final class Pause extends ClientCommand {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "schedule.id.parameter")
        private String id;
        @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "reason")
        private String reason;

        @Override
        public Integer call() {
            byte[] body = hub().post(path(this, id) + "/pause", reason == null ? Map.of() : Map.of("reason", reason));
            JsonNode paused = HubClient.parse(body).path("paused");
            if (json()) {
                print(body);
            } else {
                out().println(text("schedule.pausedBy", id, text(paused.path("who")), time(paused.path("since"))));
            }
            return ExitCode.OK.number();
        }
    }

    @Command(name = "resume")
    static final class Resume extends ClientCommand {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "schedule.id.parameter")
        private String id;

        @Override
        public Integer call() {
            byte[] body = hub().post(path(this, id) + "/resume", Map.of());
            if (json()) {
                print(body);
            } else {
                out().println(text("schedule.resumed", id, time(HubClient.parse(body).path("next"))));
            }
            return ExitCode.OK.number();
        }
    }

    @Command(name = "backfill")
    static final class BackfillCommand extends ClientCommand {
        @Parameters(index = "0", paramLabel = "ID", descriptionKey = "schedule.id.parameter")
        private String id;
        @Option(names = "--from", required = true, paramLabel = "DAY")
        private String from;
        @Option(names = "--to", required = true, paramLabel = "DAY")
        private String to;
        @Option(names = "--failed-too")
        private boolean failedToo;
        @Option(names = "--dry-run")
        private boolean dryRun;

        @Override
        public Integer call() {
            byte[] body = hub().post(path(this, id) + "/backfill" + (dryRun ? "?dryRun=true" : ""),
                    Map.of("from", from, "to", to, "failedToo", failedToo));
            JsonNode b = HubClient.parse(body);
            if (json()) {
                print(body);
            } else {
                out().println(text(dryRun ? "schedule.backfillWould" : "schedule.backfills", id, b.path("due").asInt(),
                        b.path("done").asInt(), b.path("failed").asInt()));
            }
            return ExitCode.OK.number();
        }
    }

    /** {@code his/daily-summary} as a path. */
    private static String path(ClientCommand command, String id) {
        int slash = id.indexOf('/');
        if (slash < 1 || slash == id.length() - 1) {
            throw new Failure(ExitCode.USAGE, command.text("error.schedule", id));
        }
        return "/api/v1/schedules/" + HubClient.encode(id.substring(0, slash)) + "/" + HubClient.encode(id.substring(slash + 1));
    }
}
