package org.yuzui.plugin.hr.database;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/** How far a table was read, as text and as what JDBC takes: a number, a day, a time with an offset or without. */
record Watermark(Object value) implements Comparable<Watermark> {

    static Watermark parse(String text) {
        if (text.matches("-?\\d+(\\.\\d+)?")) {
            return new Watermark(new BigDecimal(text));
        }
        if (text.length() == 10) {
            return new Watermark(LocalDate.parse(text));
        }
        return new Watermark(text.matches(".*(Z|[+-]\\d\\d:\\d\\d(:\\d\\d)?)") ? OffsetDateTime.parse(text) : LocalDateTime.parse(text));
    }

    /** So much before: seconds of a time, whole days of a day. */
    Watermark back(int overlap) {
        if (value instanceof BigDecimal number) {
            return new Watermark(number.subtract(BigDecimal.valueOf(overlap)));
        }
        if (value instanceof LocalDate day) {
            return new Watermark(day.minusDays(Duration.ofSeconds(overlap).toDays()));
        }
        return new Watermark(value instanceof OffsetDateTime time ? time.minusSeconds(overlap) : ((LocalDateTime) value).minusSeconds(overlap));
    }

    /** Of the same column, hence of the same kind. */
    @Override
    public int compareTo(Watermark other) {
        if (value instanceof BigDecimal number) {
            return number.compareTo((BigDecimal) other.value);
        }
        if (value instanceof LocalDate day) {
            return day.compareTo((LocalDate) other.value);
        }
        return value instanceof OffsetDateTime time ? time.toInstant().compareTo(((OffsetDateTime) other.value).toInstant())
                : ((LocalDateTime) value).compareTo((LocalDateTime) other.value);
    }

    String text() {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
