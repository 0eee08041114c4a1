package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Refusal;
import org.yuzui.plugin.his.hl7.Segment;
import org.yuzui.plugin.his.hl7.Times;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes {@code his.charge.v1} of DFT^P03, one record for each FT1. Amounts are exact decimals as they were sent; one that can't be
 * read refuses the whole message, for half a bill is a wrong bill. Diagnoses and doctors stay behind.
 */
final class ChargeReader implements RecordReader {

    private static final String CURRENCY = "CNY";

    private final ZoneId zone;
    private final Pseudonyms pseudonyms;

    ChargeReader(ZoneId zone, Pseudonyms pseudonyms) {
        this.zone = zone;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public List<ObjectNode> read(Header header, Message message, String unit) {
        List<ObjectNode> records = new ArrayList<>(4);
        Segment evn = message.first("EVN");
        Segment pid = message.first("PID");
        Segment pv1 = message.first("PV1");
        for (Segment segment : message.segments()) {
            if (segment.id().equals("FT1")) {
                records.add(charge(header, evn, segment, pid, pv1, unit));
            }
        }
        if (records.isEmpty()) {
            throw Fields.missing("FT1", "The message holds no charge: there is no FT1.");
        }
        return records;
    }

    private ObjectNode charge(Header header, Segment evn, Segment ft1, Segment pid, Segment pv1, String unit) {
        if (ft1.text(2).isEmpty()) {
            throw Fields.missing("FT1-2", "A charge has no number: FT1-2 is empty. Without it a repetition would count twice.");
        }
        OffsetDateTime at = Fields.firstTime(zone, ft1.text(4), ft1.text(5), evn.text(2), header.sentAt()).orElseThrow(() ->
                Fields.missing("FT1-4", "There is no usable time of the charge in FT1-4, FT1-5, EVN-2 or MSH-7."));
        Optional<BigDecimal> price = decimal(ft1, 12);
        BigDecimal quantity = decimal(ft1, 10).orElse(BigDecimal.ONE);
        BigDecimal amount = decimal(ft1, 11).or(() -> price.map(quantity::multiply)).orElseThrow(() ->
                Fields.missing("FT1-11", "A charge has no amount: FT1-11 is empty, and so is FT1-12."));
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("unit", unit);
        record.put("charge", ft1.text(2));
        Fields.put(record, "batch", ft1.text(3));
        record.put("type", type(ft1.text(6)));
        Fields.moment(record, "charged", at);
        Times.parse(ft1.text(5), zone).ifPresent(t -> record.put("postedAt", Times.iso(t)));
        Fields.coded(record, "item", ft1, 7);
        record.put("quantity", quantity);
        price.ifPresent(p -> record.put("unitPrice", p));
        record.put("amount", amount);
        record.put("currency", ft1.text(11, 1, 2).isEmpty() ? CURRENCY : ft1.text(11, 1, 2));
        if (ft1.text(13).isEmpty()) {
            Fields.department(record, pv1);
        } else {
            ObjectNode department = record.putObject("department");
            Fields.put(department, "code", ft1.text(13));
            Fields.put(department, "name", ft1.text(13, 2));
        }
        VisitReader.number(pid, pv1).ifPresent(visit -> record.put("visit", visit));
        record.set("patient", Patient.of(pid).outline(pseudonyms, unit));
        return record;
    }

    private static Optional<BigDecimal> decimal(Segment ft1, int field) {
        String text = ft1.text(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Decimals.read(text).orElseThrow(() -> new Refusal(Refusal.Reason.BAD_VALUE, "FT1-" + field,
                "FT1-" + field + " is no number with at most 12 digits before and 6 after the point.")));
    }

    /** HL7 table 0017. */
    private static String type(String code) {
        return switch (code) {
            case "CG", "" -> "charge";
            case "CD" -> "credit";
            case "PY" -> "payment";
            case "AJ" -> "adjustment";
            case "CO" -> "co-payment";
            default -> "other";
        };
    }
}
