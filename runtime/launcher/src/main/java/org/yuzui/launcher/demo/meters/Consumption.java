package org.yuzui.launcher.demo.meters;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;

/** What a meter shows at a time: invented, plausible, and at any time the same however often it is asked. */
final class Consumption {

    private static final ZoneId SITE = ZoneId.of("Asia/Shanghai");
    /** Every counter began somewhere on this day. */
    private static final LocalDate BEGIN = LocalDate.of(2025, 1, 1);
    private static final Map<String, Double> A_PERSON_AND_DAY = Map.of("electricity", 4.5, "gas", 0.25, "heat", 0.02, "water", 0.12);
    /** Shares of a working day by the hour; nights are quiet but not still. */
    private static final double[] HOURS = {1, 1, 1, 1, 1, 1.2, 2, 4, 8, 9, 9, 8, 6, 6, 8, 9, 9, 7, 4, 3, 2.5, 2, 1.5, 1};
    private static final double DAY_OFF = 0.35;
    private static final double HOURS_SUM = java.util.Arrays.stream(HOURS).sum();

    private Consumption() {
    }

    /** The cumulative value with the meter's decimals. */
    static BigDecimal shown(Meter meter, Instant at) {
        if (meter.kind().equals("set-point")) {
            return BigDecimal.valueOf(24 + Math.floorMod(meter.id().hashCode(), 5)).setScale(meter.decimals(), RoundingMode.DOWN);
        }
        ZonedDateTime now = at.atZone(SITE);
        double days = 0;
        LocalDate today = now.toLocalDate();
        for (LocalDate day = BEGIN; day.isBefore(today); day = day.plusDays(1)) {
            days += weight(meter, day);
        }
        double part = 0;
        for (int hour = 0; hour < now.getHour(); hour++) {
            part += HOURS[hour];
        }
        part += HOURS[now.getHour()] * (now.getMinute() * 60 + now.getSecond()) / 3600;
        double value = (days + weight(meter, today) * part / HOURS_SUM) * A_PERSON_AND_DAY.get(meter.kind()) * meter.people();
        return BigDecimal.valueOf(1000 + value).setScale(meter.decimals(), RoundingMode.DOWN);
    }

    private static double weight(Meter meter, LocalDate day) {
        boolean off = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return (off ? DAY_OFF : 1) * (0.95 + 0.1 * Math.floorMod(31 * meter.id().hashCode() + 17 * day.hashCode(), 100) / 100);
    }
}
