package org.yuzui.records.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yuzui.broker.Broker;
import org.yuzui.broker.Outbound;
import org.yuzui.broker.Publisher;
import org.yuzui.contracts.Capture;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.contracts.Contract;
import org.yuzui.contracts.Contracts;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.kernel.Problem;
import org.yuzui.kernel.ProblemException;
import org.yuzui.kernel.Registration;
import org.yuzui.ledger.Hop;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.Message;
import org.yuzui.records.ArrivalDoor;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.Publication;
import org.yuzui.records.Reader;
import org.yuzui.records.RecordStore;
import org.yuzui.records.Records;
import org.yuzui.records.Replays;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.records.SubscriptionStatus;
import org.yuzui.records.internal.store.PostgresRecordStore;
import org.yuzui.records.internal.text.Bodies;
import org.yuzui.rules.Rules;
import org.yuzui.spi.RefusedException;
import org.yuzui.store.Store;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The pipeline over the broker's group commit: one journal sync serves every source that publishes at the same time. */
public final class RecordPipeline implements Records {

    private static final Logger LOG = LoggerFactory.getLogger(RecordPipeline.class);
    private static final int RECENT = 65_536;
    /** Between two tries of what fails. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Broker broker;
    private final Contracts contracts;
    private final ContractChecks checks;
    private final Ledger ledger;
    private final Predicate<String> unitKnown;
    private final Clock clock;
    private final Publisher publisher;
    private final Topology topology;
    private final RecentIds recent = new RecentIds(RECENT);
    private final Captures captures;
    private final PostgresRecordStore store;
    private final Store database;
    private final Workbench.Works works;
    private final Map<String, StoreWriter> writers = new ConcurrentHashMap<>();
    private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();

    public RecordPipeline(Broker broker, Store database, Contracts contracts, Rules rules, Ledger ledger,
                          Predicate<String> unitKnown, Clock machine, Workbench.Works works) {
        this.broker = broker;
        this.database = database;
        this.works = works;
        this.contracts = contracts;
        this.checks = new ContractChecks(rules);
        this.ledger = ledger;
        this.unitKnown = unitKnown;
        this.clock = new SteadyClock(machine);
        this.publisher = broker.publisher();
        ledger.keep(this::days);
        this.captures = new Captures(ledger, this::days, clock);
        this.topology = new Topology(broker);
        this.store = new PostgresRecordStore(database, this::awaitStored, id -> contracts.find(id).map(Contract::indexFields));
        // What a former run left in the store queues is written even if its plugin is not here any more.
        for (String queue : broker.queues()) {
            String contract = Topology.contractOfStore(queue);
            if (contract != null) {
                writer(contract);
            }
        }
    }

    /** Months are counted long: what is to be kept a year is never forgotten after 360 days. */
    private int days(String contract) {
        return contract == null ? Ledger.KEEP : contracts.find(contract).flatMap(Contract::retention)
                .map(p -> (int) Math.min(p.toTotalMonths() * 31 + p.getDays(), Integer.MAX_VALUE)).orElse(Ledger.KEEP);
    }

    @Override
    public Publication publish(Draft draft) {
        long began = System.nanoTime();
        Accepted accepted;
        try {
            accepted = check(draft);
        } catch (RefusedException e) {
            keep(draft, e);
            throw e;
        }
        return publishDurably(accepted, began);
    }

    @Override
    public List<Publication> publishAll(List<Draft> drafts) {
        ListPublish list = new ListPublish(this);
        drafts.forEach(list::take);
        return list.publish(publisher);
    }

    /** A record that may be taken, and where it comes from, with what its contract's rules warn of. */
    record Accepted(CheckedRecord record, Contract contract, Origin origin) {
    }

    /** Checks contract, its rules and unit; keeps nothing. */
    Accepted check(Draft draft) {
        Contract contract = contracts.find(draft.contract()).orElseThrow(() -> new RefusedException("unknown-contract", null,
                "No running plugin brings the contract " + draft.contract() + ". "
                        + KnownKeys.cure(draft.contract(), contracts.all().stream().map(Contract::id).toList())));
        CheckedRecord record = contract.check(draft.body());
        String warning = checks.check(contract, draft.body());
        if (record.unit() != null && !unitKnown.test(record.unit())) {
            throw new RefusedException("unknown-unit", null, "The unit " + record.unit()
                    + " is not in the unit tree. Add it under config/org, or map it to a unit in the plugin's settings.");
        }
        ensureAddress(contract);
        return new Accepted(record, contract, warning == null ? draft.origin() : draft.origin().remarking(warning));
    }

    /** Publishes in a transaction of its own, shared with whoever publishes at the same time. */
    Publication publishDurably(Accepted accepted, long beganNanos) {
        Instant now = clock.instant();
        CheckedRecord record = accepted.record();
        if (!recent.contains(record.id())) {
            Hop hop = arrival(accepted, now, beganNanos);
            if (publisher.publish(List.of(outbound(record, now)), captures.encode(hop, accepted.origin().message()))
                    == Publisher.Outcome.DURABLE) {
                captures.durable(hop);
                recent.add(record.id());
                return new Publication(record, Publication.Outcome.NEW);
            }
            recent.add(record.id());
        }
        publisher.publish(List.of(), duplicate(accepted, now));
        return new Publication(record, Publication.Outcome.DUPLICATE);
    }

    /** With what is to be kept. */
    Hop arrival(Accepted accepted, Instant now, long beganNanos) {
        return captures.on(Hops.accepted(accepted.record(), accepted.origin(), now, (System.nanoTime() - beganNanos) / 1000),
                accepted.record(), accepted.contract(), accepted.origin()).build();
    }

