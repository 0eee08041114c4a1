package org.yuzui.plugin.assets.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.assets.input.Premium;
import org.yuzui.plugin.assets.life.Event;
import org.yuzui.plugin.assets.life.Life;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;

/** A unit's month. */
final class Figures {

    private static final String[] STATES = {"InUse", "Idle", "Warehouse", "Lent"};
    private static final String[] CLASSES = {"Buildings", "Equipment", "Relics", "Books", "Furniture", "Living", "Other"};
    private static final String[] COUNTS = {"overdue", "reallocatedOut", "reallocatedIn", "loans", "returns", "disposed", "underStart", "conflicts"};
    private static final String[] SUMS = {"reallocatedOutValue", "reallocatedInValue", "saved", "disposedValue", "income", "start", "deal", "gain"};

    private final Map<String, BigDecimal> figures = new LinkedHashMap<>();

    Figures() {
        zero("number", "value");
        for (String state : STATES) {
            zero("number" + state, "value" + state);
        }
        for (String assetClass : CLASSES) {
            zero("number" + assetClass, "value" + assetClass);
        }
        zero(COUNTS);
        zero(SUMS);
    }

    private void zero(String... codes) {
        for (String code : codes) {
            figures.put(code, BigDecimal.ZERO);
        }
    }

    private void one(String code) {
        add(code, BigDecimal.ONE);
    }

    private void add(String code, BigDecimal amount) {
        if (amount != null && figures.computeIfPresent(code, (c, sum) -> sum.add(amount)) == null) {
            throw new IllegalArgumentException("There is no figure " + code + ".");
        }
    }

    /** An asset that is in the unit's books at the end of the day. */
    void stock(Life life, LocalDate day) {
        String state = switch (life.state()) {
            case "in-use" -> "InUse";
            case "idle" -> "Idle";
            case "warehouse" -> "Warehouse";
            default -> "Lent";
        };
        Event card = life.card();
        String assetClass = Character.toUpperCase(card.assetClass().charAt(0)) + card.assetClass().substring(1);
        one("number");
        add("value", card.value());
        one("number" + state);
        add("value" + state, card.value());
        one("number" + assetClass);
        add("value" + assetClass, card.value());
        if (life.loan() != null && life.loan().dueOn().isBefore(day)) {
            one("overdue");
        }
    }

    /** A movement of the month that the unit told. @param value original, of the asset */
    void moved(Event movement, BigDecimal value) {
        switch (movement.kind()) {
            case REALLOCATION -> {
                if (!movement.unit().equals(movement.toUnit())) {
                    one("reallocatedOut");
                    add("reallocatedOutValue", value);
                }
            }
            case LOAN -> one("loans");
            case RETURN -> one("returns");
            case DISPOSAL -> disposed(movement, value);
            default -> {
            }
        }
    }

    /** What another unit reallocated to this one; the purchase is saved here. */
    void received(Event reallocation, BigDecimal value) {
        one("reallocatedIn");
        add("reallocatedInValue", value);
        add("saved", reallocation.saved());
    }

    private void disposed(Event disposal, BigDecimal value) {
        one("disposed");
        add("disposedValue", value);
        add("income", disposal.dealPrice());
        BigDecimal start = disposal.startPrice();
        BigDecimal deal = disposal.dealPrice();
        if (start != null && start.signum() > 0 && deal != null) {
            add("start", start);
            add("deal", deal);
            add("gain", deal.subtract(start));
            if (deal.compareTo(start) < 0) {
                one("underStart");
            }
        }
    }

    void conflict() {
        one("conflicts");
    }

    ObjectNode record(String unit, YearMonth month, LocalDate day) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit).put("period", month.toString()).put("day", day.toString());
        figures.forEach(record::put);
        if (figures.get("start").signum() > 0) {
            record.put("premium", Premium.of(figures.get("start"), figures.get("deal")));
        }
        return record;
    }
}
