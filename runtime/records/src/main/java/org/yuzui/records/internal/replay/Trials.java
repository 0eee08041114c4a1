package org.yuzui.records.internal.replay;

import com.fasterxml.jackson.databind.JsonNode;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.Keepsake;
import org.yuzui.ledger.KeptMessage;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.ArrivalDoor;
import org.yuzui.records.Draft;
import org.yuzui.records.DryRun;
import org.yuzui.records.DryRun.Outcome;
import org.yuzui.records.Origin;
import org.yuzui.records.RecordQuery;
import org.yuzui.records.Records;
import org.yuzui.records.ReplayRequest.Version;
import org.yuzui.records.StoredRecord;
import org.yuzui.records.internal.Workbench;
import org.yuzui.records.internal.text.Bodies;
import org.yuzui.records.internal.text.Innermost;
import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Tries flows: all that would be done is done but for making it durable. */
final class Trials {

    private static final int CHILDREN = 50;

    private final Ledger ledger;
    private final Workbench bench;
    private final Records records;
    private final ArrivalDoor door;
    private final Versions versions;

    Trials(Ledger ledger, Workbench bench, Records records, ArrivalDoor door, Versions versions) {
        this.ledger = ledger;
        this.bench = bench;
        this.records = records;
        this.door = door;
        this.versions = versions;
    }

    DryRun of(UUID id, byte[] message, Version version) {
        Flow flow = ledger.flow(id).orElseThrow(() -> new ProblemException(
                Problem.of("unknown-record", "The ledger has nothing under " + id + ".")));
        if (version == Version.ORIGINAL) {
            versions.requireOriginal(id);
        }
        TriedMessage tried = new TriedMessage(bench, ledger);
        Optional<StoredRecord> stored = records.store().byId(id);
        KeptMessage entering = entering(flow, message, stored);
        Problem refused = attempt(flow, entering, tried);
        List<Outcome> outcomes = tried.outcomes();
        JsonNode before = before(flow, stored, outcomes);
        JsonNode after = outcomes.isEmpty() ? null : outcomes.get(0).content();
        return new DryRun(id, flow.plugin(), flow.route(), door.version(flow.plugin() == null ? "" : flow.plugin()).orElse(null), before, after,
                ContentDiff.between(before, after), outcomes, tried.more(), tried.refused() == null ? refused : tried.refused(), tried.leftOut());
    }

    private KeptMessage entering(Flow flow, byte[] message, Optional<StoredRecord> stored) {
        if (message != null) { // the one that was kept may be lost
            Keepsake kept = ledger.beside(ledger.hops(flow.id())).get(flow.id());
            return new KeptMessage(message, kept == null ? stored.isPresent() : kept.content());
        }
        return ledger.payload(flow.id()).or(() -> stored.map(r -> new KeptMessage(Bodies.again(r.body()), true)))
                .orElseThrow(() -> new ProblemException(Problem.of("message-not-kept", "Of this flow no message was kept.")
                        .cure("Give the message that is to be tried.")));
    }

    /** @return why it would be refused, unless that was taken down already */
    private Problem attempt(Flow flow, KeptMessage entering, TriedMessage tried) {
        try {
            Origin origin = new Origin(flow.plugin(), null, flow.route(), flow.source(), flow.sourceType(), flow.sourceId(), null, flow.id(), null);
            if (entering.content()) {
                tried.publish(new Draft(flow.contract(), Bodies.given(entering.bytes()), origin));
            } else {
                door.rehearse(origin, entering.bytes(), tried);
            }
            return null;
        } catch (RefusedException e) {
            return new Problem(e.code(), e.place(), e.getMessage(), null);
        } catch (ProblemException e) {
            if (e.problem().code().equals("not-json")) {
                return e.problem();
            }
            throw e;
        } catch (Exception e) { // whatever a plugin's route throws is about its message
            return Problem.of("failed", Innermost.sentence(e));
        }
    }

    /** What it became itself, or what was made of it under the same key; else what the key has now. */
    private JsonNode before(Flow flow, Optional<StoredRecord> stored, List<Outcome> outcomes) {
        if (stored.isPresent()) {
            return stored.get().body();
        }
        Stream<StoredRecord> children = ledger.find(new FlowQuery(FlowFilter.madeFrom(flow.id()), null, CHILDREN)).flows().stream()
                .flatMap(child -> records.store().byId(child.id()).stream());
        if (outcomes.isEmpty()) {
            return children.findFirst().map(StoredRecord::body).orElse(null);
        }
        Outcome first = outcomes.get(0);
        return children.filter(r -> r.contract().equals(first.contract()) && r.key().equals(first.key())).findFirst()
                .or(() -> records.store().find(RecordQuery.byKey(first.contract(), first.key())).stream().findFirst())
                .map(StoredRecord::body).orElse(null);
    }
}
