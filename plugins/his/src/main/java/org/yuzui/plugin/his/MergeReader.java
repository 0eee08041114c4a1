package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Refusal;
import org.yuzui.plugin.his.hl7.Segment;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes {@code his.merge.v1} of the ADT events that join two numbers: of a patient (A18, A34, A36, A40), of an account, which
 * stands for the visit where PV1-19 is empty (A35, A36, A41), or of a visit (A42). One record for each retired number.
 */
final class MergeReader implements RecordReader {

    private final ZoneId zone;
    private final Pseudonyms pseudonyms;

    MergeReader(ZoneId zone, Pseudonyms pseudonyms) {
        this.zone = zone;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public List<ObjectNode> read(Header header, Message message, String unit) {
        Segment evn = message.first("EVN");
        OffsetDateTime at = Fields.firstTime(zone, evn.text(2), evn.text(6), header.sentAt()).orElseThrow(() ->
                Fields.missing("EVN-2", "There is no usable time of the merge in EVN-2, EVN-6 or MSH-7."));
        List<ObjectNode> records = new ArrayList<>(1);
        for (Pair pair : pairs(message)) {
            String event = header.trigger();
            if (!event.equals("A35") && !event.equals("A41") && !event.equals("A42")) {
                ObjectNode merge = merge(unit, "patient", Patient.localId(pair.mrg, 1), Patient.of(pair.pid).localId(), "MRG-1");
                pseudonyms.of(unit, merge.path("retired").asText()).ifPresent(p -> merge.put("retiredPseudonym", p));
                records.add(told(merge, event, at, pair.pid, unit));
            }
            if (event.equals("A35") || event.equals("A41") || event.equals("A36") && !pair.mrg.text(3).isEmpty()) {
                records.add(told(merge(unit, "visit", pair.mrg.text(3), pair.pid.text(18), "MRG-3"), event, at, pair.pid, unit));
            } else if (event.equals("A42")) {
                String surviving = VisitReader.number(pair.pid, pair.pv1).orElse("");
                String retired = Stream.of(pair.mrg.text(5), pair.mrg.text(3)).filter(n -> !n.isEmpty()).findFirst().orElse("");
                records.add(told(merge(unit, "visit", retired, surviving, "MRG-5"), event, at, pair.pid, unit));
            }
        }
        if (records.isEmpty()) {
            throw Fields.missing("MRG", "The message merges nothing: there is no MRG after a PID.");
        }
        return records;
    }

    /** The surviving patient, and what was retired. */
    private record Pair(Segment pid, Segment mrg, Segment pv1) {
    }

    private static List<Pair> pairs(Message message) {
        List<Pair> pairs = new ArrayList<>(1);
        Segment pid = Segment.none();
        for (Segment segment : message.segments()) {
            switch (segment.id()) {
                case "PID" -> pid = segment;
                case "MRG" -> {
                    if (pid.isPresent()) {
                        pairs.add(new Pair(pid, segment, Segment.none()));
                    }
                }
                case "PV1" -> {
                    Pair last = pairs.isEmpty() ? null : pairs.get(pairs.size() - 1);
                    if (last != null && last.pid == pid) {
                        pairs.set(pairs.size() - 1, new Pair(pid, last.mrg, segment));
                    }
                }
                default -> { }
            }
        }
        return pairs;
    }

    private static ObjectNode merge(String unit, String kind, String retired, String surviving, String place) {
        if (retired.isEmpty() || surviving.isEmpty() || Patient.isIdNumber(retired) || Patient.isIdNumber(surviving)) {
            throw Fields.missing(place, "The retired (" + place + ") or the surviving number of the " + kind
                    + " is missing or is an identity number.");
        }
        if (retired.equals(surviving)) {
            throw new Refusal(Refusal.Reason.BAD_VALUE, place, "The retired and the surviving number of the " + kind
                    + " are the same: nothing is merged.");
        }
        ObjectNode merge = JsonNodeFactory.instance.objectNode();
        merge.put("unit", unit);
        merge.put("kind", kind);
        merge.put("retired", retired);
        merge.put("surviving", surviving);
        return merge;
    }

    private ObjectNode told(ObjectNode merge, String event, OffsetDateTime at, Segment pid, String unit) {
        merge.put("event", event);
        Fields.moment(merge, "merged", at);
        merge.set("patient", Patient.of(pid).outline(pseudonyms, unit));
        return merge;
    }
}
