package org.yuzui.system;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Working days as the State Council's notices say them, counted without the hub. */
final class WorkDays {

    private final Set<LocalDate> off = new HashSet<>();
    private final Set<LocalDate> madeUp = new HashSet<>();

    /** @param folder {@code config/calendar} */
    WorkDays(Path folder) throws IOException {
        List<Path> notices;
        try (Stream<Path> files = Files.list(folder)) {
            notices = files.filter(f -> f.toString().endsWith(".json")).toList();
        }
        for (Path notice : notices) {
            JsonNode year = Rest.JSON.readTree(notice.toFile());
            year.path("workdays").forEach(day -> madeUp.add(LocalDate.parse(day.asText())));
            year.path("holidays").forEach(holiday -> LocalDate.parse(holiday.path("from").asText())
                    .datesUntil(LocalDate.parse(holiday.path("to").asText()).plusDays(1)).forEach(off::add));
        }
    }

    /** The n-th working day after a day. */
    LocalDate after(LocalDate day, int n) {
        LocalDate at = day;
        for (int left = n; left > 0; ) {
            at = at.plusDays(1);
            boolean weekend = at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY;
            if (madeUp.contains(at) || !weekend && !off.contains(at)) {
                left--;
            }
        }
        return at;
    }
}
