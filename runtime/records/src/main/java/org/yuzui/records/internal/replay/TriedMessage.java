package org.yuzui.records.internal.replay;

import org.yuzui.contracts.CheckedRecord;
import org.yuzui.kernel.Problem;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.Draft;
import org.yuzui.records.DryRun.Kind;
import org.yuzui.records.DryRun.Outcome;
import org.yuzui.records.Publication;
import org.yuzui.records.Rehearsal;
import org.yuzui.records.internal.Workbench;
import org.yuzui.spi.RefusedException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Takes down what would come of a message. */
final class TriedMessage implements Rehearsal {

    /** Of a file with very many records the others are only counted. */
    private static final int LISTED = 200;

    private final Workbench bench;
    private final Ledger ledger;
    private final Map<UUID, Outcome> outcomes = new LinkedHashMap<>();
    private final Set<String> leftOut = new LinkedHashSet<>();
    private final Set<UUID> others = new HashSet<>();
    private Problem refused;

    TriedMessage(Workbench bench, Ledger ledger) {
        this.bench = bench;
        this.ledger = ledger;
    }

    @Override
    public Publication publish(Draft draft) {
        CheckedRecord record;
        try {
            record = bench.check(draft);
        } catch (RefusedException e) {
            refuse(e);
            throw e;
        }
        synchronized (this) {
            if (outcomes.size() >= LISTED && !outcomes.containsKey(record.id())) {
                boolean first = others.add(record.id()) && !bench.isKnown(record);
                return new Publication(record, first ? Publication.Outcome.NEW : Publication.Outcome.DUPLICATE);
            }
        }
        Kind kind = kind(record);
        synchronized (this) {
            Outcome twice = outcomes.putIfAbsent(record.id(), new Outcome(record.id(), record.contract(), record.key(), kind, record.body()));
            return new Publication(record, kind == Kind.ALREADY || twice != null ? Publication.Outcome.DUPLICATE : Publication.Outcome.NEW);
        }
    }

    private Kind kind(CheckedRecord record) {
        if (bench.isKnown(record) || ledger.flow(record.id()).isPresent()) {
            return Kind.ALREADY;
        }
        FlowFilter sameKey = FlowFilter.where().contract(record.contract()).key(record.key()).build();
        return ledger.find(new FlowQuery(sameKey, null, 500)).flows().stream().anyMatch(f -> record.key().equals(f.key()))
                ? Kind.VERSION : Kind.NEW;
    }

    @Override
    public synchronized void refuse(RefusedException reason) {
        if (refused == null) {
            refused = new Problem(reason.code(), reason.place(), reason.getMessage(), null);
        }
    }

    @Override
    public synchronized void leaveOut(String step) {
        leftOut.add(step);
    }

    synchronized List<Outcome> outcomes() {
        return List.copyOf(outcomes.values());
    }

    /** How many more there are. */
    synchronized int more() {
        return others.size();
    }

    /** The first one; null when nothing was refused. */
    synchronized Problem refused() {
        return refused;
    }

    synchronized List<String> leftOut() {
        return new ArrayList<>(leftOut);
    }
}
