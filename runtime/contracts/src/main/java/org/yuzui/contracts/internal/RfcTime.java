package org.yuzui.contracts.internal;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * RFC 3339's full-date and date-time as {@code java.time} can read them afterwards: at most nine decimals, no leap second.
 * The library's own readers write values that they refuse to the debug log, where personal data must not go.
 */
enum RfcTime implements Format {

    DATE("date", "\\d{4}-\\d\\d-\\d\\d") {
        @Override
        void parse(String text) {
            LocalDate.parse(text);
        }
    },
    DATE_TIME("date-time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)") {
        @Override
        void parse(String text) {
            OffsetDateTime.parse(text);
        }
    };

    private final String format;
    private final Pattern shape;

    RfcTime(String format, String shape) {
        this.format = format;
        this.shape = Pattern.compile(shape);
    }

    abstract void parse(String text);

    @Override
    public String getName() {
        return format;
    }

    @Override
    public boolean matches(ExecutionContext context, String value) {
        return matches(value);
    }

    boolean matches(String value) {
        if (isCommon(value)) {
            return true;
        }
        if (!shape.matcher(value).matches()) {
            return false;
        }
        try {
            parse(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** What nearly every time looks like, seen without a pattern and without making one: whole seconds, up to the 28th. */
    private boolean isCommon(String text) {
        int length = text.length();
        if (length < 10 || !digits(text, 0, 4) || text.charAt(4) != '-' || !within(text, 5, 1, 12) || text.charAt(7) != '-'
                || !within(text, 8, 1, 28)) {
            return false;
        }
        if (this == DATE) {
            return length == 10;
        }
        return (length == 20 && text.charAt(19) == 'Z'
                || length == 25 && (text.charAt(19) == '+' || text.charAt(19) == '-') && within(text, 20, 0, 17)
                        && text.charAt(22) == ':' && within(text, 23, 0, 59))
                && text.charAt(10) == 'T' && within(text, 11, 0, 23) && text.charAt(13) == ':' && within(text, 14, 0, 59)
                && text.charAt(16) == ':' && within(text, 17, 0, 59);
    }

    private static boolean within(String text, int at, int least, int most) {
        if (!digits(text, at, at + 2)) {
            return false;
        }
        int number = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
        return number >= least && number <= most;
    }

    private static boolean digits(String text, int from, int until) {
        for (int i = from; i < until; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
