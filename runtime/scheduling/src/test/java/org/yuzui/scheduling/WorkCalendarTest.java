package org.yuzui.scheduling;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yuzui.kernel.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkCalendarTest {

    /** The files that the hub ships. */
    static final Path SHIPPED = Path.of("../../config/calendar");
    private static final String SOUND = """
            {
              "year": 2030,
              "notice": "https://example.org/2030",
              "holidays": [
                { "name": "元旦", "from": "2029-12-31", "to": "2030-01-02" },
                { "name": "春节", "from": "2030-02-02", "to": "2030-02-08" }
              ],
              "workdays": [
                "2029-12-29",
                "2030-02-10"
              ]
            }""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"2022,249", "2023,249", "2024,251", "2025,248", "2026,248"})
    void countsTheWorkingDaysOfAYear(int year, long days) {
        WorkCalendar shipped = WorkCalendars.load(SHIPPED);

        assertThat(LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1)).filter(shipped::isWorkday).count())
                .isEqualTo(days);
    }

    @Test
    void countsTheWorkingDaysOfEachMonthOf2026() {
        WorkCalendar shipped = WorkCalendars.load(SHIPPED);

        assertThat(IntStream.rangeClosed(1, 12).mapToLong(m -> YearMonth.of(2026, m).atDay(1)
                .datesUntil(YearMonth.of(2026, m).plusMonths(1).atDay(1)).filter(shipped::isWorkday).count()))
                .containsExactly(21L, 16L, 22L, 21L, 19L, 21L, 23L, 21L, 22L, 18L, 21L, 23L);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01,false", "2026-01-04,true", "2026-01-05,true", "2026-02-14,true", "2026-02-17,false",
            "2026-10-10,true", "2026-10-11,false", "2022-12-31,false", "2025-10-08,false", "2025-10-11,true"})
    void knowsHolidaysAndMakeUpDays(LocalDate day, boolean work) {
        assertThat(WorkCalendars.load(SHIPPED).isWorkday(day)).isEqualTo(work);
    }

    @ParameterizedTest
    @CsvSource({"2026-09-30,1,2026-10-08", "2026-09-30,2,2026-10-09", "2026-09-30,3,2026-10-10", "2026-09-30,4,2026-10-12"})
    void countsOnByWorkingDays(LocalDate day, int n, LocalDate then) {
        assertThat(WorkCalendars.load(SHIPPED).plusWorkdays(day, n)).isEqualTo(then);
    }

    @Test
    void doesNotGuessAYearWithoutANotice() throws IOException {
        write("holidays-2031.json", "{\"year\": 2031, \"holidays\": [], \"workdays\": []}");
        write("holidays-2030.json", SOUND);
        WorkCalendar calendar = WorkCalendars.load(folder);

        assertThat(calendar.years()).containsExactly(Year.of(2030));
        assertThatThrownBy(() -> calendar.isWorkday(LocalDate.of(2031, 3, 3))).isInstanceOfSatisfying(
                ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("calendar-unknown");
                    assertThat(e).hasMessageContaining("holidays-2031.json");
                });
        assertThatThrownBy(() -> calendar.plusWorkdays(LocalDate.of(2030, 12, 31), 1)).hasMessageContaining("2031");
    }

    @Test
    void aNoticeMaySpeakOfTheDaysBeforeItsYear() throws IOException {
        write("holidays-2030.json", SOUND);
        write("holidays-2029.json", SOUND.replaceAll("(?s)\"year\".*", """
                "year": 2029, "holidays": [{"name": "元旦", "from": "2029-01-01", "to": "2029-01-01"}], "workdays": []}"""));
        WorkCalendar calendar = WorkCalendars.load(folder);

        assertThat(calendar.isWorkday(LocalDate.of(2029, 12, 31))).isFalse();
        assertThat(calendar.isWorkday(LocalDate.of(2029, 12, 29))).isTrue();
    }

    @Test
    void aMissingFolderKnowsNoYear() {
        assertThat(WorkCalendars.load(folder.resolve("none")).years()).isEmpty();
        assertThat(WorkCalendars.none().years()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'\"year\": 2030'           | '\"year\": 2031'        | 2  | year",
            "'\"notice\"'               | '\"notise\"'            | 3  | 'notice'",
            "'\"holidays\"'             | '\"holliday\"'          | 4  | 'holidays'",
            "'2029-12-31'               | '2030-13-31'            | 5  | not a date",
            "'2029-12-31'               | '2029-11-30'            | 5  | not in this year",
            "'2030-01-02'               | '2029-12-30'            | 5  | days",
            "'2030-02-08'               | '2030-03-30'            | 6  | days",
            "'2030-02-02\", \"to\": \"2030-02-08' | '2030-01-02\", \"to\": \"2030-01-05' | 6  | two holidays",
            "'\"name\": \"春节\"'       | '\"nam\": \"春节\"'     | 6  | 'name'",
            "'2030-02-10'               | '2030-02-02'            | 10 | holiday too",
            "'2030-02-10'               | '2030-02-11'            | 10 | anyway",
            "'2030-02-10'               | '2029-12-29'            | 10 | twice",
            "'\"2030-02-10\"\n  ]'      | '\"2030-02-10\"\n'      | 12 | YAML",
    })
    void saysWhatIsWrongWithAFileAndWhere(String what, String instead, int line, String said) throws IOException {
        assertThat(SOUND).contains(what);
        write("holidays-2030.json", SOUND.replace(what, instead));

        assertThatThrownBy(() -> WorkCalendars.load(folder)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("bad-calendar");
            assertThat(e.problem().place()).contains("holidays-2030.json:" + line);
            assertThat(e.problem().sentence()).contains(said);
        });
    }

    @Test
    void refusesAFileThatNobodyWouldRead() throws IOException {
        write("holiday-2030.json", SOUND);

        assertThatThrownBy(() -> WorkCalendars.load(folder)).hasMessageContaining("holidays-YYYY.json");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
