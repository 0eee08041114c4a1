package org.yuzui.web.internal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.container.PluginPlan;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.reporting.Failure;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Answers whatever goes wrong as {@code application/problem+json}. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** What a problem's code of another room means in HTTP, when it isn't told by how the code begins. */
    private static final Set<String> UNAVAILABLE = Set.of("store-behind", "store-unreachable", "interrupted",
            "hub-starting", "hub-stopping", "journal-unavailable");

    /** The database's words for a character that none of its texts can hold, and for one in JSON. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    private final Json json;

    public Problems(Json json) {
        this.json = json;
    }

    /**
     * As it is sent.
     *
     * @param type {@code urn:yuzui:problem:} and the code
     */
    record Sent(String type, String title, int status, String code, String place, String detail, String cure) {
    }

    /** The same with what has to be accepted first. */
    record SentWithPlan(@JsonUnwrapped Sent problem, PluginPlan plan) {
    }

    /** The same with each thing that is wrong. */
    record SentWithFailures(@JsonUnwrapped Sent problem, List<Failure> failures) {
    }

    /** The same with each line of a unit file that is wrong. */
    record SentWithUnitProblems(@JsonUnwrapped Sent problem, List<UnitCalls.UnitProblem> problems) {
    }

    public void register(RoutesConfig routes) {
        routes.exception(UnitCalls.BadUnits.class, (e, ctx) -> send(ctx, e.status(),
                json.bytes(new SentWithUnitProblems(sent(e.status(), e.problem()), e.problems()))));
        routes.exception(NotAccepted.class, (e, ctx) -> send(ctx, e.status(),
                json.bytes(new SentWithPlan(sent(e.status(), e.problem()), e.plan()))));
        routes.exception(NotTaken.class, (e, ctx) -> send(ctx, e.status(),
                json.bytes(new SentWithFailures(sent(e.status(), e.problem()), e.failures()))));
        routes.exception(Refusal.class, (e, ctx) -> answer(ctx, e.status(), e.problem()));
        routes.exception(ProblemException.class, (e, ctx) -> answer(ctx, status(e.problem().code()), e.problem()));
        routes.exception(EndpointNotFound.class, (e, ctx) -> answer(ctx, 404,
                new Problem("unknown-path", ctx.path(), "There is nothing at this path.", "See /api/v1/openapi.json.")));
        routes.exception(MethodNotAllowedResponse.class, (e, ctx) -> {
            String allowed = e.getDetails().values().stream().findFirst().orElse("");
            ctx.header("Allow", allowed);
            answer(ctx, 405, new Problem("wrong-method", ctx.method().name() + " " + ctx.path(),
                    "This path does not take " + ctx.method().name() + ".", "It takes " + allowed + "."));
        });
        routes.exception(HttpResponseException.class, (e, ctx) -> answer(ctx, e.getStatus(), e.getStatus() == 413
                ? new Problem("too-large", "body", "The request is larger than this call takes.", "JSON may have 1 MB; send less at once.")
                : Problem.of("http-" + e.getStatus(), e.getMessage() == null ? "The request failed." : e.getMessage())));
        routes.exception(Exception.class, (e, ctx) -> {
            if (isStoreAway(e)) {
                LOG.warn("{} {}: the database can't be reached now", ctx.method().name(), ctx.path());
                answer(ctx, 503, new Problem("store-unreachable", null, "The database can't be reached now.",
                        "Try again in a moment; GET /ready says how the hub is."));
                return;
            }
            if (UNSTORABLE.contains(sqlState(e))) {
                answer(ctx, 400, new Problem("bad-text", null, "A text holds a character that nothing can keep, such as U+0000.", null));
                return;
            }
            ProblemException said = problemIn(e);
            if (said != null) {
                answer(ctx, status(said.problem().code()), said.problem());
                return;
            }
            UUID incident = UUID.randomUUID();
            LOG.error("{} {} failed, incident {}", ctx.method().name(), ctx.path(), incident, e);
            answer(ctx, 500, new Problem("internal-error", null, "Something went wrong inside the hub.",
                    "Its log says more at incident " + incident + "."));
        });
    }

    void answer(Context ctx, int status, Problem problem) {
        send(ctx, status, bytes(status, problem));
    }

    private static void send(Context ctx, int status, byte[] body) {
        ctx.status(status).contentType("application/problem+json").header("Cache-Control", "no-store").result(body);
    }

    byte[] bytes(int status, Problem problem) {
        return json.bytes(sent(status, problem));
    }

    private static Sent sent(int status, Problem problem) {
        String title = HttpStatus.forStatus(status).getMessage();
        return new Sent("urn:yuzui:problem:" + problem.code(), title, status, problem.code(), problem.place(), problem.message(),
                problem.cure());
    }

    /** Of what is read a piece at a time: that it is damaged shows while it is read. */
    private static ProblemException problemIn(Exception e) {
        return e instanceof IOException && e.getCause() instanceof ProblemException problem ? problem : null;
    }

    /** Connections that can't be had, broke (class 08) or were ended by the server (57P). */
    private static boolean isStoreAway(Throwable e) {
        SQLException sql = sql(e);
        return sql instanceof SQLTransientConnectionException || sqlState(e).startsWith("08") || sqlState(e).startsWith("57P");
    }

    /** Empty when the database did not say anything. */
    private static String sqlState(Throwable e) {
        SQLException sql = sql(e);
        return sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
    }

    private static SQLException sql(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** What a problem of another room means in HTTP. */
    static int status(String code) {
        if (code.startsWith("unknown-")) {
            return 404;
        }
        if (code.startsWith("bad-")) {
            return 400;
        }
        return UNAVAILABLE.contains(code) ? 503 : 409;
    }
}
