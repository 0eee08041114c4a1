package org.yuzui.web.internal;

import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.reporting.Units;
import org.yuzui.web.HubServices;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** The query parameters by which flows are chosen, the same for every call that chooses some. */
final class FlowFilters {

    static final List<String> ONE = List.of("contract", "key", "unit", "plugin", "route", "causeCode", "cause", "from", "to", "q");
    static final List<String> SEVERAL = List.of("status");

    private final HubServices services;
    private final ZoneId zone;

    FlowFilters(HubServices services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    FlowFilter of(Query query) {
        Set<FlowStatus> statuses = query.choices("status", FlowStatus.class);
        return new FlowFilter(query.text("contract"), query.text("key"), statuses.isEmpty() ? null : statuses,
                units(query.text("unit")), query.text("plugin"), query.text("route"), query.text("causeCode"), query.text("cause"),
                query.from("from", zone), query.to("to", zone), query.text("q"));
    }

    private Set<String> units(String code) {
        if (code == null) {
            return null;
        }
        Units units = services.reports().units();
        if (units.find(code).isEmpty()) {
            throw Refusal.badRequest("unknown-unit", Query.place("unit"), "There is no unit '" + code + "'.", units.cure(code));
        }
        return units.subtree(code);
    }
}
