package org.yuzui.scheduling.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.PluginContent.HubFile;
import org.yuzui.kernel.PluginException;
import org.yuzui.kernel.Title;
import org.yuzui.scheduling.Schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScheduleFileTest {

    @Test
    void readsEveryKey() {
        assertThat(read("daily-summary", """
                title: {zh: 日报, en: Daily summary}
                cron: '0 0 2 * * ?'
                calendar: workdays
                misfire: run-all
                timeout: 1h30m
                covers: previous-day
                """)).isEqualTo(new Schedule("his/daily-summary", new Title("日报", "Daily summary"), "his", "0 0 2 * * ?",
                null, true, Schedule.Misfire.RUN_ALL, Duration.ofMinutes(90), Schedule.Covers.PREVIOUS_DAY));
    }

    @Test
    void whatIsLeftOutHasADefault() {
        assertThat(read("poll", "every: 90s")).isEqualTo(new Schedule("his/poll", new Title("poll", "poll"), "his", null,
                Duration.ofSeconds(90), false, Schedule.Misfire.RUN_ONCE, Duration.ofMinutes(10), Schedule.Covers.SAME_DAY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cron: '0 0 2 * *'                        | bad-cron       | 1 | six fields",
            "cron: '0 0 2 30 2 ?'                     | bad-cron       | 1 | never due",
            "cron: '0 0 2 * * *'                      | bad-cron       | 1 | ?",
            "every: 0s                                | bad-duration   | 1 | 30s",
            "every: 25h                               | bad-duration   | 1 | 24h",
            "every: often                             | bad-duration   | 1 | 30s",
            "every: 30                                | missing-key    | 1 | every",
            "'title: x'                               | missing-key    |   | neither",
            "'every: 1h\ncron: ''0 0 2 * * ?'''       | missing-key    | 1 | both",
            "'every: 1h\ntimout: 3m'                  | unknown-key    | 2 | 'timeout'",
            "'every: 1h\ntimeout: 30h'                | bad-duration   | 2 | 24h",
            "'every: 1h\ncalendar: work-days'         | unknown-value  | 2 | 'workdays'",
            "'every: 1h\nmisfire: run-onse'           | unknown-value  | 2 | 'run-once'",
            "'every: 1h\ncovers: yesterday'           | unknown-value  | 2 | previous-day",
            "'every: 1h\n  misfire: skip'             | bad-yaml       | 2 | YAML",
    })
    void saysWhatIsWrongWithAFileAndWhere(String yaml, String code, Integer line, String said) {
        assertThatThrownBy(() -> read("s", yaml)).isInstanceOfSatisfying(PluginException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(code);
            assertThat(e.problem().place()).startsWith("his.jar!s.schedule.yaml" + (line == null ? "" : ":" + line));
            assertThat(e.problem().sentence()).contains(said);
        });
    }

    @Test
    void theFileNameIsTheId() {
        assertThatThrownBy(() -> read("Daily Summary", "every: 1h")).hasMessageContaining("daily-summary.schedule.yaml");
    }

    private static Schedule read(String name, String yaml) {
        return ScheduleFile.read(new HubFile(name, "his.jar!" + name + ".schedule.yaml", yaml.getBytes(StandardCharsets.UTF_8)),
                "his", ZoneId.of("Asia/Shanghai"), Instant.parse("2026-11-22T04:00:00Z"));
    }
}
