package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Settings;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;

/** A unit's answer to the form of a week, from its records, step by step as the route asks. */
public final class Weekly {

    private static final String ANSWER = "KindergartenAnswer";

    private final Settings settings;

    public Weekly(Settings settings) {
        this.settings = settings;
    }

    /** The body becomes the list of the units. */
    public void units(Exchange exchange) {
        exchange.getMessage().setBody(List.copyOf(Reconciliation.units(settings)));
    }

    /** Begins the answer of the unit in the body: of the week of the occurrence's day, up to that day. */
    public void begin(Exchange exchange) {
        String unit = exchange.getMessage().getBody(String.class);
        LocalDate day = Calls.day(exchange);
        exchange.setProperty(ANSWER, JsonNodeFactory.instance.objectNode().put("unit", unit).put("day", day.toString()));
        Calls.ask(exchange, unit, Calls.monday(day), day);
    }

    public void visits(Exchange exchange) {
        List<JsonNode> visits = Calls.found(exchange);
        answer(exchange).put("visits", visits.stream().filter(v -> !v.path("status").asText().equals("turned-away")).count())
                .put("turnedAway", count(visits, "status", "turned-away"::equals));
    }

    public void rounds(Exchange exchange) {
        List<JsonNode> rounds = Calls.found(exchange);
        answer(exchange).put("roundsDue", rounds.size()).put("roundsDone", count(rounds, "outcome", "done"::equals))
                .put("roundsMissed", count(rounds, "outcome", o -> o.equals("missed") || o.equals("not-walked")))
                .put("roundsOutOfOrder", count(rounds, "outcome", "out-of-order"::equals))
                .put("roundsWrongInterval", count(rounds, "outcome", "wrong-interval"::equals));
    }

    public void meals(Exchange exchange) {
        List<JsonNode> meals = Calls.found(exchange);
        answer(exchange).put("meals", meals.size()).put("heads", meals.stream().mapToLong(m -> m.path("heads").asLong()).sum())
                .put("energy", sum(meals, "energy")).put("mealsIncomplete", count(meals, "complete", "false"::equals));
    }

    /** How many assets were scanned, each once. */
    public void scans(Exchange exchange) {
        answer(exchange).put("assetsScanned", Calls.found(exchange).stream().map(s -> s.path("asset").asText()).distinct().count());
    }

    /** Differences as the last comparison of the week found them. */
    public void reconciliations(Exchange exchange) {
        ObjectNode answer = answer(exchange);
        JsonNode last = JsonNodeFactory.instance.objectNode();
        for (JsonNode found : Calls.found(exchange)) {
            last = found.path("day").asText().compareTo(last.path("day").asText()) >= 0 ? found : last;
        }
        answer.put("assetsInBook", last.path("book").asLong()).put("differences", last.path("differences").asLong());
        exchange.getMessage().setBody(answer);
    }

    private static ObjectNode answer(Exchange exchange) {
        return exchange.getProperty(ANSWER, ObjectNode.class);
    }

    private static long count(List<JsonNode> records, String field, Predicate<String> which) {
        return records.stream().filter(r -> which.test(r.path(field).asText())).count();
    }

    private static BigDecimal sum(List<JsonNode> records, String field) {
        return records.stream().map(r -> r.path(field).decimalValue()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
