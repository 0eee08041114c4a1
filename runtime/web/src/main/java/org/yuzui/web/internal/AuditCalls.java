package org.yuzui.web.internal;

import io.javalin.http.Context;
import org.yuzui.access.Audit;
import org.yuzui.access.AuditQuery;
import org.yuzui.access.Permission;

import java.time.ZoneId;
import java.util.List;

/** Who did what. */
final class AuditCalls {

    private final Audit audit;
    private final ZoneId zone;
    private final Json json;

    AuditCalls(Audit audit, ZoneId zone, Json json) {
        this.audit = audit;
        this.zone = zone;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/audit", List.of("act", "object", "who", "from", "to", "cursor", "limit"), this::find)
                .needs(Permission.ADMIN));
    }

    private void find(Context ctx, Query query) {
        Answers.send(ctx, json, audit.find(new AuditQuery(query.text("act"), query.text("object"), query.text("who"),
                query.from("from", zone), query.to("to", zone), query.text("cursor"), query.number("limit", 1, 500, 50))));
    }
}
