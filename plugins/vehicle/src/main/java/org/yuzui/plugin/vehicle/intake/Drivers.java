package org.yuzui.plugin.vehicle.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;
import org.yuzui.spi.Settings;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges whether the driver of a dispatch order may drive on its days: by the driver's record, and by what the personnel
 * system said of the person. Both are read from the record store for each call, so it doesn't matter which came first.
 */
public final class Drivers {

    /** The orders that don't hold, as a map from their place in the call to the reason. */
    static final String REFUSALS = "VehicleRefusals";
    private static final String INVALID = "VehicleInvalid";
    private static final String ORDERS = "VehicleOrders";
    private static final String KNOWN = "VehicleDrivers";
    private static final String ASKED = "VehicleAsked";
    private static final String PERSON = "VehiclePerson";
    /** A person of no driver: the empty text is nobody's number. */
    private static final String NOBODY = "";
    private static final String PLACE = "driver";
    /** An order's days are days of GMT+8, as those of positions. */
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

    /** Who drives: the unit's own number for them. */
    record Name(String unit, String driver) {

        static Name of(JsonNode order) {
            return new Name(order.path("unit").asText(), order.path("driver").asText());
        }

        String key() {
            return escaped(unit) + "|" + escaped(driver);
        }

        private static String escaped(String value) {
            return value.replace("\\", "\\\\").replace("|", "\\|");
        }
    }

    private record Invalid(JsonNode order, RefusedException why) {
    }

    private final boolean acceptUnknown;

    public Drivers(Settings settings) {
        this.acceptUnknown = settings.text("drivers.unknown", "refuse").equals("accept");
    }

    /** The body, one order or a list, is kept aside; it becomes the list of the drivers that the orders name. */
    public void ask(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> orders = body instanceof List<?> list ? list : List.of(body);
        exchange.setProperty(ORDERS, orders);
        exchange.setProperty(KNOWN, new HashMap<Name, Validity>());
        exchange.getMessage().setBody(orders.stream().map(JsonNode.class::cast).filter(Drivers::isJudged).map(Name::of)
                .distinct().toList());
    }

    /** Asks the store for the driver of the body. */
    public void driver(Exchange exchange) {
        Name name = exchange.getMessage().getBody(Name.class);
        exchange.setProperty(ASKED, name);
        exchange.getMessage().setHeader(Headers.KEY, name.key());
    }

    /** Keeps the driver's record of the body aside, and asks for what was said of the person. */
    public void person(Exchange exchange) {
        List<?> found = exchange.getMessage().getBody(List.class);
        JsonNode driver = found.isEmpty() ? null : (JsonNode) found.get(0);
        known(exchange).put(exchange.getProperty(ASKED, Name.class), new Validity(driver));
        exchange.getMessage().setHeader(PERSON, driver == null ? NOBODY : driver.path("person").asText(NOBODY));
        exchange.getMessage().removeHeader(Headers.KEY);
    }

    /** Adds what was said of the person, the body. */
    public void know(Exchange exchange) {
        Validity validity = known(exchange).get(exchange.getProperty(ASKED, Name.class));
        exchange.getMessage().getBody(List.class).forEach(said -> validity.said((JsonNode) said));
    }

    /** The body becomes the list of the orders that hold; the others are kept aside with their reasons. */
    public void judge(Exchange exchange) {
        List<?> orders = exchange.getProperty(ORDERS, List.class);
        List<JsonNode> valid = new ArrayList<>();
        List<Invalid> invalid = new ArrayList<>();
        Map<Integer, RefusedException> refusals = new LinkedHashMap<>();
        for (int i = 0; i < orders.size(); i++) {
            JsonNode order = (JsonNode) orders.get(i);
            RefusedException why = isJudged(order) ? refusal(order, known(exchange).get(Name.of(order))) : null;
            if (why == null) {
                valid.add(order);
            } else {
                invalid.add(new Invalid(order, why));
                refusals.put(i, why);
            }
        }
        exchange.setProperty(INVALID, invalid);
        exchange.setProperty(REFUSALS, refusals);
        exchange.getMessage().setBody(valid);
    }

    /** Refuses the order of the body. */
    public void refuse(Exchange exchange) {
        Invalid invalid = exchange.getMessage().getBody(Invalid.class);
        exchange.getMessage().setHeader(Headers.ARRIVED, invalid.order.toString().getBytes(StandardCharsets.UTF_8));
        throw invalid.why;
    }

    /** An order without a driver names nobody, and a cancelled one wants nobody; what can't be read the contract refuses. */
    private static boolean isJudged(JsonNode order) {
        return order instanceof ObjectNode && order.path("driver").isTextual() && !order.path("driver").asText().isEmpty()
                && order.path("unit").isTextual() && !order.path("status").asText().equals("cancelled")
                && day(order, "from") != null && day(order, "until") != null;
    }

    private RefusedException refusal(JsonNode order, Validity validity) {
        if (!validity.isKnown()) {
            return acceptUnknown ? null : new RefusedException("unknown-driver", PLACE, "The unit has no driver of this number. "
                    + "Send the driver before the order, or set drivers.unknown to accept.");
        }
        String why = validity.whyNot(day(order, "from"), day(order, "until"));
        return why == null ? null : new RefusedException("driver-not-valid", PLACE, "The driver is not valid on the order's day: "
                + why + " Name another driver; if the driver's record is wrong send it again, and then the order.");
    }

    private static LocalDate day(JsonNode order, String field) {
        try {
            return OffsetDateTime.parse(order.path(field).asText()).withOffsetSameInstant(ZONE).toLocalDate();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<Name, Validity> known(Exchange exchange) {
        return exchange.getProperty(KNOWN, Map.class);
    }
}
