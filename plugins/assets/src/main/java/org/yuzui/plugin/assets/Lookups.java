package org.yuzui.plugin.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.ProducerTemplate;
import org.yuzui.plugin.assets.life.Event;
import org.yuzui.plugin.assets.life.Judge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** What the record store knows of assets, and what the rule says, by the routes of {@code look-up.camel.yaml}. Thread-safe. */
public final class Lookups implements CamelContextAware, Judge {

    private static final int OPEN_END = 2;
    private static final int LEAST_TOGETHER = 4;

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

    /**
     * Gives each asset's events, in no certain order: all contents of its cards, and its movements that count. Assets whose numbers
     * differ only at their end are asked for together; no more of them are held at a time.
     */
    void each(Collection<String> assets, BiConsumer<String, List<Event>> reader) {
        groups(assets).forEach(group -> {
            Map<String, List<Event>> events = cards(group);
            movements(group, events);
            events.forEach(reader);
        });
    }

    /** The same for assets whose newest card is the unit's, without their movements. */
    public void eachOfUnit(String unit, BiConsumer<String, List<Event>> reader) {
        List<String> assets = new ArrayList<>();
        ask("direct:newest-cards-of-unit", Map.of("AssetsUnit", unit)).forEach(r -> assets.add(((JsonNode) r).path("asset").asText()));
        groups(assets).forEach(group -> cards(group).forEach(reader));
    }

    public List<Event> ofAsset(String asset) {
        List<Event> all = new ArrayList<>();
        each(List.of(asset), (a, events) -> all.addAll(events));
        return all;
    }

    /** Between two numbers with the same beginning there are only numbers with that beginning: a hundred, when their ends are digits. */
    private static Collection<List<String>> groups(Collection<String> assets) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String asset : assets) {
            groups.computeIfAbsent(asset.substring(0, Math.max(0, asset.length() - OPEN_END)), p -> new ArrayList<>()).add(asset);
        }
        List<List<String>> all = new ArrayList<>();
        groups.forEach((prefix, group) -> {
            if (group.size() < LEAST_TOGETHER || prefix.isEmpty()) {
                group.forEach(asset -> all.add(List.of(asset)));
            } else {
                group.sort(Comparator.comparing(a -> a.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)); // as the store compares
                all.add(group);
            }
        });
        return all;
    }

    private Map<String, List<Event>> cards(List<String> group) {
        Map<String, List<Event>> events = new LinkedHashMap<>();
        group.forEach(asset -> events.put(asset, new ArrayList<>(2)));
        Map<String, Event> byDay = new LinkedHashMap<>(); // of one day the content that came last
        for (Object record : between("cards", group)) {
            Event card = Event.card((JsonNode) record);
            byDay.put(card.asset() + " " + card.day(), card);
        }
        byDay.values().stream().filter(c -> events.containsKey(c.asset())).forEach(c -> events.get(c.asset()).add(c));
        return events;
    }

    private void movements(List<String> group, Map<String, List<Event>> into) {
        List<Event> movements = new ArrayList<>();
        movements(between("movements", group), movements);
        movements.stream().filter(m -> into.containsKey(m.asset())).forEach(m -> into.get(m.asset()).add(m));
    }

    private List<?> between(String what, List<String> group) {
        return group.size() == 1 ? ask("direct:" + what + "-of-asset", Map.of("AssetsAsset", group.get(0)))
                : ask("direct:" + what + "-between", Map.of("AssetsFirst", group.get(0), "AssetsLast", group.get(group.size() - 1)));
    }

    /** The movements that the unit told and that count. */
    public List<Event> movementsOfUnit(String unit) {
        List<Event> events = new ArrayList<>();
        movements(ask("direct:movements-of-unit", Map.of("AssetsUnit", unit)), events);
        return events;
    }

    /** The records of loans that were found overdue and not settled yet. */
    public List<JsonNode> openOverdue() {
        List<JsonNode> all = new ArrayList<>();
        ask("direct:open-overdue", Map.of()).forEach(r -> all.add((JsonNode) r));
        return all;
    }

    private static void movements(List<?> records, List<Event> into) {
        for (Object record : records) {
            if (((JsonNode) record).path("status").asText().equals("valid")) {
                into.add(Event.movement((JsonNode) record));
            }
        }
    }

    private List<?> ask(String route, Map<String, Object> headers) {
        return template().requestBodyAndHeaders(route, "", headers, List.class);
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
