package org.yuzui.plugin.kindergarten;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.spi.Settings;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sums up what a meal contains: grams of a head by what 100 g contain, times the heads. Exact, nothing is rounded. */
public final class Nutrition {

    private final NutrientTable table;

    public Nutrition(Settings settings) {
        this.table = NutrientTable.read(settings.text("nutrition.table", ""));
    }

    /** The record of a meal's contents. An ingredient that the table doesn't have is named, and counts for nothing. */
    public ObjectNode count(JsonNode meal) {
        BigDecimal heads = meal.path("heads").decimalValue();
        Map<String, BigDecimal> perHead = new LinkedHashMap<>();
        table.nutrients().forEach(n -> perHead.put(n, BigDecimal.ZERO));
        Map<String, BigDecimal> missing = new TreeMap<>();
        BigDecimal grams = BigDecimal.ZERO;
        for (JsonNode dish : meal.path("dishes")) {
            for (JsonNode part : dish.path("ingredients")) {
                String ingredient = part.path("ingredient").asText();
                BigDecimal weight = part.path("grams").decimalValue();
                grams = grams.add(weight);
                Optional<Map<String, BigDecimal>> contents = table.of(ingredient);
                if (contents.isPresent()) {
                    contents.get().forEach((n, of100) -> perHead.merge(n, of100.multiply(weight).movePointLeft(2), BigDecimal::add));
                } else {
                    missing.merge(ingredient.strip(), weight, BigDecimal::add);
                }
            }
        }
        ObjectNode sum = JsonNodeFactory.instance.objectNode();
        for (String name : new String[] {"unit", "day", "meal", "kind", "heads"}) {
            sum.set(name, meal.get(name));
        }
        if (meal.has("updatedAt")) {
            sum.set("updatedAt", meal.get("updatedAt")); // a meal that is corrected back is newer than the correction
        }
        sum.put("grams", plain(grams.multiply(heads))).put("energy", plain(perHead.get("energy").multiply(heads)));
        ObjectNode head = sum.putObject("perHead");
        ObjectNode total = sum.putObject("total");
        perHead.forEach((n, amount) -> {
            head.put(n, plain(amount));
            total.put(n, plain(amount.multiply(heads)));
        });
        ArrayNode unknown = sum.putArray("missing");
        missing.forEach((ingredient, weight) -> unknown.addObject().put("ingredient", ingredient).put("grams", plain(weight)));
        return sum.put("complete", missing.isEmpty()).put("table", table.version());
    }

    /** 20.50 is 20.5, and 200 isn't 2E+2. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
