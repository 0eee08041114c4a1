package org.yuzui.ledger.internal;

import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.store.BinaryRows;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The ledger's rows as COPY takes them, with their columns. */
final class LedgerRows {

    static final String HOP_COLUMNS = "flow, at, id, keep, kind, node, plugin, version, route, subscription, source, "
            + "source_type, source_id, parent, micros, size, cause_code, cause, message";

    static final String FLOW_COLUMNS = "id, keep, placed, status, marks, contract, key, unit, plugin, route, source, "
            + "source_type, source_id, first_at, last_at, arrived_at, arrivals, hops, size, cause_at, cause_code, cause, cause_print, terms, hangs";

    static final String MESSAGE_COLUMNS = "id, keep, placed, content, size, sha, sealed";

    /** Of names and ids; also keeps an indexed value within the size of an index row. */
    private static final int NAME = 500;
    private static final int SENTENCE = 4_000;

    private LedgerRows() {
    }

    static void messages(OutputStream out, Collection<KeptEntry> kept) throws IOException {
        BinaryRows rows = new BinaryRows(out);
        for (KeptEntry entry : kept) {
            rows.row(7).uuid(entry.id()).int4(entry.keep()).instant(entry.placed()).bool(entry.content()).int8(entry.size())
                    .bytes(entry.sha()).bytes(entry.sealed());
        }
        rows.end();
    }

    static void hops(OutputStream out, Collection<TrailHop> hops) throws IOException {
        BinaryRows rows = new BinaryRows(out);
        for (TrailHop trailHop : hops) {
            Hop hop = trailHop.hop();
            rows.row(19).uuid(hop.flow()).instant(hop.at()).int8(trailHop.id()).int4(hop.keep()).int2(hop.kind().ordinal())
                    .text(trailHop.node(), NAME).text(hop.plugin(), NAME).text(hop.version(), NAME).text(hop.route(), NAME)
                    .text(hop.subscription(), NAME).text(hop.source(), NAME).text(hop.sourceType(), NAME)
                    .text(hop.sourceId(), NAME).uuid(hop.parent()).int8(hop.durationMicros()).int8(hop.size())
                    .text(hop.causeCode(), NAME).text(hop.cause(), SENTENCE).uuid(hop.message());
        }
        rows.end();
    }

    /**
     * @param places  of those that are there; where the others are placed they say themselves
     * @param longAgo what was accepted before it and went no further hangs
     */
    static void flows(OutputStream out, Collection<FlowSum> flows, Map<UUID, Places.Place> places, Instant longAgo)
            throws IOException {
        BinaryRows rows = new BinaryRows(out);
        for (FlowSum flow : flows) {
            Hop arrival = flow.arrival;
            Hop failure = flow.failure;
            Places.Place place = places.get(flow.id);
            rows.row(25).uuid(flow.id).int4(place == null ? flow.keep : place.keep()).instant(place == null ? flow.firstAt : place.placed()).int2(flow.status().ordinal()).int2(flow.marks)
                    .text(flow.contract, NAME).text(flow.key, NAME).text(flow.unit, NAME)
                    .text(arrival == null ? null : arrival.plugin(), NAME)
                    .text(arrival == null ? null : arrival.route(), NAME)
                    .text(arrival == null ? null : arrival.source(), NAME)
                    .text(arrival == null ? null : arrival.sourceType(), NAME)
                    .text(arrival == null ? null : arrival.sourceId(), NAME)
                    .instant(flow.firstAt).instant(flow.lastAt).instant(arrival == null ? null : arrival.at())
                    .int4(flow.arrivals).int4(flow.hops).int8(flow.size)
                    .instant(failure == null ? null : failure.at())
                    .text(failure == null ? null : failure.causeCode(), NAME)
                    .text(failure == null ? null : failure.cause(), SENTENCE)
                    .int8(CausePrint.of(failure))
                    .int8s(flow.terms())
                    .mark(flow.status() == FlowStatus.ACCEPTED && flow.firstAt.isBefore(longAgo));
        }
        rows.end();
    }
}
