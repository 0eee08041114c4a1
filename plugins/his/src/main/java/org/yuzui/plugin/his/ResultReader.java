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
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes {@code his.result.v1} of ORU^R01, one record for each OBR. Free text (TX, FT) and documents (ED, RP) stay behind:
 * nobody can say whom they name.
 */
final class ResultReader implements RecordReader {

    private static final int MAX_VALUE = 64;

    private final ZoneId zone;
    private final Pseudonyms pseudonyms;

    ResultReader(ZoneId zone, Pseudonyms pseudonyms) {
        this.zone = zone;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public List<ObjectNode> read(Header header, Message message, String unit) {
        List<ObjectNode> records = new ArrayList<>(1);
        Segment pid = Segment.none();
        Segment pv1 = Segment.none();
        ObjectNode report = null;
        for (Segment segment : message.segments()) {
            switch (segment.id()) {
                case "PID" -> {
                    pid = segment;
                    pv1 = Segment.none(); // what follows is another patient's
                    report = null;
                }
                case "PV1" -> pv1 = segment;
                case "OBR" -> {
                    report = report(header, segment, pid, pv1, unit);
                    records.add(report);
                }
                case "OBX" -> {
                    if (report != null) {
                        value(report, segment);
                    }
                }
                default -> { }
            }
        }
        if (records.isEmpty()) {
            throw Fields.missing("OBR", "The message holds no report: there is no OBR.");
        }
        return records;
    }

    private ObjectNode report(Header header, Segment obr, Segment pid, Segment pv1, String unit) {
        String number = Stream.of(obr.text(3), obr.text(2)).filter(n -> !n.isEmpty()).findFirst().orElseThrow(() ->
                Fields.missing("OBR-3",
                        "A report has no number: OBR-3 (filler) and OBR-2 (placer) are empty."));
        OffsetDateTime at = Fields.firstTime(zone, obr.text(22), obr.text(14), obr.text(7), header.sentAt()).orElseThrow(() ->
                Fields.missing("OBR-22", "There is no usable time of the report in OBR-22, OBR-14, OBR-7 or MSH-7."));
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit);
        record.put("report", number);
        record.put("service", obr.text(4).isEmpty() ? "-" : obr.text(4));
        Fields.put(record, "serviceName", obr.text(4, 2));
        VisitReader.number(pid, pv1).ifPresent(visit -> record.put("visit", visit));
        Fields.moment(record, "reported", at);
        Times.parse(obr.text(7), zone).ifPresent(t -> record.put("observedAt", Times.iso(t)));
        Fields.put(record, "status", obr.text(25));
        record.put("abnormal", 0);
        record.putArray("values");
        record.set("patient", Patient.of(pid).outline(pseudonyms, unit));
        return record;
    }

    private static void value(ObjectNode report, Segment obx) {
        ObjectNode value = ((ArrayNode) report.get("values")).addObject();
        Fields.put(value, "code", obx.text(3));
        Fields.put(value, "name", obx.text(3, 2));
        String type = obx.text(2).toUpperCase(Locale.ROOT);
        Fields.put(value, "type", type);
        switch (type) {
            case "NM", "SN", "DT", "TM", "TS", "DTM" -> Fields.put(value, "value", whole(obx));
            case "CE", "CWE", "CNE", "IS", "ID" -> {
                Fields.put(value, "value", obx.text(5));
                Fields.put(value, "meaning", obx.text(5, 2));
            }
            case "ST", "" -> {
                if (obx.text(5).length() <= MAX_VALUE && !Patient.isIdNumber(obx.text(5))) {
                    Fields.put(value, "value", obx.text(5));
                }
            }
            default -> { }
        }
        Fields.put(value, "unit", obx.text(6));
        Fields.put(value, "range", obx.text(7));
        Fields.put(value, "flag", obx.text(8));
        Fields.put(value, "status", obx.text(11));
        String flag = obx.text(8);
        if (!flag.isEmpty() && !flag.equals("N")) {
            report.put("abnormal", report.get("abnormal").asInt() + 1);
        }
    }

    /** A structured number's components, as in {@code >^100} or {@code 1^-^5}, read on. */
    private static String whole(Segment obx) {
        return obx.text(5) + obx.text(5, 2) + obx.text(5, 3) + obx.text(5, 4);
    }
}
