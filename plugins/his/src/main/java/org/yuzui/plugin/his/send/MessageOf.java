package org.yuzui.plugin.his.send;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.plugin.his.hl7.MessageWriter;

/**
 * Writes the message that tells of a record. It is made of the record alone, so it is the same at every try; of a patient it says
 * what the record does: pseudonym, sex and year of birth.
 */
final class MessageOf {

    private static final String SENDER = "YUZUI";

    private final Target target;

    MessageOf(Target target) {
        this.target = target;
    }

    byte[] write(JsonNode record, String controlId) {
        MessageWriter message = new MessageWriter();
        switch (target.contract()) {
            case "his.visit.v1" -> visit(message, record, controlId);
            case "his.result.v1" -> result(message, record, controlId);
            case "his.order.v1" -> order(message, record, controlId);
            case "his.appointment.v1" -> appointment(message, record, controlId);
            default -> charge(message, record, controlId);
        }
        return message.bytes(target.charset());
    }

    private void header(MessageWriter message, JsonNode record, String type, String trigger, String at, String controlId) {
        message.segment("MSH").raw(2, "^~\\&").set(3, SENDER).set(4, text(record, "unit")).set(5, target.application())
                .set(6, target.facility()).set(7, MessageWriter.time(at)).set(9, type, trigger).set(10, controlId).set(11, "P")
                .set(12, target.version()).set(18, MessageWriter.declared(target.charset()));
    }

    private static void patient(MessageWriter message, JsonNode record) {
        JsonNode patient = record.path("patient");
        message.segment("PID").set(1, "1").set(3, text(patient, "pseudonym"), "", "", patient.has("pseudonym") ? SENDER : "")
                .set(7, text(patient, "birthYear")).set(8, text(patient, "gender"));
    }

    private static MessageWriter place(MessageWriter message, JsonNode record, String visitClass) {
        JsonNode department = record.path("department");
        String place = MessageWriter.sub(text(department, "code"), text(department, "name"));
        String bed = MessageWriter.sub(text(record, "bed"), "");
        String room = MessageWriter.sub(text(record, "room"), "");
        return message.segment("PV1").set(1, "1").set(2, visitClass)
                .raw(3, bed.isEmpty() ? room.isEmpty() ? place : place + "^" + room : place + "^" + room + "^" + bed)
                .set(19, text(record, "visit"));
    }

    private void visit(MessageWriter message, JsonNode visit, String controlId) {
        header(message, visit, "ADT", text(visit, "event"), text(visit, "eventAt"), controlId);
        message.segment("EVN").set(1, text(visit, "event")).set(2, time(visit, "eventAt"));
        patient(message, visit);
        place(message, visit, switch (text(visit, "class")) {
            case "inpatient" -> "I";
            case "outpatient" -> "O";
            case "emergency" -> "E";
            default -> "P";
        }).set(44, time(visit, "admittedAt")).set(45, time(visit, "dischargedAt"));
    }

    private void result(MessageWriter message, JsonNode result, String controlId) {
        header(message, result, "ORU", "R01", text(result, "reportedAt"), controlId);
        patient(message, result);
        place(message, result, "U");
        message.segment("OBR").set(1, "1").set(3, text(result, "report")).set(4, text(result, "service"), text(result, "serviceName"))
                .set(7, time(result, "observedAt")).set(22, time(result, "reportedAt")).set(25, text(result, "status"));
        int n = 0;
        for (JsonNode value : result.path("values")) {
            message.segment("OBX").set(1, Integer.toString(++n)).set(2, text(value, "type")).set(3, text(value, "code"), text(value, "name"))
                    .set(5, text(value, "value"), text(value, "meaning")).set(6, text(value, "unit")).set(7, text(value, "range"))
                    .set(8, text(value, "flag")).set(11, text(value, "status"));
        }
    }

    private void order(MessageWriter message, JsonNode order, String controlId) {
        header(message, order, "ORM", "O01", text(order, "changedAt"), controlId);
        patient(message, order);
        place(message, order, "U");
        message.segment("ORC").set(1, order.has("control") ? text(order, "control") : "NW").set(2, text(order, "order"))
                .set(3, text(order, "filler")).set(4, text(order, "group")).set(5, text(order, "status"))
                .set(7, "", "", "", "", "", text(order, "priority")).set(9, time(order, "changedAt"));
        int n = 0;
        for (JsonNode item : order.path("items")) {
            if (text(item, "kind").equals("service")) {
                message.segment("OBR").set(1, Integer.toString(++n)).set(2, text(order, "order")).set(3, text(order, "filler"))
                        .set(4, text(item, "code"), text(item, "name")).set(5, text(order, "priority")).set(6, time(order, "requestedAt"));
            } else {
                message.segment("RXO").set(1, text(item, "code"), text(item, "name")).set(2, text(item, "amount"))
                        .set(4, text(item, "amountUnit"));
            }
        }
    }

    private void appointment(MessageWriter message, JsonNode appointment, String controlId) {
        header(message, appointment, "SIU", text(appointment, "event"), text(appointment, "changedAt"), controlId);
        message.segment("SCH").set(2, text(appointment, "appointment")).set(7, text(appointment, "reason"), text(appointment, "reasonName"))
                .set(9, text(appointment, "minutes")).set(10, appointment.has("minutes") ? "MIN" : "")
                .set(11, "", "", "", time(appointment, "startsAt"), time(appointment, "endsAt"));
        patient(message, appointment);
        place(message, appointment, "U");
        message.segment("RGS").set(1, "1");
        message.segment("AIS").set(1, "1").set(3, text(appointment, "service"), text(appointment, "serviceName"));
        message.segment("AIL").set(1, "1").set(3, text(appointment, "place"), text(appointment, "placeName"));
    }

    private void charge(MessageWriter message, JsonNode charge, String controlId) {
        header(message, charge, "DFT", "P03", text(charge, "chargedAt"), controlId);
        message.segment("EVN").set(1, "P03").set(2, time(charge, "chargedAt"));
        patient(message, charge);
        place(message, charge, "U");
        JsonNode department = charge.path("department");
        message.segment("FT1").set(1, "1").set(2, text(charge, "charge")).set(3, text(charge, "batch")).set(4, time(charge, "chargedAt"))
                .set(5, time(charge, "postedAt")).set(6, switch (text(charge, "type")) {
                    case "charge" -> "CG";
                    case "credit" -> "CD";
                    case "payment" -> "PY";
                    case "adjustment" -> "AJ";
                    case "co-payment" -> "CO";
                    default -> "OT";
                }).set(7, text(charge, "item"), text(charge, "itemName")).set(10, text(charge, "quantity"))
                .raw(11, MessageWriter.sub(number(charge, "amount"), text(charge, "currency"))).set(12, number(charge, "unitPrice"))
                .set(13, text(department, "code"), text(department, "name"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private static String number(JsonNode node, String field) {
        return node.has(field) ? node.get(field).decimalValue().toPlainString() : "";
    }

    private static String time(JsonNode node, String field) {
        return MessageWriter.time(text(node, field));
    }
}
