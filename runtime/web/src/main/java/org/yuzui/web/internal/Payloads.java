package org.yuzui.web.internal;

import org.yuzui.contracts.Capture;
import org.yuzui.contracts.Contract;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Keepsake;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.StoredRecord;
import org.yuzui.web.HubServices;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What there is of a record to look at, in the order of its hops: kept or not, and then why. */
final class Payloads {

    /** What it is of the record. */
    enum At { ARRIVAL, PUBLISHED, DELIVERED }

    /**
     * One of them.
     *
     * @param hop      place of its hop, from 0; null when that was forgotten
     * @param keepsake what the ledger has; null when it has nothing
     * @param stored   what the record store has; null when it has nothing
     * @param refused  whether it is a content that was refused, and so was not masked
     * @param contract as it is now; null when nobody brings it
     * @param why      why there is nothing; null when there is
     */
    record Piece(At at, Integer hop, String subscription, Keepsake keepsake, StoredRecord stored, boolean refused, Contract contract,
                 String why) {

        boolean kept() {
            return keepsake != null || stored != null;
        }

        /** Whether it may hold what nobody has masked. */
        boolean open() {
            return stored == null && (at == At.ARRIVAL || (at == At.DELIVERED || refused) && (contract == null || contract.masks()));
        }
    }

    private static final Set<HopKind> BEGINS = EnumSet.of(HopKind.RECEIVED, HopKind.PUBLISHED);
    private static final Set<HopKind> GIVES = EnumSet.of(HopKind.DELIVERED, HopKind.FILTERED, HopKind.RETRIED, HopKind.DEAD);
    /** By which the record store says that it has a record. */
    private static final String STORE = "store";

    private final List<Hop> hops;
    private final Map<UUID, Keepsake> beside;
    private final StoredRecord stored;
    private final Contract contract;
    private final List<Piece> pieces = new ArrayList<>();
    private boolean begun;
    private boolean refused;

    private Payloads(Flow flow, HubServices services) {
        Ledger ledger = services.ledger();
        this.hops = ledger.hops(flow.id());
        this.beside = ledger.beside(hops);
        this.stored = services.records().byId(flow.id()).orElse(null);
        this.contract = services.contracts().get().stream().filter(c -> c.id().equals(flow.contract())).findFirst().orElse(null);
    }

    static List<Piece> of(Flow flow, HubServices services) {
        Payloads payloads = new Payloads(flow, services);
        for (int i = 0; i < payloads.hops.size(); i++) {
            payloads.look(i, payloads.hops.get(i));
        }
        if (!payloads.begun && payloads.stored != null) { // the ledger has forgotten the hop, the store keeps the record
            payloads.published(null, null);
        }
        return List.copyOf(payloads.pieces);
    }

    private void look(int at, Hop hop) {
        if (BEGINS.contains(hop.kind())) {
            if (hop.message() != null || hop.kind() == HopKind.RECEIVED && !begun) {
                arrival(at, hop);
            }
            if (!begun) {
                published(at, hop);
            }
            begun = true;
        } else if (hop.kind() == HopKind.DUPLICATE && hop.message() != null) {
            arrival(at, hop);
        } else if (hop.kind() == HopKind.REFUSED && !refused) {
            refused = true;
            refused(at, hop);
        } else if (hop.kind() == HopKind.IGNORED) {
            pieces.add(new Piece(At.ARRIVAL, at, null, null, null, false, contract, "not-asked-for"));
        } else if (GIVES.contains(hop.kind()) && !STORE.equals(hop.subscription())
                && (hop.message() != null || hop.kind() == HopKind.DELIVERED)) {
            delivered(at, hop);
        }
    }

    private void arrival(int at, Hop hop) {
        Keepsake keepsake = hop.message() == null ? null : beside.get(hop.message());
        pieces.add(new Piece(At.ARRIVAL, at, null, keepsake, null, false, contract,
                keepsake != null ? null : hop.message() != null ? "forgotten" : notAsked(Capture.ARRIVAL)));
    }

    private void published(Integer at, Hop hop) {
        Keepsake keepsake = hop == null || stored != null ? null : beside.get(hop.flow());
        boolean there = stored != null || keepsake != null;
        String why = there ? null : contract != null && !contract.stored() && !contract.capture().keeps(Capture.PUBLISHED) ? "contract-forbids"
                : "forgotten";
        pieces.add(new Piece(At.PUBLISHED, at, null, keepsake, stored, false, contract, why));
    }

    private void refused(int at, Hop hop) {
        Keepsake keepsake = beside.get(hop.flow());
        String why = keepsake != null ? null : hop.size() == 0 ? "not-given"
                : contract != null && contract.capture() == Capture.NONE ? "contract-forbids" : "forgotten";
        boolean content = keepsake != null && keepsake.content();
        pieces.add(new Piece(content ? At.PUBLISHED : At.ARRIVAL, at, null, keepsake, null, content, contract, why));
    }

    private void delivered(int at, Hop hop) {
        Keepsake keepsake = hop.message() == null ? null : beside.get(hop.message());
        pieces.add(new Piece(At.DELIVERED, at, hop.subscription(), keepsake, null, false, contract,
                keepsake != null ? null : hop.message() != null ? "forgotten" : notAsked(Capture.DELIVERED)));
    }

    private String notAsked(Capture what) {
        if (contract != null && contract.capture() == Capture.NONE) {
            return "contract-forbids";
        }
        return contract != null && !contract.capture().keeps(what) ? "not-asked-for" : "not-given";
    }
}
