package org.yuzui.records.internal.replay;

import org.yuzui.kernel.Pause;
import org.yuzui.kernel.ProblemException;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.HopKind;
import org.yuzui.ledger.Ledger;
import org.yuzui.records.Records;
import org.yuzui.records.ReplayRequest.Action;
import org.yuzui.records.ReplayRequest.Version;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.records.internal.Envelope;
import org.yuzui.records.internal.Workbench;
import org.yuzui.records.internal.replay.ReplayTable.Ended;
import org.yuzui.records.internal.replay.ReplayTable.Item;
import org.yuzui.records.internal.replay.ReplayTable.Running;
import org.yuzui.records.internal.text.Innermost;
import org.yuzui.spi.RefusedException;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** One replay under way, from what is left of it to its end. */
final class Course {

    /** How long a replay waits for the ledger to know what happened before. */
    static final Duration DRAIN = Duration.ofSeconds(10);
    /** How long it waits for a subscription to be read. */
    private static final Duration READER = Duration.ofSeconds(20);
    private static final int CHUNK = 10_000;
    private static final int AGAIN = 200;
    private static final long SECOND = 1_000_000_000L;

    private final ReplayTable table;
    private final Ledger ledger;
    private final Records records;
    private final Arrivals arrivals;
    private final Workbench bench;
    private final Contents contents;
    private final Versions versions;
    private final Pause pause;
    private final Clock clock;
    private final long id;
    private final String name;
    private final BooleanSupplier open;
    private final ReplayNews news;
    /** Messages that this run of the replay has let in from their arrival. */
    private final Set<UUID> letIn = new HashSet<>();
    private Running running;
    /** Subscriptions that nobody began to read in time; it is not waited for them again. */
    private final Set<String> waitedFor = new HashSet<>();
    /** Whether this run has dealt with dead letters already. */
    private boolean begun;
    private long dueNanos;

    Course(ReplayTable table, Ledger ledger, Records records, Arrivals arrivals, Workbench bench, Contents contents, Versions versions, Pause pause,
           Clock clock, long id, BooleanSupplier open, ReplayNews news) {
        this.table = table;
        this.ledger = ledger;
        this.records = records;
        this.arrivals = arrivals;
        this.bench = bench;
        this.contents = contents;
        this.versions = versions;
        this.pause = pause;
        this.clock = clock;
        this.id = id;
        this.name = "replay/" + id;
        this.open = open;
        this.news = news;
    }

    /** @return whether it came to its end; else it was paused or stopped, or the hub is closing */
    boolean run() {
        dueNanos = System.nanoTime();
        running = table.find(id).orElse(null);
        while (goesOn()) {
            if (!ledger.awaitDrained(DRAIN)) {
                // What this replay did before the hub ended is told by the ledger alone: without it something would be sent twice.
                pause.await(Duration.ofSeconds(1), this::goesOn);
                continue;
            }
            List<Item> items = table.pending(id, CHUNK);
            if (items.isEmpty()) {
                return true;
            }
            if (running.fromArrival()) {
                fromArrival(items);
            } else if (running.subscription() != null) {
                again(items);
            } else {
                onward(items);
            }
        }
        return false;
    }

    private boolean goesOn() {
        return open.getAsBoolean() && running != null && table.isRunning(id);
    }

    /** By the route that each of them came by, whatever became of it. */
    private void fromArrival(List<Item> items) {
        for (Item item : items) {
            Flow flow = ledger.flow(item.flow()).orElse(null);
            if (flow == null) {
                end(item, "SKIPPED", "forgotten");
            } else if (wasMine(flow.id())) {
                end(item, "DONE", null);
            } else if (next(1) == 0) {
                return;
            } else {
                fromArrival(item, flow);
            }
        }
    }

    /** A message that brought many records goes in once for all of them. */
    private void fromArrival(Item item, Flow flow) {
        UUID message = arrivals.message(flow.id());
        if (letIn.contains(message)) {
            arrivals.wentIn(flow, name, running.replay().who(), running.replay().reason());
            end(item, "DONE", null);
        } else if (arrival(item, flow)) {
            letIn.add(message);
        }
    }

