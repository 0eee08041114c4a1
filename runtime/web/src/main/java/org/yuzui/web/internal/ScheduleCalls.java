package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Permission;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.Title;
import org.yuzui.scheduling.Backfill;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.scheduling.Pause;
import org.yuzui.scheduling.Schedule;
import org.yuzui.scheduling.Scheduler;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** What is due when, and running it now. */
public final class ScheduleCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleCalls.class);
    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    /** A run keeps its caller, and so a thread of the server, waiting. */
    private final Semaphore runs = new Semaphore(4);
    private final Scheduler scheduler;
    private final Clock clock;
    private final Json json;

    public ScheduleCalls(Scheduler scheduler, Clock clock, Json json) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.json = json;
    }

    record ScheduleView(String id, Title title, String plugin, String cron, Duration every, boolean workdays,
                        String misfire, Duration timeout, String covers, Instant next, RouteCalls.ByHand paused) {
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/schedules", (ctx, q) -> Answers.send(ctx, json,
                        Map.of("schedules", views()))).needs(Permission.READ),
                Endpoint.get("/api/v1/schedules/{plugin}/{name}/occurrences", List.of("from", "to"), this::occurrences).needs(Permission.READ),
                Endpoint.post("/api/v1/schedules/{plugin}/{name}/run", this::run).needs(Permission.OPERATE).act("schedule-run"),
                Endpoint.post("/api/v1/schedules/{plugin}/{name}/pause", this::pause).needs(Permission.OPERATE).act("schedule-pause"),
                Endpoint.post("/api/v1/schedules/{plugin}/{name}/resume", this::resume).needs(Permission.OPERATE).act("schedule-resume"),
                Endpoint.post("/api/v1/schedules/{plugin}/{name}/backfill", this::backfill).with(List.of("dryRun"), List.of())
                        .needs(Permission.OPERATE).act("schedule-backfill"));
    }

    private List<ScheduleView> views() {
        Map<String, Pause> pauses = scheduler.pauses();
        return scheduler.schedules().stream().map(s -> view(s, pauses.get(s.id()))).toList();
    }

    private ScheduleView view(Schedule s, Pause pause) {
        return new ScheduleView(s.id(), s.title(), s.plugin(), s.cron(), s.every(), s.workdays(), word(s.misfire()),
                s.timeout(), word(s.covers()), scheduler.next(s.id(), clock.instant()).orElse(null),
                pause == null ? null : new RouteCalls.ByHand(pause.who(), pause.reason(), pause.since()));
    }

    /** As it is written in a schedule's YAML: {@code run-once}. */
    private static String word(Enum<?> e) {
        return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void occurrences(Context ctx, Query query) {
        Instant from = query.from("from", clock.getZone());
        Instant to = query.to("to", clock.getZone());
        Answers.send(ctx, json, Map.of("occurrences", scheduler.occurrences(schedule(ctx).id(),
                from == null ? Instant.EPOCH : from, to == null ? EVER : to)));
    }

    private void run(Context ctx, Query query) {
        Schedule schedule = schedule(ctx);
        LocalDate day = day(Answers.body(ctx, json, List.of("day")).path("day"), "day");
        if (!runs.tryAcquire()) {
            throw new Refusal(429, new Problem("too-many-runs", null, "Several runs are being waited for already.",
                    "Try again when one has ended."));
        }
        try {
            String who = Door.callerOf(ctx).principal().name();
            LOG.info("{} runs {} for {}", who, schedule.id(), day == null ? "now" : day);
            Deed.of(ctx).with("day", day);
            Occurrence ended = scheduler.run(schedule.id(), day, who);
            Answers.send(ctx, json, ended);
        } finally {
            runs.release();
        }
    }

    private void pause(Context ctx, Query query) {
        Schedule schedule = schedule(ctx);
        String reason = RouteCalls.reason(ctx, json);
        Deed.of(ctx).because(reason);
        Pause pause = scheduler.pause(schedule.id(), Door.callerOf(ctx).principal().name(), reason);
        Answers.send(ctx, json, view(schedule, pause));
    }

    private void resume(Context ctx, Query query) {
        Schedule schedule = schedule(ctx);
        Deed.of(ctx).because(RouteCalls.reason(ctx, json));
        LOG.info("{} ends the pause of {}", Door.callerOf(ctx).principal().name(), schedule.id());
        scheduler.resume(schedule.id());
        Answers.send(ctx, json, view(schedule, null));
    }

    private void backfill(Context ctx, Query query) {
        Schedule schedule = schedule(ctx);
        JsonNode body = Answers.body(ctx, json, List.of("from", "to", "failedToo"));
        JsonNode failedToo = body.path("failedToo");
        if (!failedToo.isMissingNode() && !failedToo.isBoolean()) {
            throw Refusal.badRequest("bad-flag", "body /failedToo", "This is neither true nor false.", null);
        }
        Backfill.Range range = new Backfill.Range(requiredDay(body, "from"), requiredDay(body, "to"), failedToo.asBoolean());
        Deed deed = Deed.of(ctx).with("days", range.from() + " to " + range.to());
        boolean dryRun = query.flag("dryRun");
        if (dryRun) {
            deed.onlyAsked();
        }
        Backfill backfill = scheduler.backfill(schedule.id(), range, dryRun ? null : Door.callerOf(ctx).principal().name());
        deed.with("due", backfill.due());
        Answers.send(ctx, json, backfill);
    }

    private static LocalDate requiredDay(JsonNode body, String name) {
        LocalDate day = day(body.path(name), name);
        if (day == null) {
            throw Refusal.badRequest("bad-day", "body /" + name, "The day '" + name + "' is missing.", "Write 2026-11-22.");
        }
        return day;
    }

    private static LocalDate day(JsonNode node, String name) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        try {
            return LocalDate.parse(node.isTextual() ? node.asText() : "");
        } catch (DateTimeException e) {
            throw Refusal.badRequest("bad-day", "body /" + name, "The day is not a date.", "Write 2026-11-22.");
        }
    }

    private Schedule schedule(Context ctx) {
        String id = ctx.pathParam("plugin") + "/" + ctx.pathParam("name");
        return scheduler.find(id).orElseThrow(() -> Refusal.notFound("unknown-schedule", "path plugin/name",
                "There is no schedule '" + id + "'.",
                KnownKeys.cure(id, scheduler.schedules().stream().map(Schedule::id).toList())));
    }
}
