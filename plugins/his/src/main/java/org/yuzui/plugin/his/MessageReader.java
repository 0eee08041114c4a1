package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.yuzui.plugin.his.HisSettings.Facility;
import org.yuzui.plugin.his.hl7.Charsets;
import org.yuzui.plugin.his.hl7.Header;
import org.yuzui.plugin.his.hl7.Message;
import org.yuzui.plugin.his.hl7.Refusal;
import org.yuzui.plugin.his.mllp.Fault;
import org.yuzui.plugin.his.mllp.Listener;
import org.yuzui.spi.Headers;
import org.yuzui.spi.Settings;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first step of {@code receive-visit}: makes records of the bytes of a message and tells the hub where they come from.
 * Afterwards the header {@link #KIND} says whether the body is to be published under {@link #CONTRACT} ({@code record}; one, or
 * a list) or is a message of a type that isn't read and is accepted by setting ({@code other}).
 */
public final class MessageReader implements Processor {

    static final String KIND = "HisKind";
    /** The contract that the message is meant for, as far as its type tells; for publishing, and for the ledger when it is refused. */
    static final String CONTRACT = "HisContract";
    /** {@link Header} of the message, for its answer. */
    static final String HEADER = "HisHeader";
    /** {@link Charset} in which the answer is written. */
    static final String CHARSET = "HisCharset";

    private final HisSettings settings;
    private final Map<Kind, RecordReader> readers = new EnumMap<>(Kind.class);

    public MessageReader(Settings settings) {
        this.settings = HisSettings.of(settings);
        Pseudonyms pseudonyms = new Pseudonyms(this.settings.pseudonymKey());
        for (Kind kind : Kind.values()) {
            readers.put(kind, reader(kind, this.settings.zone(), pseudonyms));
        }
    }

    private static RecordReader reader(Kind kind, ZoneId zone, Pseudonyms pseudonyms) {
        return switch (kind) {
            case VISIT -> new VisitReader(zone, pseudonyms);
            case MERGE -> new MergeReader(zone, pseudonyms);
            case RESULT -> new ResultReader(zone, pseudonyms);
            case ORDER, GENERAL_ORDER, LABORATORY_ORDER, PHARMACY_ORDER, ENCODED_ORDER -> new OrderReader(zone, pseudonyms);
            case APPOINTMENT -> new AppointmentReader(zone, pseudonyms);
            case CHARGE -> new ChargeReader(zone, pseudonyms);
        };
    }

    /** @throws Refusal with the reason, when the message is answered with AE or AR */
    @Override
    public void process(Exchange exchange) {
        org.apache.camel.Message in = exchange.getMessage();
        byte[] bytes = in.getBody(byte[].class);
        String door = door(in);
        in.setHeader(Headers.SOURCE, door);
        in.setHeader(Headers.ARRIVED, bytes);
        exchange.setProperty(CHARSET, settings.charset());
        Fault fault = in.getHeader(Listener.FAULT, Fault.class);
        if (fault != null) {
            Header.tryRead(bytes).ifPresent(header -> tellSource(exchange, header, door));
            throw Refusal.frame(fault.code(), fault.text());
        }
        Header header = Header.read(bytes);
        tellSource(exchange, header, door);
        accept(header);
        Optional<Kind> kind = kind(header);
        in.setHeader(KIND, kind.isPresent() ? "record" : "other");
        if (kind.isEmpty()) {
            in.setHeader(Headers.REMARK, header.typeAndTrigger() + " is not read; accepted by the setting unknownType");
            return;
        }
        Facility facility = facility(header, in);
        Charsets.Decoded decoded = Charsets.decode(bytes, facility.ignoreDeclared() ? "" : header.declaredCharset(), facility.charset());
        exchange.setProperty(CHARSET, decoded.charset());
        Message message = Message.parse(decoded.text());
        List<ObjectNode> records = readers.get(kind.get()).read(header, message, facility.unit());
        in.setBody(records.size() == 1 ? records.get(0) : records);
    }

    /** The line's address, or what another door has said already: {@code file batch-7.hl7}. */
    private static String door(org.apache.camel.Message in) {
        String peer = in.getHeader(Listener.PEER, String.class);
        return peer == null ? in.getHeader(Headers.SOURCE, "", String.class) : "mllp " + peer;
    }

    private static void tellSource(Exchange exchange, Header header, String door) {
        org.apache.camel.Message in = exchange.getMessage();
        exchange.setProperty(HEADER, header);
        int port = in.getHeader(Listener.PEER) == null ? -1 : door.lastIndexOf(':');
        String sender = " " + header.application() + "@" + header.facility();
        String from = port < 0 ? door : door.substring(0, port);
        in.setHeader(Headers.SOURCE, from.endsWith(sender) ? from : from + sender); // it says so already when it goes in once more
        if (!header.type().isEmpty()) {
            in.setHeader(Headers.SOURCE_TYPE, header.typeAndTrigger());
        }
        if (!header.controlId().isEmpty()) {
            in.setHeader(Headers.SOURCE_ID, header.controlId());
        }
        Kind.contractOf(header).ifPresent(contract -> in.setHeader(CONTRACT, contract));
    }

    /** What HL7 asks to be looked at before the content. */
    private void accept(Header header) {
        if (header.type().isEmpty()) {
            throw new Refusal(Refusal.Reason.BAD_HEADER, "MSH-9", "The message has no type: MSH-9 is empty.");
        }
        if (header.controlId().isEmpty()) {
            throw new Refusal(Refusal.Reason.BAD_HEADER, "MSH-10", "The message has no control id: MSH-10 is empty.");
        }
        if (!header.version().isEmpty() && !header.version().startsWith("2")) {
            throw new Refusal(Refusal.Reason.UNSUPPORTED_VERSION, "MSH-12",
                    "Version '" + header.version() + "' is not read. Send HL7 version 2.");
        }
        if (!header.processingId().isEmpty() && !settings.processingIds().contains(header.processingId())) {
            throw new Refusal(Refusal.Reason.PROCESSING_ID, "MSH-11", "Processing id '" + header.processingId()
                    + "' is not accepted here. Send P, or add it to processingIds.");
        }
    }

    private Optional<Kind> kind(Header header) {
        Optional<Kind> kind = Kind.of(header);
        if (kind.isPresent() || settings.acceptUnknown()) {
            return kind;
        }
        throw new Refusal(Kind.contractOf(header).isPresent() ? Refusal.Reason.UNSUPPORTED_EVENT
                : Refusal.Reason.UNSUPPORTED_TYPE, "MSH-9",
                header.typeAndTrigger() + " is not read here. Don't send it, or set unknownType: accept.");
    }

    private Facility facility(Header header, org.apache.camel.Message in) {
        Facility facility = settings.facilities().get(header.facility());
        if (facility != null) {
            return facility;
        }
        String unit = settings.otherUnit().orElseThrow(() -> new Refusal(Refusal.Reason.UNKNOWN_FACILITY, "MSH-4",
                "Facility '" + header.facility() + "' has no unit. Map it under facilities in config/plugins/his.yaml."));
        in.setHeader(Headers.REMARK, "facility '" + header.facility() + "' has no unit of its own");
        return new Facility(unit, 0, settings.charset(), false);
    }
}