    /** From where each of them stopped. */
    private void onward(List<Item> items) {
        Map<UUID, Item> dead = new HashMap<>();
        Map<UUID, Flow> flows = new HashMap<>();
        for (Item item : items) {
            Flow flow = ledger.flow(item.flow()).orElse(null);
            if (flow == null) {
                end(item, "SKIPPED", "forgotten");
            } else if (flow.status() == FlowStatus.DEAD) {
                if (hasVersion(item)) {
                    dead.put(flow.id(), item);
                    flows.put(flow.id(), flow);
                }
            } else if (flow.status() != FlowStatus.REFUSED) {
                end(item, wasMine(flow.id()) ? "DONE" : "SKIPPED", null);
            } else if (next(1) == 0) {
                return;
            } else {
                arrival(item, flow);
            }
        }
        if (!dead.isEmpty()) {
            deadLetters(dead, flows);
        }
    }

    /** @return whether it is done */
    private boolean arrival(Item item, Flow flow) {
        String who = running.replay().who();
        try {
            if (running.replay().action() == Action.DISMISS) {
                arrivals.dismiss(flow, name, who, running.replay().reason());
            } else {
                requireVersion(flow.id());
                arrivals.sendOn(flow, name, who, running.replay().reason());
            }
            end(item, "DONE", null);
            return true;
        } catch (RefusedException e) {
            end(item, "FAILED", e.code());
        } catch (Exception | LinkageError | StackOverflowError e) { // whatever a plugin's route throws is about its message
            if (Trouble.isIn(e)) {
                throw new Trouble(e);
            }
            if (open.getAsBoolean()) { // else it was cut short, and goes in after the next start
                if (ledger.flow(flow.id()).isEmpty()) { // its time was over in the midst of it
                    end(item, "SKIPPED", "forgotten");
                } else {
                    end(item, "FAILED", why(e));
                }
            }
        }
        return false;
    }

    private static String why(Throwable e) {
        if (e instanceof ProblemException p) {
            return p.problem().code().equals("version-not-running") ? p.problem().sentence() : p.problem().code();
        }
        return Innermost.sentence(e);
    }

    private void requireVersion(UUID flow) {
        if (running.version() == Version.ORIGINAL) {
            versions.requireOriginal(flow);
        }
    }

    private boolean hasVersion(Item item) {
        try {
            if (running.replay().action() == Action.SEND_ON) {
                requireVersion(item.flow());
            }
            return true;
        } catch (ProblemException e) {
            end(item, "FAILED", e.problem().sentence());
            return false;
        }
    }

    private void deadLetters(Map<UUID, Item> dead, Map<UUID, Flow> flows) {
        boolean dismiss = running.replay().action() == Action.DISMISS;
        List<SubscriptionStatus> piles = records.subscriptions().stream()
                .filter(s -> s.dead() > 0 && (dismiss || !s.ofStore())) // what the database refused it would refuse again
                .toList();
        Whereabouts whereabouts = new Whereabouts(ledger, piles, flows, name, !begun);
        begun = true;
        Set<String> unread = dismiss ? Set.of() : unread(piles, whereabouts);
        Map<UUID, Item> left = new HashMap<>(dead);
        for (SubscriptionStatus pile : piles) {
            if (!unread.contains(pile.name())) {
                bench.passDeadLetters(pile, whereabouts.in(pile.name()), dismiss ? Workbench.Deed.DROP : Workbench.Deed.SEND_ON,
                        hop(dismiss ? HopKind.DISMISSED : HopKind.REPLAYED, pile.name()), new Passing(pile.name(), whereabouts, left));
            }
        }
        if (!left.isEmpty() && goesOn() && ledger.awaitDrained(DRAIN)) {
            whereabouts.stillIn(unread).forEach(flow -> end(left.remove(flow), "FAILED", "subscription-not-read"));
            left.values().forEach(this::notThere); // also when it had left one, and somebody else had it from the other one
        }
    }

    /** A pass through the dead letters of one subscription. */
    private final class Passing implements Workbench.Pace {

        private final String subscription;
        private final Whereabouts whereabouts;
        private final Map<UUID, Item> left;

        /** @param left those of which the end is not noted */
        Passing(String subscription, Whereabouts whereabouts, Map<UUID, Item> left) {
            this.subscription = subscription;
            this.whereabouts = whereabouts;
            this.left = left;
        }

        @Override
        public int atOnce() {
            return running.perSecond();
        }

        @Override
        public int next(int most) {
            return Course.this.next(most);
        }

        @Override
        public boolean isOpen() {
            return open.getAsBoolean();
        }

