package org.yuzui.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import org.yuzui.access.Permission;
import org.yuzui.container.KeptVersion;
import org.yuzui.contracts.Contract;
import org.yuzui.kernel.PluginStatus;
import org.yuzui.kernel.Title;
import org.yuzui.reporting.Form;
import org.yuzui.routing.RouteStatus;
import org.yuzui.scheduling.Schedule;
import org.yuzui.web.HubServices;

import java.util.List;
import java.util.Map;

/** Plugins and what they brought. */
public final class PluginCalls {

    private final HubServices services;
    private final Json json;

    public PluginCalls(HubServices services, Json json) {
        this.services = services;
        this.json = json;
    }

    record PluginDetail(PluginStatus plugin, KeptVersion installed, List<String> contracts, List<RouteStatus> routes, List<String> schedules,
                        List<String> forms) {
    }

    record ContractView(String id, Title title, String plugin, boolean stored, List<String> key, List<String> index,
                        JsonNode schema) {

        static ContractView of(Contract c) {
            return new ContractView(c.id(), c.title(), c.plugin(), c.stored(), c.keyPointers(), c.indexFields(), c.schema());
        }
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/api/v1/plugins", (ctx, q) ->
                        Answers.send(ctx, json, Map.of("plugins", services.plugins().list()))).needs(Permission.READ),
                Endpoint.get("/api/v1/plugins/{id}", this::plugin).needs(Permission.READ),
                Endpoint.get("/api/v1/contracts", (ctx, q) -> Answers.send(ctx, json, Map.of("contracts",
                        services.contracts().get().stream().map(ContractView::of).toList()))).needs(Permission.READ),
                Endpoint.get("/api/v1/routes", (ctx, q) ->
                        Answers.send(ctx, json, Map.of("routes", services.routes().routes()))).needs(Permission.READ));
    }

    private void plugin(Context ctx, Query query) {
        String id = ctx.pathParam("id");
        PluginStatus plugin = services.plugins().find(id).orElseThrow(() -> PluginPastCalls.unknown(services.plugins(), id));
        Answers.send(ctx, json, new PluginDetail(plugin,
                services.plugins().versions(id).stream().filter(KeptVersion::current).findFirst().orElse(null),
                services.contracts().get().stream().filter(c -> id.equals(c.plugin())).map(Contract::id).toList(),
                services.routes().routes().stream().filter(r -> id.equals(r.owner())).toList(),
                services.scheduler().schedules().stream().filter(s -> id.equals(s.plugin())).map(Schedule::id).toList(),
                services.reports().forms().stream().filter(f -> id.equals(f.plugin())).map(Form::id).toList()));
    }
}
