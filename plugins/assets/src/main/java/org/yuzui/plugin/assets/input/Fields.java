package org.yuzui.plugin.assets.input;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fields of one record as the sender gave them. Each method answers null when the field is absent or wrong; what is wrong, and
 * what is required and absent, is told to the findings.
 */
public abstract class Fields {

    /** Whole digits of an amount: more than any budget has, and sums of them stay exact. */
    private static final int MOST_DIGITS = 13;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,30}|\\d{1,3}(,\\d{3}){1,9})(\\.\\d{1,30})?");
    private static final List<DateTimeFormatter> DAYS = List.of(day("uuuu-M-d"), day("uuuu/M/d"), day("uuuu.M.d"), day("uuuu年M月d日"),
            day("uuuuMMdd"));
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);

    private final Findings findings;
    private boolean sound = true;

    Fields(Findings findings) {
        this.findings = findings;
    }

    private static DateTimeFormatter day(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    /** How it is given. */
    enum Form { TEXT, NUMBER, DAY }

    /**
     * What stands in a field; {@code trouble} says why it is of no use.
     *
     * @param date of a day; of a number the day that it would be as a serial number; may be null
     */
    record Given(String text, BigDecimal number, LocalDate date, Form form, Trouble trouble) {
    }

    record Trouble(String code, String message) {
    }

    /** Null when the field is absent or empty. */
    abstract Given given(String field);

    /** Where it stands, or would stand. */
    abstract String place(String field);

    /** What the sender calls it. */
    abstract String name(String field);

    /** Whether {@link #bad} was not called. */
    public boolean sound() {
        return sound;
    }

    public boolean has(String field) {
        return given(field) != null;
    }

    public void bad(String field, String code, String value, String message) {
        sound = false;
        findings.add(code, field == null ? place("") : place(field), field == null ? null : name(field), value, message);
    }

    /** A number or a name that identifies something: as a number it may have lost zeros or digits. */
    public String code(String field, int most) {
        Given given = usable(field, true);
        if (given == null) {
            return null;
        }
        if (given.form() != Form.TEXT) {
            bad(field, "number-as-code", given.text(), "It stands there as a number, which loses leading zeros and long digits. "
                    + "Write it as text: format the column as text and enter it again, or quote it in JSON.");
            return null;
        }
        String code = given.text().strip();
        if (code.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0xFFFD)) {
            bad(field, "bad-code", null, "It has characters that no number has. Enter it again.");
            return null;
        }
        return withinLength(field, code, most);
    }

    /** A text for people. @param personal then what stands there is told to nobody */
    public String text(String field, int most, boolean required, boolean personal) {
        Given given = usable(field, required);
        if (given == null) {
            return null;
        }
        if (given.text().indexOf('\u0000') >= 0) {
            bad(field, "bad-text", null, "It has a character that no text has. Enter it again.");
            return null;
        }
        return withinLength(field, given.text().strip(), most, personal);
    }

    public String optionalCode(String field, int most) {
        return has(field) ? code(field, most) : null;
    }

    /** Not negative. @param decimals at most */
    public BigDecimal amount(String field, boolean required, int decimals) {
        Given given = usable(field, required);
        if (given == null) {
            return null;
        }
        BigDecimal number = given.number();
        if (given.form() == Form.DAY) {
            bad(field, "bad-number", given.text(), "It is a day, not a number. Format the column as a number and enter it again.");
            return null;
        }
        if (given.form() == Form.TEXT) {
            String text = given.text().strip();
            if (!NUMBER.matcher(text).matches()) {
                bad(field, "bad-number", text, "It is no number such as 1234.50. Write it without units and other signs.");
                return null;
            }
            number = new BigDecimal(text.replace(",", ""));
        }
        if (number.signum() < 0) {
            bad(field, "negative", given.text(), "It is negative. Write what it really is; a mistake is taken back by the status void.");
            return null;
        }
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        if (plain.scale() > decimals) {
            bad(field, "too-precise", given.text(), "It has more than " + decimals + " decimals. Round it in the book that it is from.");
            return null;
        }
        if (plain.precision() - plain.scale() > MOST_DIGITS) {
            bad(field, "too-large", given.text(), "It has more than " + MOST_DIGITS + " digits before the point.");
            return null;
        }
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    /** A signed number, as a ratio that the sender has reckoned. */
    public BigDecimal ratio(String field) {
        Given given = usable(field, false);
        if (given == null) {
            return null;
        }
        String text = given.text().strip();
        boolean percent = given.form() == Form.TEXT && text.endsWith("%");
        String digits = percent ? text.substring(0, text.length() - 1).strip() : text;
        if (given.form() == Form.DAY || given.form() == Form.TEXT && !NUMBER.matcher(digits).matches()) {
            bad(field, "bad-number", text, "It is no ratio such as 0.25 or 25%.");
            return null;
        }
        BigDecimal number = given.form() == Form.TEXT ? new BigDecimal(digits.replace(",", "")) : given.number();
        return percent ? number.movePointLeft(2) : number;
    }

    public LocalDate day(String field, boolean required) {
        Given given = usable(field, required);
        if (given == null) {
            return null;
        }
        LocalDate day = given.date();
        String text = given.text().strip();
        boolean serial = false;
        if (given.form() == Form.NUMBER) {
            boolean written = text.matches("\\d{8}"); // 20261105
            serial = day != null && !written;
            day = written ? parse(text) : null;
        } else if (given.form() == Form.TEXT) {
            day = parse(text);
        }
        if (day == null) {
            bad(field, serial ? "date-as-number" : "bad-date", text, serial ? "It stands there as a number; as a serial number it would be "
                    + given.date() + ". Format the column as a date." : "It is no day such as 2026-11-05. Write it like that, or as a date.");
            return null;
        }
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            bad(field, "bad-date", text, "It lies before 1900 or after 2199.");
            return null;
        }
        return day;
    }

    private static LocalDate parse(String text) {
        String day = text.length() > 10 && text.substring(10).matches("[ T]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?") ? text.substring(0, 10) : text;
        for (DateTimeFormatter form : DAYS) {
            try {
                return LocalDate.parse(day, form);
            } catch (DateTimeException e) {
                // the next form
            }
        }
        return null;
    }

    /** @param words what stands there, and what it means */
    public String choice(String field, boolean required, Map<String, String> words, Collection<String> shown) {
        Given given = usable(field, required);
        if (given == null) {
            return null;
        }
        String meant = words.get(given.text().strip());
        if (meant == null) {
            bad(field, "unknown-value", given.text().strip(), "It is none of " + String.join(", ", shown) + ".");
        }
        return meant;
    }

    private Given usable(String field, boolean required) {
        Given given = given(field);
        if (given == null) {
            if (required) {
                bad(field, "missing", null, "It is missing or empty.");
            }
            return null;
        }
        if (given.trouble() != null) {
            bad(field, given.trouble().code(), null, given.trouble().message());
            return null;
        }
        return given;
    }

    private String withinLength(String field, String text, int most) {
        return withinLength(field, text, most, false);
    }

    private String withinLength(String field, String text, int most, boolean personal) {
        if (text.isEmpty()) {
            bad(field, "missing", null, "It is missing or empty.");
            return null;
        }
        if (text.codePointCount(0, text.length()) > most) {
            bad(field, "too-long", personal ? null : text, "It has more than " + most + " characters.");
            return null;
        }
        return text;
    }
}