    byte[] duplicate(Accepted accepted, Instant now) {
        return captures.encodeAgain(Hops.duplicate(accepted.record(), accepted.origin(), now), accepted.contract(), accepted.origin());
    }

    Captures captures() {
        return captures;
    }

    /** Empty when nobody brings it any more. */
    Optional<Contract> contract(String id) {
        return contracts.find(id);
    }

    /** What a contract says is kept of its records; of one that nobody brings any more, nothing. */
    Capture capture(String contract) {
        return contracts.find(contract).map(Contract::capture).orElse(Capture.NONE);
    }

    /** Who reads a subscription here now; null when nobody does. */
    Subscriber subscriber(String name) {
        return subscribers.get(name);
    }

    /** Whether the record is known to be durable; false only means that the commit will tell. */
    boolean isKnown(CheckedRecord record) {
        return recent.contains(record.id())
                || broker.knows(Topology.address(record.contract()), record.id().toString());
    }

    Outbound outbound(CheckedRecord record, Instant arrivedAt) {
        return new Outbound(Topology.address(record.contract()), record.key(), record.id().toString(), Map.of(),
                Envelope.of(record, arrivedAt).bytes());
    }

    byte[] refusal(Draft draft, RefusedException reason) {
        return ledger.encode(refused(draft, reason));
    }

    private Hop refused(Draft draft, RefusedException reason) {
        return Hops.refused(draft.origin(), draft.contract(), reason, payload(draft), mayKeep(draft.contract()), clock.instant());
    }

    /** What nobody has forbidden is kept: it is to be mended. */
    private boolean mayKeep(String contract) {
        return contract == null || contracts.find(contract).map(c -> c.capture() != Capture.NONE).orElse(true);
    }

    RecentIds recent() {
        return recent;
    }

    Ledger ledger() {
        return ledger;
    }

    Clock clock() {
        return clock;
    }

    private void keep(Draft draft, RefusedException reason) {
        Hop hop = refused(draft, reason);
        publisher.publish(List.of(), ledger.encode(hop));
        LOG.info("Refused {}, a {} from {}: {}", hop.flow(), draft.contract(), draft.origin(), reason.code());
    }

    private static Message payload(Draft draft) {
        if (draft.origin().arrived() != null) {
            return draft.origin().arrived();
        }
        try {
            return Message.of(Bodies.write(draft.body()));
        } catch (JsonProcessingException e) {
            return Message.of(draft.body().toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public UUID refuse(Origin origin, String contract, RefusedException reason) {
        Message payload = origin.arrived() == null ? Message.of(new byte[0]) : origin.arrived();
        var hop = Hops.refused(origin, contract, reason, payload, mayKeep(contract), clock.instant());
        publisher.publish(List.of(), ledger.encode(hop));
        LOG.info("Refused {} from {}: {}", hop.flow(), origin, reason.code());
        return hop.flow();
    }

    @Override
    public UUID ignore(Origin origin, String remark) {
        var hop = Hops.ignored(origin, remark, clock.instant());
        publisher.publish(List.of(), ledger.encode(hop));
        return hop.flow();
    }

    private void ensureAddress(Contract contract) {
        if (topology.contract(contract.id()) && contract.stored()) {
            writer(contract.id());
        } else if (contract.stored() && !writers.containsKey(contract.id())) {
            writer(contract.id());
        }
    }

    private StoreWriter writer(String contract) {
        return writers.computeIfAbsent(contract, id -> {
            topology.contract(id);
            topology.store(id);
            return new StoreWriter(id, broker, database, ledger, clock);
        });
    }

    private void awaitStored(String contract) {
        StoreWriter writer = writers.get(contract);
        if (writer != null) {
            writer.awaitCaughtUp();
        }
    }

    @Override
    public Registration subscribe(String contract, SubscriptionSettings settings, Reader reader) {
        topology.subscription(contract, settings.name());
        Subscriber subscriber = new Subscriber(this, broker, contract, settings, reader);
        if (subscribers.putIfAbsent(settings.name(), subscriber) != null) {
            throw new ProblemException(Problem.of("subscription-taken",
                    "The subscription '" + settings.name() + "' is being read already.").cure("Give it another name."));
        }
        subscriber.start();
        LOG.info("Subscription {} reads {}", settings.name(), contract);
        return () -> {
            subscriber.close();
            subscribers.remove(settings.name(), subscriber);
        };
    }

    @Override
    public List<String> contracts() {
        return contracts.all().stream().map(Contract::id).toList();
    }

    @Override
    public RecordStore store() {
        return store;
    }

    @Override
    public Replays replays(ArrivalDoor door) {
        return works.at(new PipelineBench(this, broker), this, door, clock);
    }

    @Override
    public List<SubscriptionStatus> subscriptions() {
        List<SubscriptionStatus> all = new ArrayList<>();
        for (String queue : broker.queues()) {
            String name = Topology.subscriptionOf(queue);
            if (name != null) {
                Subscriber subscriber = subscribers.get(name);
                all.add(new SubscriptionStatus(name, subscriber == null ? null : subscriber.contract(), subscriber != null,
                        depth(queue), depth(Topology.retryQueue(name)), depth(Topology.deadQueue(name))));
            }
        }
        for (StoreWriter writer : writers.values()) {
            String queue = Topology.storeQueue(writer.contract());
            all.add(new SubscriptionStatus(SubscriptionStatus.STORE, writer.contract(), true, depth(queue), 0,
                    depth(Topology.deadQueue(queue))));
        }
        return all;
    }

    private long depth(String queue) {
        return broker.depth(queue).orElse(0L);
    }

    @Override
    public void close() {
        List.copyOf(subscribers.values()).forEach(Subscriber::close);
        publisher.close();
        List.copyOf(writers.values()).forEach(StoreWriter::close);
    }
}
