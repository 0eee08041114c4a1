package org.yuzui.plugin.his.hl7;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.ZoneId;

import static org.assertj.core.api.Assertions.assertThat;

class TimesTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @CsvSource({
            "20260302,                 2026-03-02T00:00:00+08:00",
            "2026030208,               2026-03-02T08:00:00+08:00",
            "202603020830,             2026-03-02T08:30:00+08:00",
            "20260302083015,           2026-03-02T08:30:15+08:00",
            "20260302083015.1234,      2026-03-02T08:30:15.123+08:00",
            "20260302083015.0001,      2026-03-02T08:30:15+08:00",
            "20260302003015+0000,      2026-03-02T08:30:15+08:00",
            "20260301193015-0500,      2026-03-02T08:30:15+08:00",
            "19280410000000,           1928-04-10T00:00:00+08:00",
            "20240229,                 2024-02-29T00:00:00+08:00"})
    void timesThatAreOne(String text, String iso) {
        assertThat(Times.parse(text, ZONE).map(Times::iso)).contains(iso);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026", "202603", "2026030", "20260230", "20261301", "20260302250000", "2026030208301599",
            "2026-03-02", "today", "20260302083015.", "20260302+99", "+0800", "00000000", "٢٠٢٦٠٣٠٢"})
    void textsThatAreNone(String text) {
        assertThat(Times.parse(text, ZONE)).isEmpty();
    }
}
