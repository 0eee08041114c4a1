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
}
