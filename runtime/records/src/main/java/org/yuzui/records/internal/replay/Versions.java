package org.yuzui.records.internal.replay;

import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.ArrivalDoor;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Which version of a plugin had a flow, and whether that one runs. */
final class Versions {

    private static final Set<HopKind> STOPPED = EnumSet.of(HopKind.REFUSED, HopKind.DEAD, HopKind.RETRIED);
    private static final Set<HopKind> ARRIVED = EnumSet.of(HopKind.RECEIVED, HopKind.PUBLISHED, HopKind.IGNORED);

    private final Ledger ledger;
    private final ArrivalDoor door;

    Versions(Ledger ledger, ArrivalDoor door) {
        this.ledger = ledger;
        this.door = door;
    }

    /**
     * One version of a plugin runs at a time: its routes listen on the same ports and read the same subscriptions, so the old one can't have
     * a message while the new one runs. Going back is a deed of its own, with its plan.
     *
     * @throws ProblemException {@code version-not-running} naming the version to go back to
     */
    void requireOriginal(UUID flow) {
        List<Hop> hops = ledger.hops(flow);
        hops.stream().filter(h -> STOPPED.contains(h.kind())).max(Comparator.comparing(Hop::at))
                .or(() -> hops.stream().filter(h -> ARRIVED.contains(h.kind())).findFirst())
                .filter(hop -> hop.version() != null).ifPresent(this::requireRunning);
    }

    private void requireRunning(Hop hop) {
        String running = door.version(hop.plugin()).orElse(null);
        if (hop.version().equals(running)) {
            return;
        }
        throw new ProblemException(new Problem("version-not-running", hop.plugin() + " " + hop.version(),
                "It was had by " + hop.plugin() + " " + hop.version() + "; " + (running == null ? "no version of it runs." : "now " + running + " runs."),
                "Go back first: yuzui plugin rollback " + hop.plugin() + " " + hop.version() + ". Or let the version have it that runs."));
    }
}
