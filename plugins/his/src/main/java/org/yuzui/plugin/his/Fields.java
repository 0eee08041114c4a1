package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Refusal;
import org.yuzui.plugin.his.hl7.Segment;
import org.yuzui.plugin.his.hl7.Times;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** From fields of a message to fields of a record; what isn't there is left out. */
final class Fields {

    private Fields() {
    }

    static void put(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }

    static void put(ObjectNode node, String field, LocalDate day) {
        if (day != null) {
            node.put(field, day.toString());
        }
    }

    /** A coded element: code and name. */
    static void coded(ObjectNode node, String field, Segment segment, int place) {
        put(node, field, segment.text(place));
        put(node, field + "Name", segment.text(place, 2));
    }

    /** PV1-3: the point of care, or where that is empty the facility, each as code and name. */
    static void department(ObjectNode record, Segment pv1) {
        int component = pv1.text(3, 1).isEmpty() ? 4 : 1;
        String code = pv1.text(3, component, 1);
        String name = pv1.text(3, component, 2);
        if (!code.isEmpty() || !name.isEmpty()) {
            ObjectNode department = record.putObject("department");
            put(department, "code", code);
            put(department, "name", name);
        }
    }

    /** A moment as {@code <prefix>At} and its day as {@code <prefix>On}. */
    static void moment(ObjectNode record, String prefix, OffsetDateTime at) {
        record.put(prefix + "At", Times.iso(at));
        record.put(prefix + "On", at.toLocalDate().toString());
    }

    /** The first of the texts that is a time. */
    static Optional<OffsetDateTime> firstTime(ZoneId zone, String... texts) {
        for (String text : texts) {
            Optional<OffsetDateTime> time = Times.parse(text, zone);
            if (time.isPresent()) {
                return time;
            }
        }
        return Optional.empty();
    }

    static Refusal missing(String place, String message) {
        return new Refusal(Refusal.Reason.MISSING_FIELD, place, message);
    }
}
