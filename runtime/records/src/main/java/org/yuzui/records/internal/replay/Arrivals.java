package org.yuzui.records.internal.replay;

import org.yuzui.broker.Broker;
import org.yuzui.broker.Publisher;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Keepsake;
import org.yuzui.ledger.KeptMessage;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;
import org.yuzui.records.ArrivalDoor;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.Records;
import org.yuzui.records.internal.text.Bodies;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Lets messages go in once more. */
final class Arrivals implements AutoCloseable {

    private static final int MOST_TRIES = 100;
    private static final String LET_IN = "A later try to mend the same message was let in.";
    private static final Set<HopKind> ARRIVED = EnumSet.of(HopKind.RECEIVED, HopKind.PUBLISHED, HopKind.IGNORED);

    private final Ledger ledger;
    private final Records records;
    private final ArrivalDoor door;
    private final Clock clock;
    private final Publisher publisher;

    Arrivals(Broker broker, Ledger ledger, Records records, ArrivalDoor door, Clock clock) {
        this.ledger = ledger;
        this.records = records;
        this.door = door;
        this.clock = clock;
        this.publisher = broker.publisher();
    }

    /**
     * By the way that it came. That it went in is noted after it did: when the hub ends between the two it goes in once more, which the
     * identity of what is made of it absorbs.
     */
    void sendOn(Flow refused, String replay, String who, String reason) throws Exception {
        KeptMessage kept = small(refused);
        if (kept != null) {
            enter(refused, kept.bytes(), kept.content());
        } else {
            door.enter(origin(refused, howItCame(refused)), LargeMessage.of(ledger, refused));
        }
        note(refused, HopKind.REPLAYED, replay, who, reason);
    }

    /** @return null when it is too large to be whole in memory */
    private KeptMessage small(Flow refused) {
        try {
            return ledger.payload(refused.id()).orElseThrow(Arrivals::notKept);
        } catch (ProblemException e) {
            if (e.problem().code().equals(LargeMessage.TOO_LARGE)) {
                return null;
            }
            throw e;
        }
    }

    /** What it came as: the message that brought it, or itself. */
    UUID message(UUID flow) {
        List<Hop> hops = ledger.hops(flow);
        return hops.stream().anyMatch(h -> h.kind() == HopKind.REFUSED) ? flow
                : hops.stream().filter(h -> ARRIVED.contains(h.kind()) && h.message() != null).findFirst().map(Hop::message).orElse(flow);
    }

    /** The message that brought it went in for another one that it brought. */
    void wentIn(Flow flow, String replay, String who, String reason) {
        note(flow, HopKind.REPLAYED, replay, who, reason);
    }

    void mend(UUID id, Message message, String who, String reason) throws Exception {
        Flow refused = ledger.flow(id).orElseThrow(() -> new ProblemException(
                Problem.of("unknown-record", "The ledger has nothing under " + id + ".")));
        if (refused.status() != FlowStatus.REFUSED && refused.status() != FlowStatus.SETTLED) {
            throw new ProblemException(Problem.of("not-refused", "This flow was not refused: it is " + refused.status() + ".")
                    .cure("Only a refused message can be mended; a record is corrected by its source."));
        }
        boolean content = isContent(refused);
        if (message.size() <= Ledger.MOST_IN_MEMORY) {
            enter(refused, message.bytes(), content);
        } else if (content) {
            throw LargeMessage.oneValue(message.size());
        } else {
            door.enter(origin(refused, howItCame(refused)), message);
        }
        note(refused, HopKind.MENDED, null, who, reason);
        FlowFilter tries = FlowFilter.where().status(FlowStatus.REFUSED).parent(id).build();
        for (Flow earlier : ledger.find(new FlowQuery(tries, null, MOST_TRIES)).flows()) {
            if (!earlier.id().equals(id)) { // sent on unchanged it is its own parent
                note(earlier, HopKind.DISMISSED, null, who, LET_IN);
            }
        }
    }

    void dismiss(Flow refused, String replay, String who, String reason) {
        note(refused, HopKind.DISMISSED, replay, who, reason);
    }

    /** What was kept need not open for it: who mends has the message, perhaps because the file or the key of the old one is lost. */
    private boolean isContent(Flow refused) {
        Keepsake kept = ledger.beside(ledger.hops(refused.id())).get(refused.id());
        if (kept == null) {
            throw notKept();
        }
        return kept.content();
    }

    static ProblemException notKept() {
        return new ProblemException(Problem.of("message-not-kept", "Of this flow no message was kept.").cure("Have its sender send it again."));
    }

    private void enter(Flow refused, byte[] message, boolean content) throws Exception {
        Hop came = howItCame(refused);
        Origin origin = origin(refused, came);
        if (content) {
            // The route made it, and may have changed it much: it goes on from where it was refused.
            records.publish(new Draft(came.contract(), Bodies.given(message), origin));
        } else {
            door.enter(origin, message);
        }
    }

    private static Origin origin(Flow refused, Hop came) {
        return new Origin(came.plugin(), came.version(), came.route(), came.source(), came.sourceType(), came.sourceId(), null, refused.id(), null);
    }

    private Hop howItCame(Flow refused) {
        List<Hop> hops = ledger.hops(refused.id());
        return hops.stream().filter(h -> h.kind() == HopKind.REFUSED).reduce((a, b) -> b)
                .or(() -> hops.stream().filter(h -> ARRIVED.contains(h.kind())).findFirst())
                .orElseThrow(() -> new ProblemException(Problem.of("arrival-unknown", "The ledger does not know how this flow arrived.")));
    }

    private void note(Flow flow, HopKind kind, String replay, String who, String reason) {
        publisher.publish(List.of(), ledger.encode(Hop.of(flow.id(), kind, clock.instant())
                .in(flow.plugin(), null, flow.route()).record(flow.contract(), flow.key(), flow.unit())
                .from(replay, null, who).cause(null, reason).build()));
    }

    @Override
    public void close() {
        publisher.close();
    }
}
