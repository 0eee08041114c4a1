package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.access.Access;
import org.yuzui.access.Permission;
import org.yuzui.access.Principal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The console's log-in and log-out. */
public final class SessionCalls {

    private static final Logger LOG = LoggerFactory.getLogger(SessionCalls.class);

    private final Access access;
    private final Sessions sessions;
    private final LogInGuard guard;
    private final Json json;

    public SessionCalls(Access access, Sessions sessions, Clock clock, Json json) {
        this.access = access;
        this.sessions = sessions;
        this.guard = new LogInGuard(clock);
        this.json = json;
    }

    /** @param permissions in the order of their enum */
    record SessionView(String name, List<Permission> permissions, String csrf, Instant expiresAt) {

        static SessionView of(Principal principal, Sessions.Session session) {
            return new SessionView(principal.name(), principal.permissions().stream().sorted().toList(),
                    session == null ? null : session.csrf(), session == null ? null : session.expiresAt());
        }
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/session", this::show).known(),
                Endpoint.post("/api/v1/session", this::logIn).open().act("log-in"),
                Endpoint.delete("/api/v1/session", this::logOut).known().act("log-out"));
    }

    private void show(Context ctx, Query query) {
        Door.Caller caller = Door.callerOf(ctx);
        Answers.send(ctx, json, SessionView.of(caller.principal(), caller.session()));
    }

    private void logIn(Context ctx, Query query) {
        guard.check(ctx.ip());
        JsonNode body = Answers.body(ctx, json, List.of("token"));
        String token = body.path("token").asText("");
        if (token.isBlank()) {
            throw Refusal.badRequest("missing-key", "body /token", "The token is missing.", "Send {\"token\": \"…\"}.");
        }
        Optional<Principal> principal = access.byToken(token.strip());
        if (principal.isEmpty()) {
            guard.failed(ctx.ip());
            LOG.warn("log-in refused for an unknown token from {}", ctx.ip());
            throw Door.unauthorized(ctx);
        }
        guard.succeeded(ctx.ip());
        Sessions.Session session = sessions.begin(token.strip());
        ctx.cookie(cookie(ctx, session.id(), (int) Sessions.LIFETIME.toSeconds()));
        Deed.of(ctx).who(principal.get());
        LOG.info("{} logged in from {}", principal.get().name(), ctx.ip());
        Answers.send(ctx, json, SessionView.of(principal.get(), session));
    }

    private void logOut(Context ctx, Query query) {
        Sessions.Session session = Door.callerOf(ctx).session();
        if (session != null) {
            sessions.end(session.id());
        }
        ctx.cookie(cookie(ctx, "", 0));
        ctx.status(204);
    }

    private static Cookie cookie(Context ctx, String value, int maxAge) {
        return new Cookie(Door.COOKIE, value, "/", maxAge, "https".equals(ctx.scheme()), true, null, SameSite.STRICT);
    }
}
