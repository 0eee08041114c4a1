package org.yuzui.routing.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.scheduling.Scheduler;
import org.yuzui.scheduling.WorkCalendar;
import org.yuzui.scheduling.WorkCalendars;
import org.yuzui.spi.WorkCalendar.DayKind;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;

class HubCalendarTest {

    @Test
    void aPluginLearnsWhatKindOfDayItIsAndThatNobodyKnows(@TempDir Path folder) throws IOException {
        Files.copy(Path.of("../../config/calendar/holidays-2026.json"), folder.resolve("holidays-2026.json"));
        WorkCalendar calendar = WorkCalendars.load(folder);
        Scheduler scheduler = (Scheduler) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Scheduler.class},
                (proxy, method, arguments) -> calendar);
        HubCalendar hub = new HubCalendar(scheduler);

        assertThat(hub.of(LocalDate.of(2026, 3, 2))).isEqualTo(DayKind.WORKDAY);
        assertThat(hub.of(LocalDate.of(2026, 3, 7))).as("a Saturday").isEqualTo(DayKind.DAY_OFF);
        assertThat(hub.of(LocalDate.of(2026, 10, 1))).as("the national day").isEqualTo(DayKind.DAY_OFF);
        assertThat(hub.of(LocalDate.of(2026, 2, 14))).as("a make-up Saturday").isEqualTo(DayKind.WORKDAY);
        assertThat(hub.of(LocalDate.of(2027, 3, 2))).as("not announced").isEqualTo(DayKind.UNKNOWN);
    }
}
