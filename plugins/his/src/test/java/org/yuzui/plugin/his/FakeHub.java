package org.yuzui.plugin.his;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The hub as a plugin sees it: the schemes record:, schedule: and report:, kept in memory; contracts are really checked. */
final class FakeHub {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaValidatorsConfig CHECKS =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    /** A record that was published and is none twice. */
    record Published(String contract, JsonNode body, String source, String sourceType, String sourceId, String remark) {
    }

    /** What the ledger would show of a message that became no record. */
    record Noted(String contract, String code, String reason, String source, String sourceType, String sourceId,
                 String remark, int bytes) {
    }

    final List<Published> published = new CopyOnWriteArrayList<>();
    final List<Published> duplicates = new CopyOnWriteArrayList<>();
    final List<Noted> refused = new CopyOnWriteArrayList<>();
    final List<Noted> ignored = new CopyOnWriteArrayList<>();
    final List<JsonNode> reported = new CopyOnWriteArrayList<>();
    /** While set, nothing can be made durable. */
    volatile boolean broken;
    /** How often something was to be made durable while nothing could be. */
    volatile int tries;

    /** Units that the hub's tree doesn't have. */
    final Set<String> unknownUnits = ConcurrentHashMap.newKeySet();

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Map<String, JsonSchema> contracts = new ConcurrentHashMap<>();
    private final Map<String, Processor> readers = new ConcurrentHashMap<>();
    private final Map<String, Processor> schedules = new ConcurrentHashMap<>();

    void addTo(CamelContext context) {
        context.addComponent("record", new Scheme((endpoint, name, p) -> new RecordProducer(endpoint, name, p),
                (name, processor) -> readers.put(name, processor)));
        context.addComponent("schedule", new Scheme(null, (name, processor) -> schedules.put(name, processor)));
        context.addComponent("report", new Scheme((endpoint, name, p) -> new DefaultProducer(endpoint) {
            @Override
            public void process(Exchange exchange) {
                reported.add(exchange.getMessage().getBody(JsonNode.class));
            }
        }, null));
    }

    /** Fires a schedule for a day, as the hub would. */
    void fire(CamelContext context, String schedule, String day) throws Exception {
        Exchange exchange = context.getEndpoint("schedule:" + schedule).createExchange();
        exchange.getMessage().setHeader(Headers.DAY, day);
        schedules.get(schedule).process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    /**
     * Delivers a record to the contract's reader, as a subscription does.
     *
     * @return what the route threw; null when it took the record
     */
    Exception deliver(CamelContext context, String contract, JsonNode body) {
        Exchange exchange = context.getEndpoint("record:" + contract).createExchange();
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader(Headers.RECORD_ID, UUID.nameUUIDFromBytes((contract + body).getBytes(StandardCharsets.UTF_8)).toString());
        try {
            readers.get(contract).process(exchange);
            return exchange.getException();
        } catch (Exception e) {
            return e;
        }
    }

    List<JsonNode> records(String contract) {
        return published.stream().filter(p -> p.contract().equals(contract)).map(Published::body).toList();
    }

    private void publish(Exchange exchange, String contract, JsonNode body) throws Exception {
        if (broken) {
            tries++;
            throw new IOException("the journal is not reachable");
        }
        Set<ValidationMessage> violations = contract(contract).validate(body);
        if (!violations.isEmpty()) {
            throw kept(exchange, contract, new RefusedException("contract-violation", null, violations.toString()));
        }
        if (unknownUnits.contains(body.path("unit").asText())) {
            throw kept(exchange, contract, new RefusedException("unknown-unit", null, body.path("unit").asText()));
        }
        Published record = new Published(contract, body, header(exchange, Headers.SOURCE),
                header(exchange, Headers.SOURCE_TYPE), header(exchange, Headers.SOURCE_ID), header(exchange, Headers.REMARK));
        if (known.add(contract + body)) {
            published.add(record);
            Processor reader = readers.get(contract);
            if (reader != null) {
                Exchange delivery = exchange.getContext().getEndpoint("record:" + contract).createExchange();
                delivery.getMessage().setBody(body);
                reader.process(delivery);
            }
        } else {
            duplicates.add(record);
        }
    }

    private RefusedException kept(Exchange exchange, String contract, RefusedException reason) {
        byte[] arrived = exchange.getMessage().getHeader(Headers.ARRIVED, byte[].class);
        refused.add(new Noted(contract, reason.code(), reason.getMessage(), header(exchange, Headers.SOURCE),
                header(exchange, Headers.SOURCE_TYPE), header(exchange, Headers.SOURCE_ID), header(exchange, Headers.REMARK),
                arrived == null ? -1 : arrived.length));
        exchange.setProperty("kept", reason);
        return reason;
    }

    private JsonSchema contract(String id) {
        return contracts.computeIfAbsent(id, c -> JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema(c), CHECKS));
    }

