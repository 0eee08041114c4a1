package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * What a day's figures need of one content of {@code his.visit.v1}.
 *
 * @param at ISO 8601 in the hub's zone; compares as text
 */
record VisitEvent(String unit, String visit, String event, String at, boolean inpatient, LocalDate admittedOn,
                  LocalDate dischargedOn) {

    /** Where two events have the same second, what undoes comes after what it undoes. */
    private static final List<String> ORDER = List.of("A05", "A04", "A01", "A06", "A02", "A09", "A10", "A17", "A08",
            "A12", "A07", "A03", "A13", "A11");

    static final Comparator<VisitEvent> IN_TIME =
            Comparator.comparing(VisitEvent::at).thenComparing(e -> ORDER.indexOf(e.event()));

    static VisitEvent of(JsonNode record) {
        return new VisitEvent(record.path("unit").asText(), record.path("visit").asText(), record.path("event").asText(),
                record.path("eventAt").asText(), record.path("class").asText().equals("inpatient"),
                day(record, "admittedOn"), day(record, "dischargedOn"));
    }

    LocalDate day() {
        return LocalDate.parse(at.substring(0, 10));
    }

    /** Whether a visit begins with it. */
    boolean begins() {
        return event.equals("A01") || event.equals("A04") || event.equals("A06");
    }

    private static LocalDate day(JsonNode record, String field) {
        return record.hasNonNull(field) ? LocalDate.parse(record.get(field).asText()) : null;
    }
}
