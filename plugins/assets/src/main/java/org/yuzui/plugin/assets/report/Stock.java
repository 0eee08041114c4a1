package org.yuzui.plugin.assets.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.plugin.assets.Lookups;
import org.yuzui.plugin.assets.life.Event;
import org.yuzui.plugin.assets.life.Life;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Folds all assets into {@code assets.stock.v1}: for every unit that has any, the month of the day and some months before it. The
 * same records give the same figures, whenever it runs and in whatever order they came.
 */
public final class Stock {

    private static final Logger LOG = LoggerFactory.getLogger(Stock.class);
    /** Whose month it is by the form; others have figures and hand in none. */
    private static final String RESPONDENT = ".*-[FH].*";

    private final Settings settings;
    private final Lookups lookups;

    public Stock(Settings settings, Lookups lookups) {
        this.settings = settings;
        this.lookups = lookups;
    }

    /** The body becomes the records up to the day in the header {@link Headers#DAY}. */
    public void figures(Exchange exchange) {
        LocalDate today = LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class));
        Map<YearMonth, Map<String, Figures>> months = new TreeMap<>();
        for (int back = settings.number("report.months", 3) - 1; back >= 0; back--) {
            months.put(YearMonth.from(today).minusMonths(back), new TreeMap<>());
        }
        int[] conflicts = {0};
        Register.each(new TreeSet<>(settings.map("units").values()), lookups, events ->
                months.forEach((month, units) -> conflicts[0] += count(events, month, end(month, today), units)));
        if (conflicts[0] > 0) {
            LOG.warn("{} records of assets contradict others and count for nothing; see 'conflicts' in assets.stock.v1", conflicts[0]);
        }
        List<ObjectNode> records = new ArrayList<>();
        months.forEach((month, units) -> units.forEach((unit, figures) -> records.add(figures.record(unit, month, end(month, today)))));
        exchange.getMessage().setBody(records);
    }

    private static LocalDate end(YearMonth month, LocalDate today) {
        return month.equals(YearMonth.from(today)) ? today : month.atEndOfMonth();
    }

    /** @return how many of the asset's records contradict others */
    private int count(List<Event> events, YearMonth month, LocalDate day, Map<String, Figures> units) {
        Life life = Life.of(events, day, lookups);
        if (life.isThere()) {
            figures(units, life.unit()).stock(life, day);
        }
        for (Event event : life.done()) {
            if (event.kind() != Event.Kind.CARD && YearMonth.from(event.day()).equals(month)) {
                figures(units, event.unit()).moved(event, life.card().value());
                if (event.kind() == Event.Kind.REALLOCATION && !event.unit().equals(event.toUnit())) {
                    figures(units, event.toUnit()).received(event, life.card().value());
                }
            }
        }
        life.broken().forEach(b -> figures(units, b.event().unit()).conflict());
        return life.broken().size();
    }

    private static Figures figures(Map<String, Figures> units, String unit) {
        return units.computeIfAbsent(unit, u -> new Figures());
    }

    /** The body, a list of {@code assets.stock.v1}, becomes a list of answers to {@code assets-monthly}, of months that are over. */
    public void answers(Exchange exchange) {
        List<ObjectNode> answers = new ArrayList<>();
        for (Object record : exchange.getMessage().getBody(List.class)) {
            JsonNode stock = (JsonNode) record;
            YearMonth month = YearMonth.parse(stock.path("period").asText());
            if (stock.path("unit").asText().matches(RESPONDENT) && stock.path("day").asText().equals(month.atEndOfMonth().toString())) {
                ObjectNode answer = JsonNodeFactory.instance.objectNode();
                answer.put("unit", stock.path("unit").asText());
                answer.put("period", month.toString());
                ObjectNode values = answer.putObject("values");
                stock.properties().stream().filter(f -> f.getValue().isNumber() && !f.getKey().equals("premium"))
                        .forEach(f -> values.set(f.getKey(), f.getValue()));
                answers.add(answer);
            }
        }
        exchange.getMessage().setBody(answers);
    }
}
