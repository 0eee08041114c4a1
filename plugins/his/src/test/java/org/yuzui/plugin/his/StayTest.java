package org.yuzui.plugin.his;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** A visit's events as a timeline: {@code A01@05} is an A01 on 5 March at noon, {@code A01i} of an inpatient, {@code o} of an outpatient. */
class StayTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            // events | registered, admitted, discharged, days, in house at the end of which days (1..12)
            "A01i@03,                                  -, 3, -,  0, 3-12",
            "A01i@03 A03i@07,                          -, 3, 7,  4, 3-6",
            "A01i@03 A03i@03,                          -, 3, 3,  1, -",
            "A01i@03 A02i@05 A08i@06 A03i@07,          -, 3, 7,  4, 3-6",
            "A01i@03 A11i@04,                          -, -, -,  0, -",
            "A01i@03 A11i@04 A08i@05,                  -, -, -,  0, -",
            "A01i@03 A11i@04 A01i@05,                  -, 5, -,  0, 5-12",
            "A01i@03 A03i@07 A13i@08,                  -, 3, -,  0, 3-12",
            "A01i@03 A03i@07 A13i@08 A03i@09,          -, 3, 9,  6, 3-8",
            "A04o@03,                                  3, -, -,  0, -",
            "A04o@03 A11o@03,                          -, -, -,  0, -",
            "A04o@03 A08o@04,                          3, -, -,  0, -",
            "A04o@03 A06i@04 A03i@08,                  3, 4, 8,  4, 4-7",
            "A04o@03 A06i@04 A11i@05,                  3, -, -,  0, -",
            "A05i@02 A01i@03,                          -, 3, -,  0, 3-12",
            "A05i@02,                                  -, -, -,  0, -",
            "A01i@03 A09i@04 A10i@05 A12i@06 A17i@07,  -, 3, -,  0, 3-12",
            "A01i@03 A07o@06,                          -, 3, 6,  3, 3-5",
            "A01i@03 A07o@06 A08o@07,                  -, 3, 6,  3, 3-5",
            "A01i@03 A07o@06 A06i@08,                  -, 8, -,  0, 8-12",
            "A01i@03 A11i@04 A07o@06,                  -, -, -,  0, -",
            "A01o@03,                                  3, -, -,  0, -",
            "A04i@03,                                  -, 3, -,  0, 3-12",
            "A02i@05,                                  -, -, -,  0, 5-12",
            "A02i@05 A03i@08,                          -, -, 8,  3, 5-7",
            "A03i@08,                                  -, -, 8,  1, -",
            "A03o@08,                                  -, -, -,  0, -"})
    void whatTheEventsMakeOfAVisit(String events, Integer registered, Integer admitted, Integer discharged, long days,
                                   String inHouse) {
        List<VisitEvent> timeline = Arrays.stream(events.split(" ")).map(StayTest::event).toList();
        Random random = new Random(7);

        for (int shuffle = 0; shuffle < 20; shuffle++) {
            List<VisitEvent> arrived = new ArrayList<>(timeline);
            arrived.addAll(timeline.subList(0, shuffle % timeline.size()));
            Collections.shuffle(arrived, random);
            Stay stay = Stay.of(arrived);

            assertThat(only(stay::registeredOn)).as("registered, arrived as %s", arrived).isEqualTo(one(registered));
            assertThat(only(stay::admittedOn)).as("admitted, arrived as %s", arrived).isEqualTo(one(admitted));
            assertThat(only(stay::dischargedOn)).as("discharged, arrived as %s", arrived).isEqualTo(one(discharged));
            assertThat(only(stay::inHouseAtEndOf)).as("in house, arrived as %s", arrived).isEqualTo(range(inHouse));
            assertThat(stay.days()).as("days, arrived as %s", arrived).isEqualTo(days);
        }
    }

    @Test
    void anUpdatePutsTheDayOfAdmissionRight() {
        Stay stay = Stay.of(List.of(event("A01i@03"),
                new VisitEvent("u", "v", "A08", "2026-03-04T12:00:00+08:00", true, day(2), null)));

        assertThat(only(stay::admittedOn)).containsExactly(2);
    }

    @Test
    void aRetiredVisitIsTheSameToldTwiceOrTheBeginningOfTheSurvivingOne() {
        Stay twice = Stay.of(List.of(event("A01i@04")), List.of(event("A01i@03"), event("A03i@06")));
        assertThat(only(twice::admittedOn)).containsExactly(3);
        assertThat(only(twice::inHouseAtEndOf)).isEqualTo(range("3-5"));

        Stay renumbered = Stay.of(List.of(event("A01i@04")), List.of(event("A03i@06")));
        assertThat(only(renumbered::admittedOn)).containsExactly(4);
        assertThat(only(renumbered::dischargedOn)).containsExactly(6);
    }

    @Test
    void ofEventsInTheSameSecondTheOneThatUndoesIsLast() {
        assertThat(Stay.of(List.of(event("A11i@03"), event("A01i@03"))).admittedOn(day(3))).isFalse();
        assertThat(Stay.of(List.of(event("A01i@03"), event("A13i@05"), event("A03i@05"))).dischargedOn(day(5))).isFalse();
    }

    private interface OnDay {
        boolean holds(LocalDate day);
    }

    private static Set<Integer> only(OnDay what) {
        Set<Integer> days = new HashSet<>();
        for (int day = 1; day <= 12; day++) {
            if (what.holds(day(day))) {
                days.add(day);
            }
        }
        return days;
    }

    private static Set<Integer> one(Integer day) {
        return day == null ? Set.of() : Set.of(day);
    }

    private static Set<Integer> range(String range) {
        Set<Integer> days = new HashSet<>();
        if (range != null) {
            String[] ends = range.split("-");
            for (int day = Integer.parseInt(ends[0]); day <= Integer.parseInt(ends[1]); day++) {
                days.add(day);
            }
        }
        return days;
    }

    private static VisitEvent event(String text) {
        int day = Integer.parseInt(text.substring(5));
        String event = text.substring(0, 3);
        boolean admits = event.equals("A01") || event.equals("A04") || event.equals("A06");
        return new VisitEvent("u", "v", event, day(day) + "T12:00:00+08:00", text.charAt(3) == 'i',
                admits ? day(day) : null, event.equals("A03") ? day(day) : null);
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 3, day);
    }
}
