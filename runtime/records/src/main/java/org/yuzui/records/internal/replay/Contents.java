package org.yuzui.records.internal.replay;

import org.yuzui.contracts.ContractViolationException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Keepsake;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.Records;
import org.yuzui.records.StoredRecord;
import org.yuzui.records.internal.Envelope;
import org.yuzui.records.internal.Workbench;
import org.yuzui.records.internal.text.Bodies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Records as they were published: from the store, or from the ledger where a contract has no store. */
final class Contents {

    private final Workbench bench;
    private final Records records;
    private final Ledger ledger;

    Contents(Workbench bench, Records records, Ledger ledger) {
        this.bench = bench;
        this.records = records;
        this.ledger = ledger;
    }

    /** Ready for a subscription; empty when nobody has it any more. */
    Optional<Envelope> of(UUID record) {
        return records.store().byId(record).map(Contents::envelope).or(() -> ledger.flow(record).flatMap(this::kept));
    }

    private static Envelope envelope(StoredRecord r) {
        return new Envelope(r.id(), r.contract(), r.key(), r.unit(), r.day(), null, r.arrivedAt(), Map.of(), Bodies.again(r.body()));
    }

    private Optional<Envelope> kept(Flow flow) {
        List<Hop> hops = ledger.hops(flow.id());
        boolean wasPublished = hops.stream().anyMatch(h -> h.kind() == HopKind.RECEIVED || h.kind() == HopKind.PUBLISHED);
        Keepsake own = wasPublished && flow.contract() != null && flow.key() != null ? ledger.beside(hops).get(flow.id()) : null;
        if (own == null || !own.content()) {
            return Optional.empty(); // what lies there, if anything, was refused
        }
        return ledger.open(own).map(opened -> {
            try (InputStream in = opened) {
                byte[] content = in.readAllBytes();
                return new Envelope(flow.id(), flow.contract(), flow.key(), flow.unit(), day(flow.contract(), content), null, flow.firstAt(),
                        Map.of(), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** As the contract finds it in the content; null when that has none, or nobody brings it any more. */
    private LocalDate day(String contract, byte[] content) {
        return bench.contract(contract).map(c -> {
            try {
                return c.check(Bodies.given(content)).day();
            } catch (ContractViolationException e) {
                return null; // it changed since, or what is masked does not fit its own form
            }
        }).orElse(null);
    }
}
