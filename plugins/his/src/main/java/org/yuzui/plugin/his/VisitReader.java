package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Refusal;
import org.yuzui.plugin.his.hl7.Segment;
import org.yuzui.plugin.his.hl7.Times;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes {@code his.visit.v1} of ADT. Nothing that only belongs to the sending (MSH-7, MSH-10) becomes part of it, so that
 * the same news sent again is the same record.
 */
final class VisitReader {

    static final Set<String> EVENTS = Set.of("A01", "A02", "A03", "A04", "A06", "A08", "A11", "A13");

    private final ZoneId zone;
    private final Pseudonyms pseudonyms;

    VisitReader(ZoneId zone, Pseudonyms pseudonyms) {
        this.zone = zone;
        this.pseudonyms = pseudonyms;
    }

    /** @throws Refusal when it can't be known which visit is meant, or when it happened */
    ObjectNode read(Header header, Message message, String unit) {
        String event = header.trigger();
        Segment evn = message.first("EVN");
        Segment pv1 = message.first("PV1");
        Patient patient = Patient.of(message.first("PID"));
        OffsetDateTime at = eventAt(evn, header);
        String visitClass = visitClass(pv1.text(2), event);
        int shift = shift(pv1, event);
        Optional<OffsetDateTime> admitted = Times.parse(pv1.text(44 + shift), zone);
        Optional<OffsetDateTime> discharged = discharged(event, admitted, Times.parse(pv1.text(45 + shift), zone));
        LocalDate admittedOn = admittedOn(event, at, admitted);
        LocalDate dischargedOn = dischargedOn(event, at, discharged);

        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit);
        record.put("visit", visit(message.first("PID"), pv1, patient, admittedOn == null ? at.toLocalDate() : admittedOn));
        record.put("event", event);
        record.put("eventAt", Times.iso(at));
        record.put("eventDay", at.toLocalDate().toString());
        record.put("class", visitClass);
        record.put("inHouse", inHouse(event, visitClass, at, discharged));
        admitted.ifPresent(t -> record.put("admittedAt", Times.iso(t)));
        discharged.ifPresent(t -> record.put("dischargedAt", Times.iso(t)));
        put(record, "admittedOn", admittedOn);
        put(record, "dischargedOn", dischargedOn);
        department(record, pv1);
        put(record, "room", pv1.text(3, 2));
        put(record, "bed", pv1.text(3, 3));
        record.set("patient", patient.masked(pseudonyms, unit));
        return record;
    }

    private OffsetDateTime eventAt(Segment evn, Header header) {
        for (String text : new String[] {evn.text(2), evn.text(6), header.sentAt()}) {
            Optional<OffsetDateTime> time = Times.parse(text, zone);
            if (time.isPresent()) {
                return time.get();
            }
        }
        throw new Refusal(Refusal.Reason.MISSING_FIELD, "EVN-2",
                "There is no usable time of the event in EVN-2, EVN-6 or MSH-7. Send one as YYYYMMDDHHMMSS.");
    }

    /** PV1-19, else PID-18; never an identity number. */
    static Optional<String> number(Segment pid, Segment pv1) {
        return Stream.of(pv1.text(19), pid.text(18)).filter(n -> !n.isEmpty() && !Patient.isIdNumber(n)).findFirst();
    }

    private static String visit(Segment pid, Segment pv1, Patient patient, LocalDate day) {
        return number(pid, pv1).orElseGet(() -> {
            if (patient.localId().isEmpty()) {
                throw new Refusal(Refusal.Reason.MISSING_FIELD, "PV1-19",
                        "There is no visit number: PV1-19, PID-18 and PID-3 are empty or hold an identity number.");
            }
            return patient.localId() + "@" + day;
        });
    }

    /** HL7 table 0004; for what isn't there the event tells. */
    private static String visitClass(String code, String event) {
        return switch (code.toUpperCase(Locale.ROOT)) {
            case "I", "B" -> "inpatient";
            case "O", "R" -> "outpatient";
            case "E" -> "emergency";
            default -> event.equals("A04") ? "outpatient" : "inpatient";
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
        return event.equals("A03") ? discharged.orElse(at).toLocalDate()
                : discharged.filter(t -> !t.isAfter(at)).map(OffsetDateTime::toLocalDate).orElse(null);
    }

    private static boolean inHouse(String event, String visitClass, OffsetDateTime at, Optional<OffsetDateTime> discharged) {
        return visitClass.equals("inpatient") && !event.equals("A03") && !event.equals("A11")
                && discharged.filter(t -> !t.isAfter(at)).isEmpty();
    }

    private static boolean admits(String event) {
        return event.equals("A01") || event.equals("A04") || event.equals("A06");
    }

    /** PV1-3: the point of care, or where that is empty the facility, each as code and name. */
    private static void department(ObjectNode record, Segment pv1) {
        int component = pv1.text(3, 1).isEmpty() ? 4 : 1;
        String code = pv1.text(3, component, 1);
        String name = pv1.text(3, component, 2);
        if (!code.isEmpty() || !name.isEmpty()) {
            ObjectNode department = record.putObject("department");
            put(department, "code", code);
            put(department, "name", name);
        }
    }

    private static void put(ObjectNode node, String field, LocalDate day) {
        if (day != null) {
            node.put(field, day.toString());
        }
    }

    private static void put(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }
}
