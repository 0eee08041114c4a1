package org.yuzui.plugin.finance.asset;

import org.yuzui.plugin.finance.file.Row;

import java.math.BigDecimal;

/**
 * @param category a code
 * @param acquired {@code yyyy-MM-dd}, empty when the file doesn't say
 * @param use      the code of a use, or its name
 * @param place    empty when it doesn't stand in the card
 */
record Card(String asset, String category, String name, String acquired, BigDecimal quantity, BigDecimal value, String use, String place) {

    static Card of(Row row) {
        for (String field : new String[] {"asset", "category", "name", "originalValue"}) {
            row.required(field);
        }
        BigDecimal quantity = row.text("quantity").isEmpty() ? BigDecimal.ONE : row.amount("quantity");
        BigDecimal value = row.amount("originalValue");
        if (quantity.signum() < 0 || value.signum() < 0) {
            throw row.bad("bad-amount", quantity.signum() < 0 ? "quantity" : "originalValue", "The card " + row.limited("asset", 60)
                    + " has a quantity or an original value below zero.");
        }
        return new Card(row.limited("asset", 60), row.limited("category", 60), row.limited("name", 200),
                row.text("acquired").isEmpty() ? "" : row.date("acquired").toString(), quantity, value, row.limited("use", 60),
                row.limited("location", 500));
    }
}
