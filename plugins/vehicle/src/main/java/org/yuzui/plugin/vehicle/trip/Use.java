package org.yuzui.plugin.vehicle.trip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Settings;
import org.yuzui.spi.WorkCalendar;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Gathers what the rule {@code vehicle-use} must know of a trip, and makes {@code vehicle.alarm.v1} of what it says. */
public final class Use {

    private static final String TRIP = "VehicleTrip";

    private final WorkCalendar calendar;
    private final Duration early;

    public Use(Settings settings, WorkCalendar calendar) {
        this.calendar = calendar;
        this.early = Duration.ofMinutes(settings.number("use.orderMarginMinutes", 60));
    }

    /** Whether the trip of the body is one, and not what a fold found to be none. */
    public boolean counts(Exchange exchange) {
        return !exchange.getMessage().getBody(JsonNode.class).path("state").asText().equals("void");
    }

    /** Keeps the trip aside and says in headers which orders could cover it. */
    public void ask(Exchange exchange) {
        JsonNode trip = exchange.getMessage().getBody(JsonNode.class);
        exchange.setProperty(TRIP, trip);
        exchange.getMessage().setHeader("VehicleId", trip.path("vehicle").asText());
        exchange.getMessage().setHeader("VehicleTrip", trip.path("start").asText());
        exchange.getMessage().setHeader("VehicleOrderFrom", time(trip, "start").plus(early).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        exchange.getMessage().setHeader("VehicleOrderTo", time(trip, "start").minus(early).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }

    /** The body becomes what the rule is asked of a trip without an order. */
    public void withoutOrder(Exchange exchange) {
        exchange.getMessage().setBody(question(exchange.getProperty(TRIP, JsonNode.class), false));
    }

    /** Whether the rule's decisions, the body, warn of anything. */
    public boolean isMarked(Exchange exchange) {
        return !exchange.getMessage().getBody(JsonNode.class).path("warnings").isEmpty();
    }

    /** The body, the vehicle's dispatch orders, becomes what the rule is asked. */
    public void question(Exchange exchange) {
        JsonNode trip = exchange.getProperty(TRIP, JsonNode.class);
        OffsetDateTime start = time(trip, "start");
        boolean dispatched = false;
        for (Object one : exchange.getMessage().getBody(List.class)) {
            JsonNode o = (JsonNode) one;
            if (o.path("status").asText().equals("approved") && !start.isBefore(time(o, "from").minus(early))
                    && !start.isAfter(time(o, "until").plus(early))) {
                dispatched = true;
            }
        }
        exchange.getMessage().setBody(question(trip, dispatched));
    }

    private ObjectNode question(JsonNode trip, boolean dispatched) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("dayKind", kind(LocalDate.parse(trip.path("day").asText())));
        question.put("dispatched", dispatched);
        question.set("km", trip.path("km"));
        question.set("nightMinutes", trip.path("nightMinutes"));
        question.set("overSpeedMinutes", trip.path("overSpeedMinutes"));
        question.put("outsideMinutes", trip.path("outsideMinutes").decimalValue());
        return question;
    }

    /** The body, the rule's decisions, becomes the list of warnings. */
    public void alarms(Exchange exchange) {
        JsonNode trip = exchange.getProperty(TRIP, JsonNode.class);
        JsonNode said = exchange.getMessage().getBody(JsonNode.class).path("warnings");
        List<ObjectNode> alarms = new ArrayList<>();
        for (JsonNode warning : said) {
            ObjectNode alarm = JsonNodeFactory.instance.objectNode();
            for (String field : new String[] {"unit", "vehicle", "day"}) {
                alarm.set(field, trip.get(field));
            }
            alarm.set("trip", trip.get("start"));
            alarm.set("at", trip.get("asOf"));
            alarm.set("kind", warning.get("kind"));
            alarm.set("severity", warning.get("severity"));
            alarm.put("state", "open");
            for (String field : new String[] {"km", "maxSpeed", "speedLimit", "nightMinutes", "outsideMinutes"}) {
                if (trip.has(field)) {
                    alarm.set(field, trip.get(field));
                }
            }
            alarms.add(alarm);
        }
        exchange.getMessage().setBody(alarms);
    }

    /** The body, the warnings of a trip that was none, becomes their withdrawal. */
    public void withdraw(Exchange exchange) {
        List<ObjectNode> withdrawn = new ArrayList<>();
        for (Object one : exchange.getMessage().getBody(List.class)) {
            withdrawn.add(((ObjectNode) one).deepCopy().put("state", "withdrawn"));
        }
        exchange.getMessage().setBody(withdrawn);
    }

    private String kind(LocalDate day) {
        return switch (calendar.of(day)) {
            case WORKDAY -> "workday";
            case DAY_OFF -> "day-off";
            default -> "unknown";
        };
    }

    private static OffsetDateTime time(JsonNode node, String field) {
        return OffsetDateTime.parse(node.path(field).asText());
    }
}
