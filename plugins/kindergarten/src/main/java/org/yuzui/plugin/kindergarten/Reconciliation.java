package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Settings;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares each unit's book with its scans, step by step as the route asks. */
public final class Reconciliation {

    private static final String WORK = "KindergartenCheck";

    private final Settings settings;

    public Reconciliation(Settings settings) {
        this.settings = settings;
        settings.tree().path("checks").properties().forEach(e -> {
            if (LocalDate.parse(e.getValue().path("from").asText()).isAfter(LocalDate.parse(e.getValue().path("to").asText()))) {
                throw new IllegalArgumentException("checks." + e.getKey() + ": from is after to.");
            }
        });
    }

    private record Work(String unit, Check check, LocalDate day, Stocktaking stock) {
    }

    /** The units that the settings name: those of platforms, rounds and sources. */
    static Set<String> units(Settings settings) {
        Set<String> units = new TreeSet<>();
        for (String group : new String[] {"platforms", "rounds", "sources"}) {
            settings.tree().path(group).forEach(e -> units.add(e.path("unit").asText()));
        }
        return units;
    }

    /** The body becomes a list: each unit with each check that is under way on the day of the occurrence. */
    public void due(Exchange exchange) {
        LocalDate day = Calls.day(exchange);
        List<Work> works = new ArrayList<>();
        for (Check check : Check.on(day, settings)) {
            units(settings).forEach(unit -> works.add(new Work(unit, check, day, new Stocktaking())));
        }
        exchange.getMessage().setBody(works);
    }

    /** Says in headers whose book and scans are needed. */
    public void begin(Exchange exchange) {
        Work work = exchange.getMessage().getBody(Work.class);
        exchange.setProperty(WORK, work);
        Calls.ask(exchange, work.unit(), work.check().from(), work.day());
    }

    public void book(Exchange exchange) {
        exchange.getProperty(WORK, Work.class).stock().book(Calls.found(exchange));
    }

    public void scans(Exchange exchange) {
        exchange.getProperty(WORK, Work.class).stock().scans(Calls.found(exchange));
    }

    /** The body becomes a list with the record; an empty one for a unit of which neither book nor scans are known. */
    public void compare(Exchange exchange) {
        Work work = exchange.getProperty(WORK, Work.class);
        ObjectNode record = JsonNodeFactory.instance.objectNode().put("unit", work.unit()).put("check", work.check().name())
                .put("from", work.check().from().toString()).put("to", work.check().to().toString()).put("day", work.day().toString())
                .put("state", work.check().isClosedOn(work.day()) ? "closed" : "under-way");
        work.stock().compare(record);
        exchange.getMessage().setBody(isEmpty(record) ? List.of() : List.of(record));
    }

    private static boolean isEmpty(JsonNode record) {
        return record.path("book").asInt() == 0 && record.path("scanned").asInt() == 0;
    }
}
