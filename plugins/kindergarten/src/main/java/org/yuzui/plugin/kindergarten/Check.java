package org.yuzui.plugin.kindergarten;

import org.yuzui.spi.Settings;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * A period in which labels are scanned to be compared with the book: as the settings name them, or else each month.
 *
 * @param name {@code 2026-11}, or the setting's
 */
record Check(String name, LocalDate from, LocalDate to) {

    /** Those that are under way on a day, its last day included. */
    static List<Check> on(LocalDate day, Settings settings) {
        List<Check> named = new ArrayList<>();
        settings.tree().path("checks").properties().forEach(e -> named.add(new Check(e.getKey(),
                LocalDate.parse(e.getValue().path("from").asText()), LocalDate.parse(e.getValue().path("to").asText()))));
        if (named.isEmpty()) {
            YearMonth month = YearMonth.from(day);
            return List.of(new Check(month.toString(), month.atDay(1), month.atEndOfMonth()));
        }
        return named.stream().filter(c -> !day.isBefore(c.from) && !day.isAfter(c.to)).toList();
    }

    boolean isClosedOn(LocalDate day) {
        return !day.isBefore(to);
    }
}
