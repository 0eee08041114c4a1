package org.yuzui.plugin.his.hl7;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * HL7's time stamps, {@code YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+ZZZZ]}. One without an offset is meant in the zone of the hub;
 * one with another offset is brought there, so that times compare as texts.
 */
public final class Times {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

    private Times() {
    }

    /** The moment; what is left out counts from its beginning. Empty when the text is no time, or names only a year or month. */
    public static Optional<OffsetDateTime> parse(String text, ZoneId zone) {
        try {
            int sign = Math.max(text.indexOf('+'), text.indexOf('-'));
            String local = sign < 0 ? text : text.substring(0, sign);
            int dot = local.indexOf('.');
            String digits = dot < 0 ? local : local.substring(0, dot);
            if (digits.length() < 8 || digits.length() > 14 || digits.length() % 2 != 0 || !isDigits(digits)) {
                return Optional.empty();
            }
            int nanos = dot < 0 ? 0 : nanos(local.substring(dot + 1));
            LocalDateTime time = LocalDateTime.of(number(digits, 0, 4), number(digits, 4, 6), number(digits, 6, 8),
                    number(digits, 8, 10), number(digits, 10, 12), number(digits, 12, 14), nanos);
            if (time.getYear() < 1800) {
                return Optional.empty();
            }
            return Optional.of(sign < 0 ? time.atZone(zone).toOffsetDateTime()
                    : time.atOffset(ZoneOffset.of(text.substring(sign))).atZoneSameInstant(zone).toOffsetDateTime());
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The day of a time stamp. */
    public static Optional<LocalDate> day(String text, ZoneId zone) {
        return parse(text, zone).map(OffsetDateTime::toLocalDate);
    }

    /** ISO 8601, to the second, or to the millisecond where there are any. */
    public static String iso(OffsetDateTime time) {
        return (time.getNano() < 1_000_000 ? SECONDS : MILLIS).format(time);
    }

    /** {@code 20260302083000}. */
    static String stamp(OffsetDateTime time) {
        return STAMP.format(time);
    }

    private static int number(String digits, int from, int to) {
        return from < digits.length() ? Integer.parseInt(digits, from, to, 10) : 0;
    }

    private static int nanos(String fraction) {
        if (!isDigits(fraction) || fraction.isEmpty()) {
            throw new NumberFormatException(fraction);
        }
        return Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
