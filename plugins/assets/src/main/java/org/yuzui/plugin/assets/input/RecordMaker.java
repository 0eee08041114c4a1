package org.yuzui.plugin.assets.input;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.time.LocalDate;

/** Makes a record of the fields of a card or movement; all that is wrong in them is told. */
public final class RecordMaker {

    private static final int CODE = 60;
    private static final BigDecimal HALF_STEP = new BigDecimal("0.00005");

    private final Units units;
    private final Mapping mapping;

    public RecordMaker(Units units, Mapping mapping) {
        this.units = units;
        this.mapping = mapping;
    }

    /**
     * A card.
     *
     * @param day what it is of where its own field says nothing; may be null
     * @return null when something is wrong
     */
    public ObjectNode card(Fields fields, LocalDate day) {
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        put(card, "unit", units.of(fields, "unit", true));
        put(card, "asset", fields.code("asset", CODE));
        put(card, "name", fields.text("name", 200, true, false));
        String category = fields.code("category", 20);
        put(card, "category", category);
        put(card, "class", category == null ? null : mapping.classOf(category));
        BigDecimal quantity = fields.amount("quantity", true, 4);
        if (quantity != null && quantity.signum() == 0) {
            fields.bad("quantity", "zero", "0", "The quantity is zero. Leave the card out, or send the disposal.");
        }
        put(card, "quantity", quantity);
        put(card, "unitOfMeasure", fields.text("unitOfMeasure", 20, true, false));
        BigDecimal original = fields.amount("originalValue", true, 2);
        put(card, "originalValue", original);
        BigDecimal net = fields.amount("netValue", false, 2);
        put(card, "netValue", net);
        if (net != null && original != null && net.compareTo(original) > 0) {
            fields.bad("netValue", "net-above-original", net.toPlainString(), "The net value is above the original value. Correct one of them.");
        }
        LocalDate acquired = fields.day("acquiredOn", true);
        put(card, "acquiredOn", acquired);
        put(card, "location", fields.text("location", 200, false, false));
        put(card, "state", fields.choice("state", true, mapping.words("state"), mapping.shown("state")));
        put(card, "keeper", fields.text("keeper", 80, false, true));
        LocalDate told = fields.has("day") || day == null ? fields.day("day", true) : day;
        put(card, "day", told);
        if (acquired != null && told != null && acquired.isAfter(told)) {
            fields.bad("acquiredOn", "acquired-later", acquired.toString(), "It was acquired after the day that the card is of, " + told + ".");
        }
        return fields.sound() ? card : null;
    }

    /**
     * A movement.
     *
     * @param kind {@code reallocation, loan, return, disposal}
     * @return null when something is wrong
     */
    public ObjectNode movement(Fields fields, String kind) {
        ObjectNode movement = JsonNodeFactory.instance.objectNode();
        String unit = units.of(fields, "unit", true);
        put(movement, "unit", unit);
        put(movement, "number", fields.code("number", CODE));
        put(movement, "asset", fields.code("asset", CODE));
        put(movement, "kind", kind);
        LocalDate day = fields.day("day", true);
        put(movement, "day", day);
        String status = fields.choice("status", false, mapping.words("status"), mapping.shown("status"));
        movement.put("status", status == null ? "valid" : status);
        switch (kind) {
            case "reallocation" -> reallocation(fields, movement, unit);
            case "loan" -> loan(fields, movement, unit, day);
            case "return" -> put(movement, "into", into(fields));
            default -> disposal(fields, movement);
        }
        return fields.sound() ? movement : null;
    }

    private void reallocation(Fields fields, ObjectNode movement, String unit) {
        String to = units.of(fields, "toUnit", true);
        String into = into(fields);
        put(movement, "toUnit", to);
        put(movement, "into", into);
        if (to != null && to.equals(unit) && !"warehouse".equals(into)) {
            fields.bad("toUnit", "same-unit", to, "It is reallocated to the unit that it is from. Within a unit only the way into the public warehouse is a reallocation.");
        }
        put(movement, "saved", fields.amount("saved", false, 2));
        put(movement, "approval", fields.text("approval", 100, true, false));
    }

    private void loan(Fields fields, ObjectNode movement, String unit, LocalDate day) {
        String to = units.of(fields, "toUnit", false);
        put(movement, "toUnit", to);
        if (to != null && to.equals(unit)) {
            fields.bad("toUnit", "same-unit", to, "It is lent to the unit that lends it.");
        }
        put(movement, "borrower", fields.text("borrower", 80, false, true));
        LocalDate due = fields.day("dueOn", true);
        put(movement, "dueOn", due);
        if (due != null && day != null && due.isBefore(day)) {
            fields.bad("dueOn", "due-before-loan", due.toString(), "It is due before it was lent, " + day + ".");
        }
        put(movement, "approval", fields.text("approval", 100, false, false));
    }

    private void disposal(Fields fields, ObjectNode movement) {
        String method = fields.choice("method", true, mapping.words("method"), mapping.shown("method"));
        put(movement, "method", method);
        boolean sale = "sale".equals(method);
        BigDecimal start = fields.amount("startPrice", sale, 2);
        BigDecimal deal = fields.amount("dealPrice", sale, 2);
        put(movement, "startPrice", start);
        put(movement, "dealPrice", deal);
        boolean priced = start != null && start.signum() > 0 && deal != null;
        if (sale && start != null && start.signum() == 0) {
            fields.bad("startPrice", "start-price-zero", "0", "The start price of a sale is zero, so there is no premium to reckon. Write the start price.");
        }
        BigDecimal told = fields.ratio("premium");
        if (priced) {
            BigDecimal premium = Premium.of(start, deal);
            put(movement, "premium", premium);
            if (told != null && told.subtract(premium).abs().compareTo(HALF_STEP) > 0) {
                fields.bad("premium", "premium-wrong", told.toPlainString(), "By (deal - start) / start it is " + premium.toPlainString()
                        + ". Correct it, or leave it out: it is reckoned here.");
            }
        } else {
            movement.put("premiumAbsent", start == null ? "no-start-price" : start.signum() == 0 ? "start-price-zero" : "no-deal-price");
            if (told != null) {
                fields.bad("premium", "premium-without-prices", told.toPlainString(), "There is a premium and no start price above zero and deal price.");
            }
        }
        put(movement, "approval", fields.text("approval", 100, true, false));
    }

    private String into(Fields fields) {
        return fields.choice("into", false, mapping.words("into"), mapping.shown("into"));
    }

    private static void put(ObjectNode record, String field, String value) {
        if (value != null) {
            record.put(field, value);
        }
    }

    private static void put(ObjectNode record, String field, LocalDate value) {
        if (value != null) {
            record.put(field, value.toString());
        }
    }

    private static void put(ObjectNode record, String field, BigDecimal value) {
        if (value != null) {
            record.put(field, value);
        }
    }
}
