package org.yuzui.launcher.demo;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrafficTest {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 22);
    private static final LocalDate FIRST = LAST.minusDays(3);

    @Test
    void theSameArgumentsGiveTheSameBytes() {
        assertThat(texts(traffic(2000, 7))).isEqualTo(texts(traffic(2000, 7)));
        assertThat(texts(traffic(2000, 8))).doesNotContainAnyElementsOf(texts(traffic(2000, 7)));
    }

    @Test
    void thereAreExactlyAsManyMessagesAsAskedForEachWithAnIdOfItsOwn() {
        for (int count : new int[] {0, 1, 8, 9, 10, 777, 5000}) {
            List<Outgoing.Frame> frames = frames(traffic(count, 1));
            assertThat(frames).hasSize(count);
            assertThat(frames.stream().map(Outgoing.Frame::controlId).distinct()).hasSize(count);
        }
    }

    @Test
    void aLargerCountTellsTheVisitsOfASmallerOneToo() {
        Set<String> all = new HashSet<>(texts(traffic(4000, 1)));
        assertThat(texts(traffic(2000, 1)).stream().filter(t -> !t.contains("|MX"))).allMatch(all::contains);
    }

    @Test
    void messagesOfAVisitStayInOrderOnOneConnection() {
        List<List<Outgoing>> lanes = traffic(3000, 1).lanes(7);
        Map<String, Integer> laneOfVisit = new HashMap<>();
        Map<String, String> lastTime = new HashMap<>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            assertThat(lanes.get(lane)).isNotEmpty();
            for (Outgoing message : lanes.get(lane)) {
                Map<String, String[]> m = segments(text(message.frame()));
                String visit = m.get("PV1")[19];
                assertThat(laneOfVisit.merge(visit, lane, (a, b) -> a)).isEqualTo(lane);
                String time = m.get("MSH")[6];
                assertThat(time).isGreaterThanOrEqualTo(lastTime.getOrDefault(visit, ""));
                lastTime.put(visit, time);
            }
        }
    }

    @Test
    void everyHospitalDeclaresTheCharsetThatItWrites() throws Exception {
        Set<String> declared = new TreeSet<>();
        for (Outgoing message : traffic(500, 1).lanes(1).get(0)) {
            byte[] bytes = message.frame().bytes();
            String charset = segments(new String(bytes, StandardCharsets.ISO_8859_1)).get("MSH")[17];
            declared.add(charset);
            String text = new String(bytes, charset.equals("UNICODE UTF-8") ? "UTF-8" : "GB18030");
            assertThat(text).contains("|测试^").contains("^测试医师|").doesNotContain("\ufffd");
        }
        assertThat(declared).containsExactly("GB 18030-2000", "UNICODE UTF-8");
    }

    @Test
    void allTriggerEventsOccurAndDatesStayInTheWindow() throws Exception {
        Set<String> types = new TreeSet<>();
        for (String text : texts(traffic(6000, 1))) {
            String[] header = segments(text).get("MSH");
            types.add(header[8].substring(0, 7));
            assertThat(header[6].substring(0, 8)).isBetween("20261119", "20261122");
        }
        assertThat(types).containsExactly("ADT^A01", "ADT^A02", "ADT^A03", "ADT^A04", "ADT^A08", "ADT^A11", "ADT^A13", "ORU^R01");
    }

    /** Counts from the messages alone, as the other side has to, and compares with what the sender promises. */
    @Test
    void theExpectationIsWhatTheMessagesSay() {
        Traffic traffic = traffic(6000, 3);
        Map<String, String[]> finalState = new LinkedHashMap<>();
        for (String text : texts(traffic)) {
            Map<String, String[]> m = segments(text);
            String[] pv1 = m.get("PV1");
            String event = m.get("MSH")[8].substring(4, 7);
            if (!event.equals("R01")) {
                finalState.put(pv1[19], new String[] {m.get("MSH")[3], pv1[2], day(pv1[44]), day(pv1[45]), event});
            }
        }
        Expectation expectation = traffic.expectation();
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            for (Hospital hospital : hospitals()) {
                int[] c = new int[4];
                for (String[] visit : finalState.values()) {
                    if (!visit[0].equals(hospital.facility()) || visit[4].equals("A11")) {
                        continue;
                    }
                    String d = day.toString().replace("-", "");
                    boolean inpatient = visit[1].equals("I");
                    c[0] += !inpatient && visit[2].equals(d) ? 1 : 0;
                    c[1] += inpatient && visit[2].equals(d) ? 1 : 0;
                    c[2] += inpatient && visit[3].equals(d) ? 1 : 0;
                    c[3] += inpatient && visit[2].compareTo(d) <= 0 && (visit[3].isEmpty() || visit[3].compareTo(d) > 0) ? 1 : 0;
                }
                assertThat(expectation.byDay().get(day).get(hospital.unit()))
                        .as("%s on %s", hospital.unit(), day)
                        .isEqualTo(new Expectation.Figures(c[0], c[1], c[2], c[3]));
            }
        }
        Expectation.Figures last = expectation.total(LAST, "");
        assertThat(last.outpatientVisits()).isGreaterThan(600);
        assertThat(last.admissions()).isPositive();
        assertThat(last.discharges()).isPositive();
        assertThat(last.inHouse()).isPositive();
        assertThat(expectation.total(LAST, "5101").outpatientVisits()).isBetween(1, last.outpatientVisits() - 1);
    }

    @Test
    void allKindsOccurAndTheFiguresAreOfTheSameVisits() {
        Traffic traffic = new Traffic(new Traffic.Plan(hospitals(), FIRST, LAST, 6000, 1, true));
        Map<String, Integer> types = new java.util.TreeMap<>();
        Set<String> visits = new HashSet<>();
        Set<String> retired = new HashSet<>();
        for (String text : texts(traffic)) {
            Map<String, String[]> m = segments(text);
            String type = m.get("MSH")[8].substring(0, 7);
            types.merge(type, 1, Integer::sum);
            assertThat(m.get("MSH")[6].substring(0, 8)).isBetween("20261119", "20261122");
            if (type.equals("ADT^A04")) {
                visits.add(m.get("PV1")[19]);
            } else if (type.equals("ADT^A42")) {
                retired.add(m.get("MRG")[5]);
                assertThat(m.get("PV1")[19] + "D").isEqualTo(m.get("MRG")[5]);
            }
        }
        assertThat(types).containsOnlyKeys("ADT^A01", "ADT^A02", "ADT^A03", "ADT^A04", "ADT^A08", "ADT^A11", "ADT^A13", "ADT^A42", "DFT^P03",
                "ORM^O01", "ORU^R01", "SIU^S12");
        assertThat(types.values().stream().mapToInt(n -> n).sum()).isEqualTo(6000);
        assertThat(types.get("ADT^A42")).isGreaterThan(20);

        int counted = traffic.expectation().byDay().keySet().stream().mapToInt(d -> traffic.expectation().total(d, "").outpatientVisits()).sum();
        assertThat(visits).containsAll(retired);
        assertThat(counted).isEqualTo(visits.size() - retired.size());
    }

    @Test
    void identityNumbersAreWellFormedButNobodysOwn() {
        for (String text : texts(traffic(200, 1))) {
            String id = segments(text).get("PID")[3].split("~")[1].split("\\^")[0];
            assertThat(id).matches("519999\\d{11}[0-9X]");
        }
    }

    @Test
    void impossiblePlansAreRefused() {
        assertThatThrownBy(() -> new Traffic.Plan(List.of(), FIRST, LAST, 1, 1)).hasMessageContaining("no hospital");
        assertThatThrownBy(() -> new Traffic.Plan(hospitals(), LAST, FIRST, 1, 1)).hasMessageContaining("before the first");
    }

    private static List<Hospital> hospitals() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String county : List.of("510104", "510105", "510302", "510402", "513401")) {
            map.put("H" + county, county + "-H01");
        }
        return Hospital.of(map);
    }

    @Test
    void aHospitalMayDeclareAnotherCharsetThanItWrites() {
        List<Hospital> wrong = hospitals().stream().map(Hospital::misdeclared).toList();
        assertThat(frames(new Traffic(new Traffic.Plan(wrong, FIRST, LAST, 20, 1)))).allSatisfy(frame -> {
            String bytes = new String(frame.bytes(), StandardCharsets.ISO_8859_1);
            assertThat(bytes).contains("|UNICODE UTF-8");
            assertThat(new String(frame.bytes(), StandardCharsets.UTF_8)).contains("\ufffd");
        });
    }

    private static Traffic traffic(int count, long seed) {
        return new Traffic(new Traffic.Plan(hospitals(), FIRST, LAST, count, seed));
    }

    private static List<Outgoing.Frame> frames(Traffic traffic) {
        return traffic.lanes(1).get(0).stream().map(Outgoing::frame).toList();
    }

    private static List<String> texts(Traffic traffic) {
        return frames(traffic).stream().map(TrafficTest::text).toList();
    }

    /** ISO-8859-1 keeps every byte, whatever the charset. */
    private static String text(Outgoing.Frame frame) {
        return new String(frame.bytes(), StandardCharsets.ISO_8859_1);
    }

    /** Segments by name; {@code [n]} is field n, but n - 1 for MSH. */
    private static Map<String, String[]> segments(String frame) {
        assertThat(frame).startsWith("\u000bMSH|").endsWith("\r\u001c\r");
        Map<String, String[]> map = new HashMap<>();
        for (String segment : new ArrayList<>(Arrays.asList(frame.substring(1, frame.length() - 2).split("\r")))) {
            String[] fields = segment.split("\\|", -1);
            map.putIfAbsent(fields[0], fields);
        }
        return map;
    }

    private static String day(String time) {
        return time.isEmpty() ? "" : time.substring(0, 8);
    }
}