    private static JsonNode schema(String contract) {
        try {
            return JSON.readTree(Files.readString(Path.of("hub/contracts/" + contract + ".schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, String.class);
    }

    private final class RecordProducer extends DefaultProducer {
        private final String name;
        private final Map<String, String> parameters;

        RecordProducer(Endpoint endpoint, String name, Map<String, String> parameters) {
            super(endpoint);
            this.name = name;
            this.parameters = parameters;
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            if (parameters.containsKey("query")) {
                exchange.getMessage().setBody(find(exchange));
            } else if (name.equals("refused")) {
                if (broken) {
                    throw new IOException("the journal is not reachable");
                }
                RefusedException reason =
                        exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, RefusedException.class);
                if (exchange.getProperty("kept") != reason) {
                    String contract = parameters.getOrDefault("contract", "");
                    kept(exchange, contract.isEmpty() ? null : contract, reason);
                }
            } else if (name.equals("ignored")) {
                ignored.add(new Noted(null, null, null, header(exchange, Headers.SOURCE),
                        header(exchange, Headers.SOURCE_TYPE), header(exchange, Headers.SOURCE_ID),
                        header(exchange, Headers.REMARK), 0));
            } else if (exchange.getMessage().getBody() instanceof List<?> list) {
                for (Object body : list) {
                    publish(exchange, name, (JsonNode) body);
                }
            } else {
                publish(exchange, name, exchange.getMessage().getBody(JsonNode.class));
            }
        }

        /** All contents, grouped by key as the store does; the newest of a key is the one with the greatest x-order. */
        private List<JsonNode> find(Exchange exchange) {
            JsonNode schema = schema(name);
            Map<String, List<JsonNode>> byKey = new LinkedHashMap<>();
            records(name).forEach(r -> byKey.computeIfAbsent(key(schema, r), k -> new CopyOnWriteArrayList<>()).add(r));
            if (parameters.get("query").equals("byKey")) {
                return byKey.getOrDefault(header(exchange, Headers.KEY), List.of());
            }
            if (parameters.get("query").equals("byDay")) {
                String date = schema.path("x-date").asText();
                return records(name).stream().filter(r -> r.at(date).asText().equals(header(exchange, Headers.DAY))).toList();
            }
            boolean any = parameters.getOrDefault("among", "latest").equals("any");
            boolean history = parameters.getOrDefault("give", "matches").equals("history");
            List<JsonNode> found = new ArrayList<>();
            byKey.values().forEach(all -> {
                List<JsonNode> seen = any ? all : List.of(all.stream().max(
                        Comparator.comparing(r -> r.at(schema.path("x-order").asText()).asText())).orElseThrow());
                List<JsonNode> matches = seen.stream().filter(r -> matches(exchange, r)).toList();
                found.addAll(history && !matches.isEmpty() ? all : matches);
            });
            return found;
        }

        private String key(JsonNode schema, JsonNode record) {
            List<String> parts = new ArrayList<>();
            schema.path("x-key").forEach(p -> parts.add(record.at(p.asText()).asText()));
            return String.join("|", parts);
        }

        private boolean matches(Exchange exchange, JsonNode record) {
            for (String condition : parameters.getOrDefault("where", "").split(";")) {
                String[] where = condition.split("(?<=[=><])(?![=])|(?<![=><])(?=[=><])", 3);
                if (where.length == 3) {
                    String value = where[2].startsWith(":") ? header(exchange, where[2].substring(1)) : where[2];
                    if (!holds(record.path(where[0]).asText(), where[1], value)) {
                        return false;
                    }
                }
            }
            return true;
        }

        private static boolean holds(String field, String operator, String value) {
            int compared = field.compareTo(value);
            return !field.isEmpty() && switch (operator) {
                case "=" -> compared == 0;
                case ">" -> compared > 0;
                case ">=" -> compared >= 0;
                case "<=" -> compared <= 0;
                default -> throw new IllegalArgumentException(operator);
            };
        }
    }

    /** A scheme of which endpoints are written to, or read from, or both. */
    private static final class Scheme extends DefaultComponent {

        interface Producers {
            Producer of(Endpoint endpoint, String name, Map<String, String> parameters);
        }

        interface Readers {
            void add(String name, Processor processor);
        }

        private final Producers producers;
        private final Readers readers;

        Scheme(Producers producers, Readers readers) {
            this.producers = producers;
            this.readers = readers;
        }

        @Override
        protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
            Map<String, String> texts = new LinkedHashMap<>();
            parameters.forEach((key, value) -> texts.put(key, value.toString()));
            parameters.clear();
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return producers.of(this, name, texts);
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    readers.add(name, processor);
                    return new DefaultConsumer(this, processor);
                }
            };
        }
    }
}
