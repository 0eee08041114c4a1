package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.ProducerTemplate;
import org.yuzui.plugin.assets.life.Event;
import org.yuzui.plugin.assets.life.Judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the record store knows of assets, and what the rule says, by the routes of {@code look-up.camel.yaml}. Thread-safe. */
public final class Lookups implements CamelContextAware, Judge {

    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
    private CamelContext context;
    private ProducerTemplate template;

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.context = camelContext;
    }

    /** All contents of the asset's cards, and its movements that count; not null. */
    List<Event> ofAsset(String asset) {
        List<Event> events = new ArrayList<>();
        cards(ask("direct:cards-of-asset", "AssetsAsset", asset), events);
        movements(ask("direct:movements-of-asset", "AssetsAsset", asset), events);
        return events;
    }

    /** Every content of the cards of assets that were ever in the unit's books. */
    public List<Event> cardsOfUnit(String unit) {
        List<Event> events = new ArrayList<>();
        cards(ask("direct:cards-of-unit", "AssetsUnit", unit), events);
        return events;
    }

    /** The movements that the unit told and that count. */
    public List<Event> movementsOfUnit(String unit) {
        List<Event> events = new ArrayList<>();
        movements(ask("direct:movements-of-unit", "AssetsUnit", unit), events);
        return events;
    }

    /** The records of loans that were found overdue and not settled yet. */
    public List<JsonNode> openOverdue() {
        List<JsonNode> all = new ArrayList<>();
        ask("direct:open-overdue", "AssetsAsset", "").forEach(r -> all.add((JsonNode) r));
        return all;
    }

    private static void cards(List<?> records, List<Event> into) {
        Map<String, Event> byDay = new java.util.LinkedHashMap<>(); // of one day the content that came last
        for (Object record : records) {
            Event card = Event.card((JsonNode) record);
            byDay.put(card.asset() + " " + card.day(), card);
        }
        into.addAll(byDay.values());
    }

    private static void movements(List<?> records, List<Event> into) {
        for (Object record : records) {
            if (((JsonNode) record).path("status").asText().equals("valid")) {
                into.add(Event.movement((JsonNode) record));
            }
        }
    }

    private List<?> ask(String route, String header, String value) {
        return template().requestBodyAndHeader(route, "", header, value, List.class);
    }

    @Override
    public Verdict of(Event.Kind kind, String state, boolean holder, String told) {
        // The rule is pure, and there are few questions: each is asked once.
        return verdicts.computeIfAbsent(kind + " " + state + " " + holder + " " + told, k -> {
            JsonNode question = JsonNodeFactory.instance.objectNode().put("kind", kind.word()).put("state", state).put("holder", holder)
                    .put("told", told);
            JsonNode step = template().requestBody("direct:judge", question, JsonNode.class).path("step");
            if (!step.path("verdict").isTextual()) {
                throw new IllegalStateException("rules/movement.dmn has no row for " + k + ".");
            }
            return new Verdict(step.path("verdict").asText(), step.path("next").asText(), step.path("message").asText());
        });
    }

    private synchronized ProducerTemplate template() {
        if (template == null) {
            template = context.createProducerTemplate(); // the context stops it
        }
        return template;
    }
}
