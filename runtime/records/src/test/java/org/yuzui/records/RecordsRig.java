package org.yuzui.records;

import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSettings;
import org.yuzui.contracts.Contracts;
import org.yuzui.ledger.Flow;
import org.yuzui.ledger.FlowFilter;
import org.yuzui.ledger.FlowQuery;
import org.yuzui.ledger.FlowStatus;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.LedgerSettings;
import org.yuzui.ledger.Message;
import org.yuzui.rules.Rules;
import org.yuzui.spi.RefusedException;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yuzui.records.Patience.await;

/** A pipeline with a real ledger behind it. */
final class RecordsRig implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(60);

    final Store store;
    final Broker broker;
    final Ledger ledger;
    final Records records;

    RecordsRig(Path folder) {
        this(folder, real -> real);
    }

    /** @param seen how the pipeline sees the ledger */
    RecordsRig(Path folder, UnaryOperator<Ledger> seen) {
        Clock clock = Clock.systemUTC();
        store = Store.open(StoreSettings.embedded(folder.resolve("postgres")));
        broker = Broker.open(BrokerSettings.embedded(folder.resolve("artemis"), Ledger.TRAIL), clock);
        Rules rules = new Rules(clock);
        Contracts contracts = new Contracts(ZoneId.of("Asia/Shanghai"));
        contracts.deploy(Pipeline.plugin()).start();
        rules.deploy(Pipeline.plugin()).start();
        ledger = Ledger.open(store, broker, new LedgerSettings("node-1", folder.resolve("keys/payload.key"), Duration.ofMillis(1)));
        ledger.start();
        records = Records.open(broker, store, contracts, rules, seen.apply(ledger), unit -> unit.startsWith("51"), clock);
    }

    UUID publish(String meter, int minute, Object value) {
        return records.publish(new Draft(Pipeline.CONTRACT, Pipeline.reading("510104", meter, minute, value), Pipeline.METER)).record().id();
    }

    /** A message that its route could not read. */
    UUID refused(String message) {
        return records.refuse(new Origin("meters", "1.0.0", "read-meter", "mbus 7", "reading", null, null, null,
                Message.of(message.getBytes(StandardCharsets.UTF_8))), Pipeline.CONTRACT, new RefusedException("charset", null, "not readable"));
    }

    void drained() {
        assertThat(ledger.awaitDrained(LONG)).isTrue();
    }

    FlowStatus status(UUID id) {
        return ledger.flow(id).orElseThrow().status();
    }

    long dead(String subscription) {
        return records.subscriptions().stream().filter(s -> s.name().equals(subscription)).findFirst().orElseThrow().dead();
    }

    /** Returns when these and no others are the subscription's dead letters, and the ledger tells it: the two learn of a commit one after the other. */
    void awaitDead(String subscription, Collection<UUID> ids) {
        await().until(() -> dead(subscription) == ids.size());
        await().untilAsserted(() -> {
            drained();
            assertThat(ids).extracting(this::status).containsOnly(FlowStatus.DEAD);
        });
    }

    List<Flow> flows() {
        return ledger.find(new FlowQuery(FlowFilter.ALL, null, 500)).flows();
    }

    /** A reader that gives a record up after two quick tries. */
    static SubscriptionSettings impatient(String name) {
        SubscriptionSettings s = SubscriptionSettings.of(name, "readers", "1.0.0", "route");
        return new SubscriptionSettings(s.name(), s.plugin(), s.version(), s.route(), 50, Duration.ZERO, false, 1, List.of(Duration.ofMillis(5)));
    }

    /** What it is at its end, when the ledger knows it too. */
    Replay done(Replays replays, Replay replay) {
        await().atMost(LONG).until(() -> replays.find(replay.id()).orElseThrow().endedAt() != null);
        drained();
        return replays.find(replay.id()).orElseThrow();
    }

    void empty() {
        store.jdbi().useHandle(h -> h.execute("TRUNCATE ledger.hop, ledger.flow, ledger.message, ledger.file, records.replay, records.replay_item, records.record"));
    }

    @Override
    public void close() {
        records.close();
        ledger.close();
        broker.close();
        store.close();
    }
}
