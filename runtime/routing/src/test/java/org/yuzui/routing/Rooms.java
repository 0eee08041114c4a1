package org.yuzui.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSettings;
import org.yuzui.contracts.Contracts;
import org.yuzui.kernel.Deployment;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginPart;
import org.yuzui.ledger.Ledger;
import org.yuzui.ledger.LedgerSettings;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.Records;
import org.yuzui.rules.Rules;
import org.yuzui.scheduling.Scheduler;
import org.yuzui.scheduling.SchedulerSettings;
import org.yuzui.scheduling.Schedulers;
import org.yuzui.scheduling.WorkCalendars;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rooms under the routes, real ones, without a container: plugins stand in the test. */
final class Rooms implements AutoCloseable {

    /** A contract of which {@code /n} is the key. */
    static final String NUMBERED = """
            {"type": "object", "x-key": ["/n"], "required": ["n"],
             "properties": {"n": {"type": "integer"}, "text": {"type": "string"}}}""";
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final ObjectMapper JSON = new ObjectMapper();

    final Store store;
    final Broker broker;
    final Contracts contracts;
    final Rules rules;
    final Ledger ledger;
    final Records records;
    final Scheduler scheduler;
    final Path data;
    final Routing routing;

    Rooms(Path data) {
        this.data = data;
        store = Store.open(StoreSettings.embedded(data.resolve("postgres")));
        Clock clock = Clock.systemUTC();
        broker = Broker.open(BrokerSettings.embedded(data.resolve("artemis"), Ledger.TRAIL), clock);
        contracts = Contracts.open(store, ZONE);
        rules = new Rules(clock);
        ledger = Ledger.open(store, broker, LedgerSettings.of("test", data.resolve("payload.key")));
        ledger.start();
        records = Records.open(broker, store, contracts, rules, ledger, unit -> true, clock);
        scheduler = Schedulers.open(store, WorkCalendars.none(), new SchedulerSettings("test", ZONE, 4), clock);
        routing = openRouting();
        scheduler.start();
    }

    /** As another node, or this one after a restart, would open it. */
    Routing openRouting() {
        return Routing.open(data.resolve("site"), records, rules, scheduler, null, ZONE, Duration.ofSeconds(20), store,
                Clock.fixed(Instant.parse("2026-11-22T04:00:00Z"), ZONE));
    }

    /** All parts of a plugin, in the hub's order. */
    Deployment deploy(PluginContent plugin) {
        List<Deployment> all = new ArrayList<>();
        for (PluginPart part : List.of(contracts, rules, scheduler, routing.part())) {
            all.add(part.deploy(plugin));
        }
        return new Deployment() {
            @Override
            public void start() {
                all.forEach(Deployment::start);
            }

            @Override
            public void quiesce() {
                for (int i = all.size() - 1; i >= 0; i--) {
                    all.get(i).quiesce();
                }
            }

            @Override
            public void close() {
                for (int i = all.size() - 1; i >= 0; i--) {
                    all.get(i).close();
                }
            }
        };
    }

    /** Deployed and started. */
    Deployment run(GivenPlugin plugin) {
        Deployment deployment = deploy(plugin);
        deployment.start();
        return deployment;
    }

    void publish(String contract, int n) {
        JsonNode body = JSON.valueToTree(Map.of("n", n));
        records.publish(new Draft(contract, body, new Origin("test", "1.0.0", "test", null, null, null, null, null, null)));
    }

    /** A route that hands each record of a contract to a bean of the test. */
    static String reads(String contract, String subscription, Class<?> bean) {
        return """
                - beans:
                    - name: reader
                      type: %s
                - route:
                    id: read
                    from:
                      uri: record:%s?subscription=%s
                      steps:
                        - to: bean:reader
                """.formatted(bean.getName(), contract, subscription);
    }

    @Override
    public void close() {
        scheduler.close();
        routing.close();
        records.close();
        ledger.close();
        broker.close();
        store.close();
    }
}
