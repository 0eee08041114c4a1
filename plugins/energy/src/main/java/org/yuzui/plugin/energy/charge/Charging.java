package org.yuzui.plugin.energy.charge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the settings say of charging: operators, whose piles there are, and what the fields of an order are called. */
final class Charging {

    /** The names of T/CEC 102.4 as they are remembered; the text was not at hand, so a site may name others. */
    private static final Map<String, String> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put("order", "StartChargeSeq");
        FIELDS.put("connector", "ConnectorID");
        FIELDS.put("start", "StartTime");
        FIELDS.put("end", "EndTime");
        FIELDS.put("energy", "TotalPower");
        FIELDS.put("amount", "TotalMoney");
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private record Pile(String unit, boolean behindMeter) {
    }

    private final Map<String, Operator> operators = new HashMap<>();
    private final Map<String, Pile> piles = new HashMap<>();
    private final Map<String, String> fields = new HashMap<>(FIELDS);
    private final ZoneId zone;

    Charging(Settings settings) {
        zone = ZoneId.of(settings.text("zone", "Asia/Shanghai"));
        JsonNode tree = settings.tree().path("charging");
        tree.path("operators").properties().forEach(o -> operators.put(o.getKey(), new Operator(o.getKey(), o.getValue())));
        tree.path("piles").properties().forEach(p -> piles.put(p.getKey(),
                new Pile(p.getValue().path("unit").asText(), p.getValue().path("behindMeter").asBoolean(true))));
        tree.path("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    }

    /** Whether there is an operator that may call. */
    boolean isExpected() {
        return !operators.isEmpty();
    }

    Optional<Operator> operator(String id) {
        return Optional.ofNullable(operators.get(id));
    }

    String order(JsonNode data) {
        return text(data, "order");
    }

    String connector(JsonNode data) {
        return text(data, "connector");
    }

    /** The {@code energy.charge.v1} of an order. */
    ObjectNode record(Operator operator, JsonNode data) {
        Pile pile = piles.get(connector(data));
        if (pile == null) {
            throw new RefusedException("unknown-pile", fields.get("connector"),
                    "The connector is no unit's. Add it to charging.piles in config/plugins/energy.yaml.");
        }
        OffsetDateTime end = time(data, "end");
        ObjectNode record = JsonNodeFactory.instance.objectNode().put("unit", pile.unit()).put("operator", operator.id())
                .put("order", order(data)).put("connector", connector(data)).put("startedAt", time(data, "start").format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
                .put("endedAt", end.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)).put("day", end.toLocalDate().toString())
                .put("kWh", decimal(data, "energy")).put("behindMeter", pile.behindMeter());
        if (data.hasNonNull(fields.get("amount"))) {
            record.put("amount", decimal(data, "amount"));
        }
        return record;
    }

    private String text(JsonNode data, String field) {
        return data.path(fields.get(field)).asText();
    }

    private OffsetDateTime time(JsonNode data, String field) {
        try {
            return LocalDateTime.parse(text(data, field), TIME).atZone(zone).toOffsetDateTime();
        } catch (DateTimeException e) {
            throw new RefusedException("bad-time", fields.get(field), "It is no time like 2026-03-02 09:30:00.");
        }
    }

    private BigDecimal decimal(JsonNode data, String field) {
        JsonNode node = data.path(fields.get(field));
        try {
            if (node.isNumber() || node.isTextual() && node.asText().length() < 30) {
                return new BigDecimal(node.asText());
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new RefusedException("bad-number", fields.get(field), "It is missing, or no number.");
    }
}
