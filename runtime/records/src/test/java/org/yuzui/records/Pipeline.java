package org.yuzui.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yuzui.broker.Broker;
import org.yuzui.broker.BrokerSettings;
import org.yuzui.contracts.Contracts;
import org.yuzui.kernel.PluginContent;
import org.yuzui.kernel.PluginDescriptor;
import org.yuzui.kernel.Title;
import org.yuzui.ledger.Ledger;
import org.yuzui.rules.Rules;
import org.yuzui.spi.Settings;
import org.yuzui.store.Store;
import org.yuzui.store.StoreSettings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A real broker, a real database and the pipeline over them; can be stopped and started again on the same data. */
final class Pipeline implements AutoCloseable {

    static final String CONTRACT = "test.meter.v1";
    /** Of records that no store has. */
    static final String PULSE = "test.pulse.v1";
    private static final String PULSE_SCHEMA = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "A pulse",
              "type": "object",
              "required": ["meter", "day"],
              "properties": {"meter": {"type": "string"}, "day": {"type": "string", "format": "date"}},
              "additionalProperties": false,
              "x-key": ["/meter"], "x-date": "/day", "x-stored": false
            }
            """;
    static final Origin METER = new Origin("meters", "1.0.0", "read-meter", "mbus 7", "reading", null, null, null, null);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "A meter's reading",
              "type": "object",
              "required": ["unit", "meter", "at", "value"],
              "properties": {
                "unit": {"type": "string"},
                "meter": {"type": "string"},
                "at": {"type": "string", "format": "date-time"},
                "day": {"type": "string", "format": "date"},
                "value": {"type": "number"},
                "state": {"type": "string"},
                "reader": {"type": "string", "x-sensitivity": "personal", "x-mask": "name"}
              },
              "additionalProperties": false,
              "x-key": ["/unit", "/meter"], "x-unit": "/unit", "x-date": "/day", "x-order": "/at", "x-index": ["/state", "/reader"],
              "x-retention": "P90D",
              "x-rules": [
                {"id": "value-not-negative", "check": "value >= 0", "message": {"zh": "读数为负", "en": "negative"}},
                {"id": "reader-is-known", "check": "reader = null or reader != \\"王五\\"", "message": "没有这个抄表员"},
                {"id": "value-is-usual", "check": "value < 1000000", "message": {"zh": "读数偏大", "en": "unusually great"}, "severity": "warn"}
              ]
            }
            """;

    private final Path data;
    final Rules rules = new Rules(Clock.systemUTC());
    final Contracts contracts = new Contracts(ZoneId.of("Asia/Shanghai"));
    final Clock clock = Clock.systemUTC();
    final Store store;
    Broker broker;
    TrailLedger ledger;
    Records records;

    Pipeline(Path data) {
        this.data = data;
        this.store = Store.open(StoreSettings.embedded(data.resolve("postgres")));
        contracts.deploy(plugin()).start();
        rules.deploy(plugin()).start();
        start();
    }

    void start() {
        broker = Broker.open(BrokerSettings.embedded(data.resolve("artemis"), Ledger.TRAIL), clock);
        ledger = new TrailLedger(broker);
        records = Records.open(broker, store, contracts, rules, ledger, unit -> unit.startsWith("51"), clock);
    }

    void stop() {
        records.close();
        ledger.close();
        broker.close();
    }

    @Override
    public void close() {
        stop();
        store.close();
    }

    Publication publish(String meter, int minute, Object value) {
        return records.publish(new Draft(CONTRACT, reading("510104", meter, minute, value), METER));
    }

    static JsonNode reading(String unit, String meter, int minute, Object value) {
        return JSON.valueToTree(Map.of("unit", unit, "meter", meter, "day", "2026-11-22", "value", value,
                "at", "2026-11-22T08:%02d:00+08:00".formatted(minute), "state", minute % 2 == 0 ? "even" : "odd"));
    }

    static SubscriptionSettings subscription(String name) {
        SubscriptionSettings s = SubscriptionSettings.of(name, "readers", "1.0.0", "route");
        return new SubscriptionSettings(s.name(), s.plugin(), s.version(), s.route(), 50, Duration.ZERO, false, 1,
                List.of(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(60)));
    }

    static PluginContent plugin() {
        return new PluginContent() {
            @Override
            public PluginDescriptor descriptor() {
                return new PluginDescriptor("meters", "1.0.0", new Title("表", "Meters"), null, List.of(), List.of(), List.of());
            }

            @Override
            public List<HubFile> files(String folder, String suffix) {
                return folder.equals("contracts") ? List.of(file(CONTRACT, SCHEMA), file(PULSE, PULSE_SCHEMA)) : List.of();
            }

            private HubFile file(String contract, String schema) {
                return new HubFile(contract, "meters!contracts/" + contract, schema.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public ClassLoader classLoader() {
                return Pipeline.class.getClassLoader();
            }

            @Override
            public Settings settings() {
                return Settings.empty();
            }
        };
    }
}
