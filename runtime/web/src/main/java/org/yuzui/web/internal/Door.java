package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Access;
import org.yuzui.access.Principal;
import org.yuzui.kernel.Problem;

import java.security.MessageDigest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The one door: every call passes it before anything else happens. It asks who calls ({@link #enter}), then whether they may
 * make this call ({@link #admit}). Closed unless a path is named as open, so that an endpoint that is added later can't
 * forget it.
 */
public final class Door {

    static final String COOKIE = "yuzui-session";
    static final String CSRF_HEADER = "X-Yuzui-Csrf";
    private static final String CALLER = "yuzui.caller";
    private static final Set<String> OPEN = Set.of("GET /health", "HEAD /health", "GET /ready", "HEAD /ready",
            "POST /api/v1/session");
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Access access;
    private final Sessions sessions;
    private final HostNames hosts;

    public Door(Access access, Sessions sessions, HostNames hosts) {
        this.access = access;
        this.sessions = sessions;
        this.hosts = hosts;
    }

    /** Who calls, and by which session; null when by a bearer token. */
    record Caller(Principal principal, Sessions.Session session) {
    }

    public void enter(Context ctx) {
        String path = ctx.path();
        boolean console = isConsole(path);
        SecurityHeaders.set(ctx, console);
        hosts.check(ctx.header("Host"));
        String method = ctx.method().name();
        if (console && SAFE.contains(method) || OPEN.contains(method + " " + path)) {
            return;
        }
        Caller caller = caller(ctx).orElseThrow(() -> unauthorized(ctx));
        if (caller.session() != null && !SAFE.contains(method) && !sameText(caller.session().csrf(), ctx.header(CSRF_HEADER))) {
            throw new Refusal(403, new Problem("csrf", "header " + CSRF_HEADER,
                    "A call that changes something needs the session's csrf value.", "Read it at GET /api/v1/session."));
        }
        ctx.attribute(CALLER, caller);
    }

    /** The one check of what a caller may do, for a call that came in and is known now. */
    void admit(Entry entry, Context ctx) {
        if (entry instanceof Entry.Everybody) {
            return;
        }
        Caller caller = callerOf(ctx);
        if (caller == null) {
            throw unauthorized(ctx);
        }
        if (entry instanceof Entry.With with && !caller.principal().may(with.permission())) {
            throw new Refusal(403, new Problem("not-permitted", null,
                    caller.principal().name() + " has not the permission " + with.permission() + ".",
                    "Somebody with the permission ADMIN can give it."));
        }
        if (entry instanceof Entry.Nobody) {
            throw new Refusal(403, new Problem("not-permitted", null, "Nobody may make this call.", null));
        }
    }

    /** Paths that are not the control plane's belong to the console, whose files hold nothing to protect. */
    static boolean isConsole(String path) {
        String p = path.toLowerCase(Locale.ROOT);
        return !p.equals("/api") && !p.startsWith("/api/") && !p.startsWith("/metrics") && !p.startsWith("/health")
                && !p.startsWith("/ready");
    }

    static Caller callerOf(Context ctx) {
        return ctx.attribute(CALLER);
    }

    /** Whether the one who made this call would still be let in. */
    boolean stillWelcome(Context ctx) {
        return caller(ctx).isPresent();
    }

    private Optional<Caller> caller(Context ctx) {
        String authorization = ctx.header("Authorization");
        if (authorization != null) {
            String[] parts = authorization.strip().split(" +", 2);
            return parts.length == 2 && parts[0].equalsIgnoreCase("Bearer")
                    ? access.byToken(parts[1]).map(p -> new Caller(p, null)) : Optional.empty();
        }
        return Optional.ofNullable(ctx.cookie(COOKIE)).flatMap(sessions::find)
                // a token that was taken back ends its sessions too
                .flatMap(s -> access.byToken(s.token()).map(p -> new Caller(p, s)));
    }

    static Refusal unauthorized(Context ctx) {
        ctx.header("WWW-Authenticate", "Bearer realm=\"yuzui\"");
        return new Refusal(401, new Problem("unauthorized", null, "There is no valid token or session with this call.",
                "Send 'Authorization: Bearer <token>'; the first token lies in data/bootstrap-token."));
    }

    private static boolean sameText(String a, String b) {
        return b != null && MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
