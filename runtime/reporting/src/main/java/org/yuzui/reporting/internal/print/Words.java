package org.yuzui.reporting.internal.print;

import org.yuzui.kernel.Title;
import org.yuzui.reporting.Indicator;
import org.yuzui.reporting.Period;
import org.yuzui.reporting.Unit;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** How a printed report says things, in Chinese or English. */
record Words(boolean english) {

    String of(String zh, String en) {
        return english ? en : zh;
    }

    String title(Title title) {
        return english && title.en() != null && !title.en().isBlank() ? title.en() : title.zh();
    }

    String name(Unit unit) {
        return english ? unit.nameEn() : unit.name();
    }

    /** {@code 2026年第3季度}; as the hub writes it in English. */
    String period(Period period) {
        if (english) {
            return period.toString();
        }
        LocalDate first = period.first();
        return switch (period.kind()) {
            case DAY -> day(first);
            case WEEK -> first.get(IsoFields.WEEK_BASED_YEAR) + "年第" + first.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) + "周";
            case MONTH -> first.getYear() + "年" + first.getMonthValue() + "月";
            case QUARTER -> first.getYear() + "年第" + (first.getMonthValue() / 3 + 1) + "季度";
            case HALF_YEAR -> first.getYear() + (first.getMonthValue() == 1 ? "年上半年" : "年下半年");
            case YEAR -> first.getYear() + "年";
        };
    }

    private static String day(LocalDate day) {
        return day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }

    String time(ZonedDateTime at) {
        return english ? DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).format(at)
                : day(at.toLocalDate()) + DateTimeFormatter.ofPattern(" HH:mm", Locale.ROOT).format(at);
    }

    /** Rounded as the form says, with a comma before each three digits; a dash for none. */
    String number(Indicator indicator, BigDecimal value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%,." + indicator.precision() + "f", indicator.round(value));
    }

    /** {@code 用电 (kWh)} */
    String head(Indicator indicator) {
        return title(indicator.title()) + (indicator.unit() == null ? "" : " (" + indicator.unit() + ")");
    }
}