        @Override
        public void left(List<UUID> flows) {
            end(flows.stream().filter(flow -> whereabouts.left(flow, subscription)).map(left::remove)
                    .map(item -> new Ended(item.seq(), "DONE", null)).toList());
        }
    }

    /** Those that nobody reads, and that nobody begins to read within a while: a plugin that is replaced now does. What lies there stays. */
    private Set<String> unread(List<SubscriptionStatus> piles, Whereabouts whereabouts) {
        Set<String> concerned = new HashSet<>();
        piles.stream().map(SubscriptionStatus::name).filter(name -> !whereabouts.in(name).isEmpty()).forEach(concerned::add);
        long patience = System.nanoTime() + READER.toNanos();
        while (true) {
            Set<String> unread = new HashSet<>();
            records.subscriptions().stream().filter(s -> !s.reading() && concerned.contains(s.name())).forEach(s -> unread.add(s.name()));
            if (waitedFor.containsAll(unread) || System.nanoTime() >= patience || !goesOn()) {
                waitedFor.addAll(unread);
                return unread;
            }
            pause.await(Duration.ofMillis(200), this::goesOn);
        }
    }

    /** Somebody was there before: this replay before the hub ended, or another one. Or nobody was, and the record waits for somebody. */
    private void notThere(Item item) {
        if (wasMine(item.flow())) {
            end(item, "DONE", null);
        } else if (ledger.flow(item.flow()).filter(f -> f.status() == FlowStatus.DEAD).isPresent()) {
            end(item, "FAILED", "no-dead-letter");
        } else {
            end(item, "SKIPPED", null);
        }
    }

    /** To one subscription, whatever became of them there before. */
    private void again(List<Item> items) {
        Function<Envelope, Hop> hop = hop(HopKind.REPLAYED, running.subscription());
        int from = 0;
        while (from < items.size()) {
            int most = next(Math.min(AGAIN, items.size() - from));
            if (most == 0) {
                return;
            }
            List<Ended> ended = new ArrayList<>();
            List<Envelope> envelopes = new ArrayList<>();
            for (Item item : items.subList(from, from + most)) {
                if (wasMine(item.flow())) {
                    ended.add(new Ended(item.seq(), "DONE", null));
                } else if (hasVersion(item)) {
                    ended.add(content(item, envelopes));
                }
            }
            if (!envelopes.isEmpty()) {
                bench.sendAgain(running.subscription(), envelopes, hop);
            }
            end(ended);
            from += most;
        }
    }

    /** Puts its content to the others, if there is one that opens. */
    private Ended content(Item item, List<Envelope> envelopes) {
        try {
            return contents.of(item.flow()).map(content -> {
                envelopes.add(content);
                return new Ended(item.seq(), "DONE", null);
            }).orElse(new Ended(item.seq(), "SKIPPED", "not-stored"));
        } catch (ProblemException | UncheckedIOException e) {
            if (Trouble.isIn(e)) {
                throw new Trouble(e);
            }
            return new Ended(item.seq(), "FAILED", e instanceof ProblemException p ? p.problem().code() : "payload-damaged");
        }
    }

    private Function<Envelope, Hop> hop(HopKind kind, String subscription) {
        return record -> Hop.of(record.id(), kind, clock.instant()).record(record.contract(), record.key(), record.unit())
                .subscription(subscription).from(name, null, running.replay().who()).cause(null, running.replay().reason())
                .size(record.body().length).build();
    }

    /** Whether this replay had sent it on before the hub ended, and could not note it any more. */
    private boolean wasMine(UUID flow) {
        return ledger.passed(flow, name);
    }

    private void end(Item item, String outcome, String cause) {
        end(List.of(new Ended(item.seq(), outcome, cause)));
    }

    private void end(List<Ended> items) {
        table.end(id, items);
        news.of(id);
    }

    /** Waits until so many may go; 0 when it is over. */
    private int next(int most) {
        if (!goesOn()) {
            return 0;
        }
        if (running.perSecond() == 0) {
            return most;
        }
        int now = Math.min(most, running.perSecond());
        long wait = dueNanos - System.nanoTime();
        if (wait > 0) {
            pause.await(Duration.ofNanos(wait), this::goesOn);
        }
        // What was missed while something else held it up comes later: never more than a second's worth at once.
        dueNanos = Math.max(dueNanos, System.nanoTime() - SECOND) + now * SECOND / running.perSecond();
        return goesOn() ? now : 0;
    }
}
