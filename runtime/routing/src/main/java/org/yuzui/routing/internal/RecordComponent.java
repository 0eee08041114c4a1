package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.yuzui.kernel.KnownKeys;
import org.yuzui.records.Records;

import java.util.List;
import java.util.Map;

/**
 * The scheme {@code record:}.
 *
 * <ul>
 * <li>{@code to: record:C} publishes;</li>
 * <li>{@code from: record:C?subscription=S} subscribes ({@code batch, linger, consumers, retry, deliver=each|batch,
 * capture=delivered});</li>
 * <li>{@code to: record:C?query=byDay|byKey|find} reads the record store ({@code unit, during, around, where, among, give});</li>
 * <li>{@code to: record:refused?contract=C} keeps the message with the reason that was caught;</li>
 * <li>{@code to: record:ignored} notes a message that becomes no record.</li>
 * </ul>
 */
final class RecordComponent extends DefaultComponent {

    private static final List<String> QUERIES = List.of("byDay", "byKey", "find");
    private final Records records;
    private final Owner owner;
    private final Border border;
    private final ObjectMapper json;

    RecordComponent(Records records, Owner owner, Border border, ObjectMapper json) {
        this.records = records;
        this.owner = owner;
        this.border = border;
        this.json = json;
    }

    /** Whether the name is no contract, but says what to note of a message that becomes no record. */
    static boolean isNote(String name) {
        return name.equals("refused") || name.equals("ignored");
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (remaining.isBlank()) {
            throw new IllegalArgumentException("record: needs a contract, such as record:his.visit.v1");
        }
        String subscription = getAndRemoveParameter(parameters, "subscription", String.class);
        if (subscription != null) {
            border.requireReading(remaining);
            return new Reads(uri, remaining, SubscriptionParameters.take(this, parameters, owner.qualify(subscription)));
        }
        String query = getAndRemoveParameter(parameters, "query", String.class);
        if (query != null) {
            if (!QUERIES.contains(query)) {
                throw new IllegalArgumentException("There is no query '" + query + "'. " + KnownKeys.cure(query, QUERIES));
            }
            border.requireReading(remaining);
            return new Writes(uri, new RecordQueryProducer.Parameters(remaining, query, Scope.take(this, parameters, query),
                    Conditions.parse(getAndRemoveParameter(parameters, "where", String.class)),
                    choice(parameters, "among", "latest", "any").equals("any"),
                    choice(parameters, "give", "matches", "history").equals("history")), null);
        }
        if (remaining.equals("refused")) {
            return new Writes(uri, null, getAndRemoveParameter(parameters, "contract", String.class, ""));
        }
        return new Writes(uri, null, null);
    }

    private String choice(Map<String, Object> parameters, String name, String first, String second) {
        String value = getAndRemoveParameter(parameters, name, String.class, first);
        if (!value.equals(first) && !value.equals(second)) {
            throw new IllegalArgumentException(name + "=" + value + " is not known: write " + first + " or " + second + ".");
        }
        return value;
    }

    <T> T take(Map<String, Object> parameters, String name, Class<T> type, T otherwise) {
        return getAndRemoveParameter(parameters, name, type, otherwise);
    }

    /** {@code to: record:…}. */
    private final class Writes extends DefaultEndpoint {
        private final RecordQueryProducer.Parameters query;
        private final String refusedContract;
        private final String name;

        private Writes(String uri, RecordQueryProducer.Parameters query, String refusedContract) {
            super(uri, RecordComponent.this);
            this.query = query;
            this.refusedContract = refusedContract;
            this.name = uri.replaceFirst("^record:(//)?", "").replaceFirst("\\?.*$", "");
        }

        @Override
        public Producer createProducer() {
            if (query != null) {
                return new RecordQueryProducer(this, records.store(), query);
            }
            return switch (name) {
                case "refused" -> new RefusedProducer(this, records, owner, refusedContract.isEmpty() ? null : refusedContract);
                case "ignored" -> new IgnoredProducer(this, records, owner);
                default -> publisher();
            };
        }

        /** Only now it is sure that somebody wants to publish: a mere {@code from} without a subscription does not. */
        private Producer publisher() {
            border.requirePublishing(name);
            return new PublishProducer(this, records, owner, name, json);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("Reading from record:" + name
                    + " needs the name of a subscription: record:" + name + "?subscription=…");
        }

        @Override
        protected String createEndpointUri() {
            return "record:" + name;
        }
    }

    /** {@code from: record:C?subscription=S}. */
    private final class Reads extends DefaultEndpoint {
        private final String contract;
        private final SubscriptionParameters parameters;

        private Reads(String uri, String contract, SubscriptionParameters parameters) {
            super(uri, RecordComponent.this);
            this.contract = contract;
            this.parameters = parameters;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException(
                    "A subscription is read, not written to: use 'to: record:" + contract + "' without subscription=.");
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new RecordConsumer(this, processor, records, contract, parameters, owner);
        }

        @Override
        protected String createEndpointUri() {
            return "record:" + contract + "?subscription=" + parameters.name();
        }
    }
}
