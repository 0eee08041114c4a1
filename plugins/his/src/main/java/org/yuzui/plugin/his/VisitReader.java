package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Segment;
import org.yuzui.plugin.his.hl7.Times;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes {@code his.visit.v1} of ADT; of A17, where two patients change beds, one record for each of them. */
final class VisitReader implements RecordReader {

    private final ZoneId zone;
    private final Pseudonyms pseudonyms;

    VisitReader(ZoneId zone, Pseudonyms pseudonyms) {
        this.zone = zone;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public List<ObjectNode> read(Header header, Message message, String unit) {
        Segment evn = message.first("EVN");
        if (!header.trigger().equals("A17")) {
            return List.of(visit(header, evn, message.first("PID"), message.first("PV1"), unit));
        }
        List<ObjectNode> records = new ArrayList<>(2);
        Segment pid = Segment.none();
        for (Segment segment : message.segments()) {
            if (segment.id().equals("PID")) {
                pid = segment;
            } else if (segment.id().equals("PV1") && pid.isPresent()) {
                records.add(visit(header, evn, pid, segment, unit));
                pid = Segment.none();
            }
        }
        if (records.size() < 2) {
            throw Fields.missing("PID", "A bed swap (A17) needs two patients, each with PID and PV1.");
        }
        return records;
    }

    private ObjectNode visit(Header header, Segment evn, Segment pid, Segment pv1, String unit) {
        String event = header.trigger();
        Patient patient = Patient.of(pid);
        OffsetDateTime at = eventAt(evn, header);
        String visitClass = visitClass(pv1.text(2), event);
        int shift = shift(pv1, event);
        // What stands there before the patient has come is the day that is expected.
        Optional<OffsetDateTime> admitted = visitClass.equals("preadmit") ? Optional.empty()
                : Times.parse(pv1.text(44 + shift), zone);
        Optional<OffsetDateTime> discharged = discharged(event, admitted, Times.parse(pv1.text(45 + shift), zone));
        LocalDate admittedOn = admittedOn(event, at, admitted);

        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit);
        record.put("visit", visit(pid, pv1, patient, admittedOn == null ? at.toLocalDate() : admittedOn));
        record.put("event", event);
        record.put("eventAt", Times.iso(at));
        record.put("eventDay", at.toLocalDate().toString());
        record.put("class", visitClass);
        record.put("inHouse", inHouse(event, visitClass, at, discharged));
        admitted.ifPresent(t -> record.put("admittedAt", Times.iso(t)));
        discharged.ifPresent(t -> record.put("dischargedAt", Times.iso(t)));
        Fields.put(record, "admittedOn", admittedOn);
        Fields.put(record, "dischargedOn", dischargedOn(event, at, discharged));
        Fields.department(record, pv1);
        Fields.put(record, "room", pv1.text(3, 2));
        Fields.put(record, "bed", pv1.text(3, 3));
        record.set("patient", patient.masked(pseudonyms, unit));
        return record;
    }

    private OffsetDateTime eventAt(Segment evn, Header header) {
        return Fields.firstTime(zone, evn.text(2), evn.text(6), header.sentAt()).orElseThrow(() -> Fields.missing("EVN-2",
                "There is no usable time of the event in EVN-2, EVN-6 or MSH-7. Send one as YYYYMMDDHHMMSS."));
    }

    /** PV1-19, else PID-18; never an identity number. */
    static Optional<String> number(Segment pid, Segment pv1) {
        return Stream.of(pv1.text(19), pid.text(18)).filter(n -> !n.isEmpty() && !Patient.isIdNumber(n)).findFirst();
    }

    private static String visit(Segment pid, Segment pv1, Patient patient, LocalDate day) {
        return number(pid, pv1).orElseGet(() -> {
            if (patient.localId().isEmpty()) {
                throw Fields.missing("PV1-19",
                        "There is no visit number: PV1-19, PID-18 and PID-3 are empty or hold an identity number.");
            }
            return patient.localId() + "@" + day;
        });
    }

    /** HL7 table 0004; for what isn't there the event tells. A07 makes an outpatient, whatever stands there. */
    private static String visitClass(String code, String event) {
        return switch (code.toUpperCase(Locale.ROOT)) {
            case "I", "B" -> event.equals("A07") ? "outpatient" : event.equals("A05") ? "preadmit" : "inpatient";
            case "O", "R" -> "outpatient";
            case "E" -> "emergency";
            case "P" -> switch (event) {
                case "A01", "A03", "A06", "A13" -> "inpatient";
                case "A04", "A07" -> "outpatient";
                default -> "preadmit";
            };
            default -> switch (event) {
                case "A04", "A07" -> "outpatient";
                case "A05" -> "preadmit";
                default -> "inpatient";
            };
        };
    }

    /**
     * Some senders count one field too far and have admission and discharge in PV1-45 and PV1-46. It shows by an admission
     * with nothing but a time of discharge, or by a time where the balance of the account belongs.
     */
    private int shift(Segment pv1, String event) {
        if (!pv1.text(44).isEmpty() || Times.parse(pv1.text(45), zone).isEmpty()) {
            return 0;
        }
        return admits(event) || pv1.text(46).length() >= 12 && Times.parse(pv1.text(46), zone).isPresent() ? 1 : 0;
    }

    /** An A08 may put a discharge right that is known with its admission; other events know of none. */
    private static Optional<OffsetDateTime> discharged(String event, Optional<OffsetDateTime> admitted,
                                                       Optional<OffsetDateTime> said) {
        boolean known = event.equals("A03") || event.equals("A08") && admitted.isPresent();
        return known ? said : Optional.empty();
    }

    /** Admission or registration: what PV1-44 says, else the day of the event that is one. */
    private static LocalDate admittedOn(String event, OffsetDateTime at, Optional<OffsetDateTime> admitted) {
        return admitted.map(OffsetDateTime::toLocalDate).orElse(admits(event) ? at.toLocalDate() : null);
    }

    private static LocalDate dischargedOn(String event, OffsetDateTime at, Optional<OffsetDateTime> discharged) {
        return event.equals("A03") ? discharged.orElse(at).toLocalDate() : event.equals("A07") ? at.toLocalDate()
                : discharged.filter(t -> !t.isAfter(at)).map(OffsetDateTime::toLocalDate).orElse(null);
    }

    private static boolean inHouse(String event, String visitClass, OffsetDateTime at, Optional<OffsetDateTime> discharged) {
        return visitClass.equals("inpatient") && !event.equals("A03") && !event.equals("A11")
                && discharged.filter(t -> !t.isAfter(at)).isEmpty();
    }

    private static boolean admits(String event) {
        return event.equals("A01") || event.equals("A04") || event.equals("A06");
    }
}
