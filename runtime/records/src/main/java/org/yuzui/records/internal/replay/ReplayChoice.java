package org.yuzui.records.internal.replay;

import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.ReplayPreview;
import org.yuzui.records.ReplayRequest;
import org.yuzui.records.ReplayRequest.Action;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Sorts the flows of a request; whether a message was kept is asked for many at a time, and their order stays. */
final class ReplayChoice {

    private static final int CHUNK = 1_000;

    private final ReplayRequest request;
    private final Ledger ledger;
    private final Consumer<Flow> chosen;
    private final List<Flow> seen = new ArrayList<>();
    private long fresh;
    private long applied;
    private long lost;

    private ReplayChoice(ReplayRequest request, Ledger ledger, Consumer<Flow> chosen) {
        this.request = request;
        this.ledger = ledger;
        this.chosen = chosen;
    }

    /** @param chosen takes those that are to be sent on, the earliest first */
    static ReplayPreview of(ReplayRequest request, Ledger ledger, Consumer<Flow> chosen) {
        ReplayChoice choice = new ReplayChoice(request, ledger, chosen);
        ledger.each(request.filter(), request.only(), choice::see);
        choice.settle();
        return new ReplayPreview(choice.fresh, choice.applied, choice.lost);
    }

    private void see(Flow flow) {
        seen.add(flow);
        if (seen.size() == CHUNK) {
            settle();
        }
    }

    private void settle() {
        boolean sendsOn = request.action() == Action.SEND_ON && request.subscription() == null;
        List<UUID> needMessage = sendsOn ? seen.stream().filter(this::entersByItsMessage).map(Flow::id).toList() : List.of();
        Set<UUID> lacking = new HashSet<>(needMessage);
        lacking.removeAll(ledger.kept(needMessage));
        for (Flow flow : seen) {
            if (!isWanted(flow)) {
                applied++;
            } else if (lacking.contains(flow.id())) {
                lost++;
            } else {
                fresh++;
                chosen.accept(flow);
            }
        }
        seen.clear();
    }

    private boolean entersByItsMessage(Flow flow) {
        return request.fromArrival() || flow.status() == FlowStatus.REFUSED;
    }

    private boolean isWanted(Flow flow) {
        if (request.fromArrival()) {
            return true;
        }
        return request.subscription() == null ? flow.status() == FlowStatus.REFUSED || flow.status() == FlowStatus.DEAD
                : flow.status() != FlowStatus.REFUSED && flow.status() != FlowStatus.IGNORED;
    }
}
