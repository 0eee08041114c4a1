package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Permission;
import org.yuzui.container.Mandate;
import org.yuzui.container.PluginAction;
import org.yuzui.container.PluginEvent;
import org.yuzui.container.PluginRequest;
import org.yuzui.container.Plugins;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * Whatever changes a plugin. Each call takes {@code dryRun}, and is answered with the plan then, and {@code accept}, by which a
 * caller names what may be touched outside the plugin.
 */
final class PluginChangeCalls {

    private static final Logger LOG = LoggerFactory.getLogger(PluginChangeCalls.class);
    private static final String SIGNATURE = "X-Yuzui-Signature";
    private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,200}");

    private static final Set<String> NAMED_BY_CALLER = Set.of("unknown-plugin", "unknown-version", "unknown-revision");
    private static final Set<String> NOT_AS_THINGS_STAND = Set.of("nothing-to-do", "not-possible");

    /** A change keeps its caller, and so a thread of the server, waiting for those before it. */
    private final Semaphore changes = new Semaphore(8);
    private final Plugins plugins;
    private final Uploads uploads;
    private final Json json;

    PluginChangeCalls(Plugins plugins, Uploads uploads, Json json) {
        this.plugins = plugins;
        this.uploads = uploads;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                change("install", Endpoint.post("/api/v1/plugins", this::install)).with(List.of("fileName"), List.of()),
                change("remove", Endpoint.delete("/api/v1/plugins/{id}", (ctx, q) -> change(ctx, q, new PluginRequest.Remove(id(ctx))))),
                change("rollback", Endpoint.post("/api/v1/plugins/{id}/rollback", this::rollback)),
                change("stop", Endpoint.post("/api/v1/plugins/{id}/stop", (ctx, q) -> change(ctx, q, new PluginRequest.Stop(id(ctx))))),
                change("start", Endpoint.post("/api/v1/plugins/{id}/start", (ctx, q) -> change(ctx, q, new PluginRequest.Start(id(ctx))))),
                change("settings", Endpoint.post("/api/v1/plugins/{id}/settings", this::configure)),
                change("settings-restore", Endpoint.post("/api/v1/plugins/{id}/settings/restore", this::restoreSettings)));
    }

    private static Endpoint change(String what, Endpoint endpoint) {
        return endpoint.with(List.of("dryRun"), List.of("accept")).needs(Permission.OPERATE).act("plugin-" + what);
    }

    private static String id(Context ctx) {
        return ctx.pathParam("id");
    }

    private void install(Context ctx, Query query) {
        String fileName = query.text("fileName") == null ? "upload.jar" : query.text("fileName");
        if (!FILE_NAME.matcher(fileName).matches() || fileName.startsWith(".")) {
            throw Refusal.badRequest("bad-file-name", Query.place("fileName"), "'" + fileName + "' is not the name of a file.",
                    "Give the name alone, such as his-0.2.0.jar.");
        }
        String signature = signature(ctx);
        boolean dryRun = query.flag("dryRun");
        takeTurn();
        try (Uploads.Upload upload = uploads.receive(ctx)) {
            carryOut(ctx, query, dryRun, new PluginRequest.Install(upload.file(), fileName, signature));
        } finally {
            changes.release();
        }
    }

    private static String signature(Context ctx) {
        String header = ctx.header(SIGNATURE);
        if (header == null || header.isBlank()) {
            return null;
        }
        try {
            return new String(Base64.getDecoder().decode(header.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("bad-signature-header", "header " + SIGNATURE, "The header is not Base64.",
                    "Send the text of the .sig file in Base64, on one line.");
        }
    }

    private void rollback(Context ctx, Query query) {
        JsonNode version = Answers.body(ctx, json, List.of("version")).path("version");
        if (!version.isMissingNode() && !version.isNull() && !version.isTextual()) {
            throw Refusal.badRequest("bad-version", "body /version", "The version is not a text.", "Write \"0.1.0\".");
        }
        change(ctx, query, new PluginRequest.Rollback(id(ctx), version.textValue()));
    }

    private void configure(Context ctx, Query query) {
        change(ctx, query, new PluginRequest.Configure(id(ctx), Answers.mergePatch(ctx, json)));
    }

    private void restoreSettings(Context ctx, Query query) {
        JsonNode revision = Answers.body(ctx, json, List.of("revision")).path("revision");
        boolean previous = revision.isMissingNode() || revision.isNull();
        change(ctx, query, new PluginRequest.RestoreSettings(id(ctx),
                previous ? null : Query.positive(revision.isIntegralNumber() ? revision.asText() : "", "body /revision")));
    }

    private void change(Context ctx, Query query, PluginRequest request) {
        boolean dryRun = query.flag("dryRun");
        takeTurn();
        try {
            carryOut(ctx, query, dryRun, request);
        } finally {
            changes.release();
        }
    }

    private void carryOut(Context ctx, Query query, boolean dryRun, PluginRequest request) {
        try {
            if (dryRun) {
                Deed.of(ctx).onlyAsked();
                Answers.send(ctx, json, plugins.plan(request));
                return;
            }
            Mandate mandate = new Mandate(Door.callerOf(ctx).principal().name(), door(ctx), query.texts("accept"));
            LOG.info("{} asks by {} for {}", mandate.who(), mandate.door(), ctx.method().name() + " " + ctx.path());
            PluginEvent done = plugins.carryOut(request, mandate);
            Deed.of(ctx).on(done.plugin()).with("version", done.toVersion()).with("entry", done.number());
            ctx.status(done.action() == PluginAction.INSTALL ? 201 : 200);
            Answers.send(ctx, json, done);
        } catch (ProblemException e) {
            throw refusal(e, request);
        }
    }

    private Refusal refusal(ProblemException e, PluginRequest request) {
        Problem problem = e.problem();
        if (problem.code().equals("plan-not-accepted")) {
            return new NotAccepted(problem, plugins.plan(request));
        }
        if (problem.code().equals("jar-too-large")) {
            return new Refusal(413, problem);
        }
        int byCode = Problems.status(problem.code());
        boolean told = byCode == 503 || NAMED_BY_CALLER.contains(problem.code()) || NOT_AS_THINGS_STAND.contains(problem.code());
        // Any other unknown or bad thing stands in a file of the plugin: the request itself was understood.
        return new Refusal(told ? byCode : 422, problem);
    }

    private static String door(Context ctx) {
        String agent = ctx.userAgent();
        return agent != null && agent.startsWith("yuzui-cli") ? "cli" : "api";
    }

    private void takeTurn() {
        if (!changes.tryAcquire()) {
            throw new Refusal(429, new Problem("too-many-changes", null, "Several changes of plugins are being waited for already.",
                    "Try again when one has ended."));
        }
    }
}
