package org.yuzui.plugin.finance.file;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One row of a table of a document.
 *
 * @param table  what the mapping calls it
 * @param name   what the file calls it
 * @param fields by what the mapping calls them; none is empty, blanks around the texts are gone
 * @param line   where it begins, from 1
 */
public record Row(String table, String name, Map<String, String> fields, int line) {

    /** Fifteen digits before the point are more than any budget has, and sums of them stay exact. */
    private static final Pattern AMOUNT = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,6})?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /** Empty when the field is not there. */
    public String text(String field) {
        return fields.getOrDefault(field, "");
    }

    public String required(String field) {
        String text = fields.get(field);
        if (text == null) {
            throw bad("missing-field", field, "The field '" + field + "' is missing or empty. Export the file with it.");
        }
        return text;
    }

    /** A text that is no longer than that; empty when the field is not there. */
    public String limited(String field, int longest) {
        String text = text(field);
        if (text.length() > longest) {
            throw bad("too-long", field, "The field '" + field + "' is longer than " + longest + " characters.");
        }
        return text;
    }

    /** Zero when the field is not there. */
    public BigDecimal amount(String field) {
        String text = fields.get(field);
        if (text == null) {
            return BigDecimal.ZERO;
        }
        if (!AMOUNT.matcher(text).matches()) {
            throw bad("bad-amount", field, "The field '" + field + "' is no amount such as 1234.50, without separators.");
        }
        return new BigDecimal(text);
    }

    public int number(String field, int least, int most) {
        String text = required(field);
        int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw bad("bad-number", field, "The field '" + field + "' is no whole number from " + least + " to " + most + ".");
        }
        return number;
    }

    public LocalDate date(String field) {
        String text = required(field);
        try {
            return text.length() == 10 ? LocalDate.parse(text) : LocalDate.parse(text, DAY);
        } catch (DateTimeException e) {
            throw bad("bad-date", field, "The field '" + field + "' is no date such as 20240115.");
        }
    }

    /** {@code 1, 0, 是, 否} and the like; false when the field is not there. */
    public boolean flag(String field) {
        return switch (text(field)) {
            case "", "0", "否", "N", "n", "false" -> false;
            case "1", "是", "Y", "y", "true" -> true;
            default -> throw bad("bad-flag", field, "The field '" + field + "' is neither 1 nor 0.");
        };
    }

    public BadFile bad(String code, String field, String message) {
        return new BadFile(code, line, field == null ? name : name + "/" + field, message);
    }
}
