package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Segment;
import org.yuzui.plugin.his.hl7.Times;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes {@code his.appointment.v1} of SIU. HL7 gives these messages no time of the event: MSH-7 has to stand in. Notes, contact
 * persons and who was booked stay behind.
 */
final class AppointmentReader implements RecordReader {

    private static final int LONGEST = 60 * 24 * 366;

    private final ZoneId zone;
    private final Pseudonyms pseudonyms;

    AppointmentReader(ZoneId zone, Pseudonyms pseudonyms) {
        this.zone = zone;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public List<ObjectNode> read(Header header, Message message, String unit) {
        Segment sch = message.first("SCH");
        Segment pid = message.first("PID");
        Segment pv1 = message.first("PV1");
        Segment ais = message.first("AIS");
        String number = Stream.of(sch.text(2), sch.text(1)).filter(n -> !n.isEmpty() && !Patient.isIdNumber(n)).findFirst()
                .orElseThrow(() -> Fields.missing("SCH-2", "The appointment has no number: SCH-2 (filler) and SCH-1 (placer) are empty."));
        OffsetDateTime at = Times.parse(header.sentAt(), zone).orElseThrow(() -> Fields.missing("MSH-7",
                "There is no usable time in MSH-7, and an appointment's message has no other one."));
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit);
        record.put("appointment", number);
        record.put("event", header.trigger());
        record.put("state", state(header.trigger()));
        Fields.moment(record, "changed", at);
        start(message, sch, ais).ifPresent(t -> {
            Fields.moment(record, "starts", t);
        });
        Fields.firstTime(zone, sch.text(11, 5), message.first("TQ1").text(8)).ifPresent(t -> record.put("endsAt", Times.iso(t)));
        minutes(sch.text(9), sch.text(10)).or(() -> minutes(ais.text(7), ais.text(8)))
                .ifPresent(minutes -> record.put("minutes", minutes));
        Fields.coded(record, "service", ais, 3);
        if (!sch.text(7).isEmpty()) { // a reason without a code is free text, and may name somebody
            Fields.coded(record, "reason", sch, 7);
        }
        Fields.coded(record, "place", message.first("AIL"), 3);
        VisitReader.number(pid, pv1).ifPresent(visit -> record.put("visit", visit));
        Fields.department(record, pv1);
        record.set("patient", Patient.of(pid).outline(pseudonyms, unit));
        return List.of(record);
    }

    private static String state(String event) {
        return switch (event) {
            case "S12" -> "booked";
            case "S13" -> "rescheduled";
            case "S14" -> "modified";
            case "S15" -> "cancelled";
            case "S16" -> "discontinued";
            case "S17" -> "deleted";
            default -> "no-show";
        };
    }

    /** The appointment's own, else the earliest place in the message where a resource has one. */
    private Optional<OffsetDateTime> start(Message message, Segment sch, Segment ais) {
        return Fields.firstTime(zone, sch.text(11, 4), message.first("TQ1").text(7), ais.text(4), message.first("AIG").text(8),
                message.first("AIL").text(6), message.first("AIP").text(6));
    }

    private static Optional<Integer> minutes(String duration, String of) {
        int factor = switch (of.toUpperCase(Locale.ROOT)) {
            case "", "M", "MIN", "MINUTE", "MINUTES" -> 1;
            case "H", "HR", "HOUR", "HOURS" -> 60;
            default -> 0;
        };
        return Decimals.read(duration).filter(d -> factor > 0 && d.signum() > 0).map(d -> d.multiply(BigDecimal.valueOf(factor)))
                .filter(d -> d.compareTo(BigDecimal.valueOf(LONGEST)) <= 0).map(BigDecimal::intValue);
    }
}
