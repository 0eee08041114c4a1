package org.yuzui.reporting;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A stretch of the calendar that a form is answered for or added up over, as people write it: {@code 2026-11-22},
 * {@code 2026-W47} (ISO 8601: from Monday, in the year that holds its Thursday), {@code 2026-11}, {@code 2026-Q4},
 * {@code 2026-H2}, {@code 2026}.
 *
 * @param first its first day
 */
public record Period(Kind kind, LocalDate first) {

    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{4})(?:-(?:(\\d{2})(?:-(\\d{2}))?|W(\\d{2})|Q([1-4])|H([12])))?");

    /** How long a period is, the shortest first. */
    public enum Kind {
        DAY("2026-11-22", 0), WEEK("2026-W47", 0), MONTH("2026-11", 1), QUARTER("2026-Q4", 3), HALF_YEAR("2026-H2", 6),
        YEAR("2026", 12);

        private final String example;
        private final int months;

        Kind(String example, int months) {
            this.example = example;
            this.months = months;
        }

        /** How a period of this kind is written. */
        public String example() {
            return example;
        }

        /** Whether its periods are made up of whole ones of the other kind. Weeks cut months and years in two. */
        public boolean consistsOf(Kind part) {
            return this == part || part == DAY || part.months > 0 && months > part.months;
        }

        /** The kind that a form file calls so. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values()).filter(k -> k.toString().equals(word)).findFirst();
        }

        /** All words that {@link #of} takes. */
        public static List<String> words() {
            return Arrays.stream(values()).map(Kind::toString).toList();
        }

        /** As form files call it: {@code half-year}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private LocalDate firstDay(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                default -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / months * months + 1, 1);
            };
        }

        private LocalDate dayAfter(LocalDate first) {
            return switch (this) {
                case DAY -> first.plusDays(1);
                case WEEK -> first.plusWeeks(1);
                default -> first.plusMonths(months);
            };
        }
    }

    /** @throws IllegalArgumentException when no period of the kind begins on the day */
    public Period {
        if (!kind.firstDay(first).equals(first)) {
            throw new IllegalArgumentException("No " + kind + " begins on " + first + ".");
        }
    }

    /** The one that holds the day. */
    public static Period of(Kind kind, LocalDate day) {
        return new Period(kind, kind.firstDay(day));
    }

    /** @throws IllegalArgumentException saying how each kind is written */
    public static Period parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (written.matches()) {
            try {
                Period period = read(written);
                if (period.toString().equals(text)) { // 2026-W00 and W54 would be weeks of other years
                    return period;
                }
            } catch (DateTimeException e) {
                throw unreadable(text, e);
            }
        }
        throw unreadable(text, null);
    }

    private static Period read(Matcher written) {
        int year = Integer.parseInt(written.group(1));
        if (written.group(3) != null) {
            return new Period(Kind.DAY, LocalDate.of(year, number(written, 2), number(written, 3)));
        }
        if (written.group(2) != null) {
            return new Period(Kind.MONTH, LocalDate.of(year, number(written, 2), 1));
        }
        if (written.group(4) != null) { // the 4th of January is always in the first week
            return of(Kind.WEEK, LocalDate.of(year, 1, 4).plusWeeks(number(written, 4) - 1L));
        }
        if (written.group(5) != null) {
            return new Period(Kind.QUARTER, LocalDate.of(year, number(written, 5) * 3 - 2, 1));
        }
        return written.group(6) != null ? new Period(Kind.HALF_YEAR, LocalDate.of(year, number(written, 6) * 6 - 5, 1))
                : new Period(Kind.YEAR, LocalDate.of(year, 1, 1));
    }

    private static int number(Matcher written, int group) {
        return Integer.parseInt(written.group(group));
    }

    private static IllegalArgumentException unreadable(String text, DateTimeException cause) {
        return new IllegalArgumentException("'" + text + "' is not a period; write " + Arrays.stream(Kind.values())
                .map(k -> "a " + k + " (" + k.example() + ")").collect(Collectors.joining(", ")) + ".", cause);
    }

    public LocalDate last() {
        return kind.dayAfter(first).minusDays(1);
    }

    public boolean contains(LocalDate day) {
        return !day.isBefore(first) && day.isBefore(kind.dayAfter(first));
    }

    /** The one of the same kind after it. */
    public Period next() {
        return new Period(kind, kind.dayAfter(first));
    }

    /** The one of the same kind before it. */
    public Period previous() {
        return of(kind, first.minusDays(1));
    }

    /** The one of the same name a year before: of a day the same date, of a week the one that holds the day 52 weeks before. */
    public Period lastYear() {
        return of(kind, kind == Kind.WEEK ? first.minusWeeks(52) : first.minusYears(1));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return switch (kind) {
            case DAY -> first.toString();
            case WEEK -> "%04d-W%02d".formatted(first.get(IsoFields.WEEK_BASED_YEAR),
                    first.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> "%04d-%02d".formatted(first.getYear(), first.getMonthValue());
            case QUARTER -> "%04d-Q%d".formatted(first.getYear(), first.getMonthValue() / 3 + 1);
            case HALF_YEAR -> "%04d-H%d".formatted(first.getYear(), first.getMonthValue() / 6 + 1);
            case YEAR -> "%04d".formatted(first.getYear());
        };
    }
}
