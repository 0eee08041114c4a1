package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which visit a visit's number belongs to, after all merges of patients and visits that are known. */
final class Merges {

    static final Merges NONE = new Merges();
    /** Between the patient's number and the day in the number of a visit that has none of its own. */
    private static final char DAY = '@';

    private final Map<String, String> patients = new HashMap<>();
    private final Map<String, String> visits = new HashMap<>();

    private Merges() {
    }

    /** @param records of {@code his.merge.v1}, the newest of each key */
    static Merges of(List<?> records) {
        Merges merges = new Merges();
        for (Object record : records) {
            JsonNode merge = (JsonNode) record;
            Map<String, String> numbers = merge.path("kind").asText().equals("patient") ? merges.patients : merges.visits;
            numbers.put(key(merge.path("unit").asText(), merge.path("retired").asText()), merge.path("surviving").asText());
        }
        return merges;
    }

    /** The number itself when it was never retired. */
    String surviving(String unit, String visit) {
        if (patients.isEmpty() && visits.isEmpty()) {
            return visit;
        }
        int at = visit.lastIndexOf(DAY);
        String renamed = at < 0 ? visit : follow(patients, unit, visit.substring(0, at)) + visit.substring(at);
        return follow(visits, unit, renamed);
    }

    /** Numbers are merged one after the other; where they were merged in a circle, the walk ends where it began to repeat. */
    private static String follow(Map<String, String> numbers, String unit, String number) {
        String now = number;
        Set<String> seen = new HashSet<>(2);
        for (String next = numbers.get(key(unit, now)); next != null && seen.add(now); next = numbers.get(key(unit, now))) {
            now = next;
        }
        return now;
    }

    private static String key(String unit, String number) {
        return unit + "|" + number;
    }
}
