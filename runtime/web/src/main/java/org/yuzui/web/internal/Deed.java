package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Audit;
import org.yuzui.access.Principal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the audit will have of a call that is under way. A call's action adds what it alone knows; the object is what the path
 * names unless it says another.
 */
final class Deed {

    private static final String ATTRIBUTE = "yuzui.deed";
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private final Map<String, String> details = new TreeMap<>();
    private final Audit audit;
    private final String act;
    private Principal who;
    private String object;
    private String reason;
    private boolean settled;

    private Deed(Audit audit, Endpoint endpoint, Context ctx) {
        this.audit = audit;
        this.act = endpoint.act();
        Door.Caller caller = Door.callerOf(ctx);
        who = caller == null ? null : caller.principal();
        List<String> named = new ArrayList<>();
        PARAMETER.matcher(endpoint.path()).results().map((MatchResult m) -> m.group(1)).forEach(p -> named.add(ctx.pathParam(p)));
        object = named.isEmpty() ? null : String.join("/", named);
        details.put("from", ctx.ip());
        details.put("by", caller == null || caller.session() != null ? "session" : "token");
    }

    static Deed begin(Audit audit, Endpoint endpoint, Context ctx) {
        Deed deed = new Deed(audit, endpoint, ctx);
        ctx.attribute(ATTRIBUTE, deed);
        return deed;
    }

    /** Of the call under way, which is one of an endpoint with an act. */
    static Deed of(Context ctx) {
        return ctx.attribute(ATTRIBUTE);
    }

    /** Who does it, where the call itself finds that out. */
    Deed who(Principal principal) {
        who = principal;
        return this;
    }

    Deed on(Object what) {
        object = what == null ? null : what.toString();
        return this;
    }

    /** @param why null when the caller gave none */
    Deed because(String why) {
        reason = why;
        return this;
    }

    Deed with(String name, Object value) {
        details.put(name, value == null ? null : value.toString());
        return this;
    }

    /** Nothing is done by this call: it only asked what would be. */
    Deed onlyAsked() {
        settled = true;
        return this;
    }

    /**
     * Writes the entry now instead of when the call has ended. For what somebody is shown: without the entry it isn't shown.
     */
    void recordFirst() {
        settled = true;
        audit.record(who, act, object, reason, details);
    }

    @Override
    public String toString() {
        return act + " of " + object + " by " + (who == null ? "nobody" : who.name()) + " " + details;
    }

    /** The call has ended. */
    void done() {
        if (!settled && who != null) {
            recordFirst();
        }
    }
}
