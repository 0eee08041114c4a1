package org.yuzui.plugin.vehicle.intake;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * On which days a driver may drive. The driver's own record bounds it; within that, of what the personnel system said of the
 * person the last word on or before a day decides. A word that is taken back is answered by a later one, for the same day or
 * another, so the order in which they came does not matter.
 */
final class Validity {

    private final JsonNode driver;
    /** By the day from which it holds: whether the service ended then, or began. */
    private final TreeMap<LocalDate, Boolean> ended = new TreeMap<>();

    /** @param driver a {@code vehicle.driver.v1}; null when there is none */
    Validity(JsonNode driver) {
        this.driver = driver;
    }

    boolean isKnown() {
        return driver != null;
    }

    /** @param said a {@code vehicle.driver-service.v1}, the newest of its day */
    void said(JsonNode said) {
        ended.put(LocalDate.parse(said.path("day").asText()), said.path("kind").asText().equals("ended"));
    }

    /** Why the driver may not drive on each day from the first to the last; null when they may. */
    String whyNot(LocalDate first, LocalDate last) {
        if (!driver.path("status").asText().equals("active")) {
            return "the driver's record says '" + driver.path("status").asText() + "'.";
        }
        LocalDate from = date("validFrom");
        if (from != null && first.isBefore(from)) {
            return "valid from " + from + ".";
        }
        for (String field : new String[] {"validUntil", "licenceUntil"}) {
            LocalDate until = date(field);
            if (until != null && last.isAfter(until)) {
                return (field.equals("validUntil") ? "valid until " : "the licence is valid until ") + until + ".";
            }
        }
        Map.Entry<LocalDate, Boolean> before = ended.floorEntry(first);
        if (before != null && before.getValue()) {
            return ending(before.getKey());
        }
        return ended.subMap(first, true, last.isBefore(first) ? first : last, true).entrySet().stream()
                .filter(Map.Entry::getValue).findFirst().map(e -> ending(e.getKey())).orElse(null);
    }

    private static String ending(LocalDate day) {
        return "the personnel system ended the service on " + day + ".";
    }

    private LocalDate date(String field) {
        try {
            return driver.hasNonNull(field) ? LocalDate.parse(driver.path(field).asText()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
