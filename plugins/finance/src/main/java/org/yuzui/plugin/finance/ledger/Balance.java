package org.yuzui.plugin.finance.ledger;

import org.yuzui.plugin.finance.file.Row;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What an account had, moved and has in a period. The balances are signed: what stands in debit is positive. */
record Balance(Period period, String account, String currency, String auxiliary, BigDecimal opening, BigDecimal debit,
               BigDecimal credit, BigDecimal closing, int line) {

    /** Stands for no auxiliary items in the key of a record. */
    static final String NONE = "-";

    static Balance of(Row row) {
        row.required("account");
        return new Balance(period(row), row.limited("account", 60), row.limited("currency", 20), auxiliary(row),
                signed(row, "opening", "openingSide"), row.amount("debit"), row.amount("credit"),
                signed(row, "closing", "closingSide"), row.line());
    }

    static Period period(Row row) {
        return new Period(row.number("year", 1980, 2199), row.number("period", 1, Period.LAST));
    }

    private static BigDecimal signed(Row row, String field, String sideField) {
        BigDecimal amount = row.amount(field);
        return switch (row.text(sideField)) {
            case "借", "1", "D" -> amount;
            case "贷", "-1", "C" -> amount.negate();
            case "", "平", "0" -> {
                if (amount.signum() != 0) {
                    throw row.bad("bad-side", sideField, "The balance is not zero and stands neither in debit (借) nor in credit (贷).");
                }
                yield amount;
            }
            default -> throw row.bad("bad-side", sideField, "The side of the balance is none of 借, 贷, 平.");
        };
    }

    private static String auxiliary(Row row) {
        Map<String, String> items = new TreeMap<>();
        row.fields().forEach((name, value) -> {
            if (name.startsWith("辅助项")) {
                items.put(name.substring(3, name.length() - 2), value);
            }
        });
        if (items.isEmpty()) {
            return NONE;
        }
        StringBuilder text = new StringBuilder();
        items.forEach((number, value) -> text.append(text.isEmpty() ? "" : ";").append(number).append('=').append(value));
        if (text.length() > 200) {
            throw row.bad("too-long", null, "The auxiliary items together are longer than 200 characters.");
        }
        return text.toString();
    }
}
