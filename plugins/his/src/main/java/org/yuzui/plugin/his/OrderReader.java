package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Segment;
import org.yuzui.plugin.his.hl7.Times;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes {@code his.order.v1} of ORM^O01, OMG^O19, OML^O21, OMP^O09 and RDE^O11: one record for each ORC, or for each OBR that
 * has none. What is ordered are OBR and RXO, where it was encoded RXE. Clinical notes, reasons and doctors stay behind.
 */
final class OrderReader implements RecordReader {

    /** HL7 table 0119: codes after which nothing is to be done any more. */
    private static final Set<String> ENDING = Set.of("CA", "OC", "CR", "DC", "OD", "DR", "UC", "UD");

    private final ZoneId zone;
    private final Pseudonyms pseudonyms;

    OrderReader(ZoneId zone, Pseudonyms pseudonyms) {
        this.zone = zone;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public List<ObjectNode> read(Header header, Message message, String unit) {
        List<ObjectNode> records = new ArrayList<>(1);
        Segment pid = Segment.none();
        Segment pv1 = Segment.none();
        Group group = null;
        for (Segment segment : message.segments()) {
            switch (segment.id()) {
                case "PID" -> {
                    finish(group, header, pid, pv1, unit, records);
                    group = null;
                    pid = segment;
                    pv1 = Segment.none();
                }
                case "PV1" -> pv1 = segment;
                case "ORC" -> {
                    finish(group, header, pid, pv1, unit, records);
                    group = new Group(segment, new ArrayList<>(1));
                }
                case "OBR", "RXO", "RXE" -> {
                    if (group == null || !group.orc.isPresent() && segment.id().equals("OBR")) {
                        finish(group, header, pid, pv1, unit, records);
                        group = new Group(Segment.none(), new ArrayList<>(1));
                    }
                    group.details.add(segment);
                }
                default -> { }
            }
        }
        finish(group, header, pid, pv1, unit, records);
        if (records.isEmpty()) {
            throw Fields.missing("ORC", "The message holds no order: there is no ORC and no OBR.");
        }
        return records;
    }

    private record Group(Segment orc, List<Segment> details) {

        Segment obr() {
            return details.stream().filter(d -> d.id().equals("OBR")).findFirst().orElse(Segment.none());
        }
    }

    private void finish(Group group, Header header, Segment pid, Segment pv1, String unit, List<ObjectNode> records) {
        if (group == null) {
            return;
        }
        Segment orc = group.orc;
        Segment obr = group.obr();
        String placer = orc.text(2).isEmpty() ? obr.text(2) : orc.text(2);
        String filler = orc.text(3).isEmpty() ? obr.text(3) : orc.text(3);
        String order = Stream.of(placer, filler).filter(n -> !n.isEmpty()).findFirst().orElseThrow(() -> Fields.missing("ORC-2",
                "An order has no number: ORC-2 (placer), ORC-3 (filler), OBR-2 and OBR-3 are empty."));
        OffsetDateTime at = Fields.firstTime(zone, orc.text(9), orc.text(15), obr.text(6), header.sentAt()).orElseThrow(() ->
                Fields.missing("ORC-9", "There is no usable time of the order in ORC-9, ORC-15, OBR-6 or MSH-7."));
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit);
        record.put("order", order);
        if (!filler.equals(order)) {
            Fields.put(record, "filler", filler);
        }
        Fields.put(record, "group", orc.text(4));
        Fields.put(record, "control", orc.text(1));
        Fields.put(record, "status", orc.text(5));
        record.put("cancelled", ENDING.contains(orc.text(1)) || orc.text(5).equals("CA") || orc.text(5).equals("DC"));
        Fields.moment(record, "changed", at);
        Times.parse(obr.text(6), zone).ifPresent(t -> record.put("requestedAt", Times.iso(t)));
        Fields.put(record, "priority", obr.text(5).isEmpty() ? orc.text(7, 6) : obr.text(5));
        items(record.putArray("items"), group.details);
        VisitReader.number(pid, pv1).ifPresent(visit -> record.put("visit", visit));
        Fields.department(record, pv1);
        record.set("patient", Patient.of(pid).outline(pseudonyms, unit));
        records.add(record);
    }

    private static void items(ArrayNode items, List<Segment> details) {
        boolean encoded = details.stream().anyMatch(d -> d.id().equals("RXE"));
        for (Segment detail : details) {
            switch (detail.id()) {
                case "OBR" -> item(items, "service", detail, 4, "", "");
                case "RXE" -> item(items, "medication", detail, 2, detail.text(3), detail.text(5));
                default -> {
                    if (!encoded) {
                        item(items, "medication", detail, 1, detail.text(2), detail.text(4));
                    }
                }
            }
        }
    }

    private static void item(ArrayNode items, String kind, Segment detail, int service, String amount, String of) {
        ObjectNode item = items.addObject();
        item.put("kind", kind);
        Fields.put(item, "code", detail.text(service));
        Fields.put(item, "name", detail.text(service, 2));
        Fields.put(item, "amount", amount);
        Fields.put(item, "amountUnit", of);
    }
}
