package org.yuzui.plugin.assets.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.plugin.assets.Lookups;
import org.yuzui.plugin.assets.life.Event;
import org.yuzui.plugin.assets.life.Life;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks for loans that were due and are not returned, and settles those that were found before and have ended since. */
public final class Overdue {

    private final Settings settings;
    private final Lookups lookups;

    public Overdue(Settings settings, Lookups lookups) {
        this.settings = settings;
        this.lookups = lookups;
    }

    /** The body becomes the records of {@code assets.overdue.v1} as of the end of the day in the header {@link Headers#DAY}. */
    public void find(Exchange exchange) {
        LocalDate day = LocalDate.parse(exchange.getMessage().getHeader(Headers.DAY, String.class));
        List<ObjectNode> records = new ArrayList<>();
        Set<String> found = new HashSet<>();
        Register.each(new TreeSet<>(settings.map("units").values()), lookups, events -> {
            Life life = Life.of(events, day, lookups);
            Event loan = life.loan();
            if (loan != null && loan.dueOn().isBefore(day)) {
                ObjectNode record = JsonNodeFactory.instance.objectNode();
                record.put("unit", loan.unit()).put("loan", loan.number()).put("asset", loan.asset()).put("name", life.card().name());
                if (loan.toUnit() != null) {
                    record.put("toUnit", loan.toUnit());
                }
                record.put("lentOn", loan.day().toString()).put("dueOn", loan.dueOn().toString()).put("state", "overdue");
                records.add(record);
                found.add(key(record));
            }
        });
        for (JsonNode open : lookups.openOverdue()) {
            if (!found.contains(key(open))) {
                records.add(settled(open.deepCopy(), lookups.ofAsset(open.path("asset").asText())));
            }
        }
        exchange.getMessage().setBody(records);
    }

    private ObjectNode settled(ObjectNode record, List<Event> events) {
        record.put("state", "settled");
        LocalDate lent = LocalDate.parse(record.path("lentOn").asText());
        Life.of(events, null, lookups).done().stream()
                .filter(e -> e.kind() == Event.Kind.RETURN && !e.day().isBefore(lent)).findFirst()
                .ifPresent(e -> record.put("returnedOn", e.day().toString()));
        return record;
    }

    private static String key(JsonNode record) {
        return record.path("unit").asText() + "|" + record.path("loan").asText() + "|" + record.path("asset").asText();
    }
}
