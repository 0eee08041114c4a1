package org.yuzui.web.internal;

import org.yuzui.contracts.Contract;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.reporting.Units;
import org.yuzui.web.HubServices;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The query parameters by which flows are chosen, the same for every call that chooses some. */
final class FlowFilters {

    static final List<String> ONE = List.of("contract", "key", "unit", "plugin", "route", "causeCode", "cause", "from", "to", "q");
    static final List<String> SEVERAL = List.of("status", "field");

    private final HubServices services;
    private final ZoneId zone;

    FlowFilters(HubServices services, ZoneId zone) {
        this.services = services;
        this.zone = zone;
    }

    FlowFilter of(Query query) {
        Set<FlowStatus> statuses = query.choices("status", FlowStatus.class);
        return FlowFilter.where().contract(query.text("contract")).key(query.text("key")).statuses(statuses.isEmpty() ? null : statuses)
                .units(units(query.text("unit"))).plugin(query.text("plugin")).route(query.text("route"))
                .causeCode(query.text("causeCode")).cause(query.text("cause"))
                .between(query.from("from", zone), query.to("to", zone)).text(query.text("q")).fields(fields(query)).build();
    }

    /** {@code name:value}, each of a field that the contract, or any of the contracts, has an index of. */
    private Map<String, String> fields(Query query) {
        Map<String, String> fields = new TreeMap<>();
        for (String text : query.texts("field")) {
            int colon = text.indexOf(':');
            if (colon < 1 || colon == text.length() - 1) {
                throw Refusal.badRequest("bad-field", Query.place("field"), "This is no name and value of a field.",
                        "Write the field's name, a colon and its whole value: visit:V2026.");
            }
            String name = name(text.substring(0, colon));
            requireIndexed(name, query.text("contract"));
            if (fields.put(name, text.substring(colon + 1)) != null) {
                throw Refusal.badRequest("bad-field", Query.place("field"), "The field '" + name + "' is given twice.", "Give it once.");
            }
        }
        return fields;
    }

    /** A pointer is as good as a name: {@code /patient/idNumber → patient.idNumber}. */
    private static String name(String text) {
        return text.startsWith("/") ? text.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~") : text;
    }

    /** What a contract of before had an index of, whose plugin is gone, may be asked for too. */
    private void requireIndexed(String name, String contract) {
        List<Contract> all = services.contracts().get();
        List<Contract> asked = contract == null ? all : all.stream().filter(c -> c.id().equals(contract)).toList();
        Set<String> known = new TreeSet<>();
        asked.forEach(c -> {
            known.addAll(c.indexFields());
            known.addAll(c.personalIndexFields());
        });
        if (!asked.isEmpty() && !known.contains(name)) {
            // Nothing would be found, and nobody would know why.
            throw Refusal.badRequest("not-indexed", Query.place("field"), (contract == null ? "No contract" : "The contract " + contract)
                    + " has an index of '" + name + "'.", (known.isEmpty() ? "" : KnownKeys.cure(name, known) + " ")
                    + "A contract's x-index says which fields have one; records that come from then on are found by it.");
        }
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
