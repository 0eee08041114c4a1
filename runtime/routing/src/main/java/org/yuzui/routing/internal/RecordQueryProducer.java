package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.yuzui.records.RecordQuery;
import org.yuzui.records.RecordQuery.Among;
import org.yuzui.records.RecordQuery.Give;
import org.yuzui.records.RecordStore;
import org.yuzui.spi.Headers;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** {@code to: record:C?query=…}: the body becomes the list of the records' bodies. */
final class RecordQueryProducer extends DefaultProducer {

    private final RecordStore store;
    private final Parameters parameters;

    RecordQueryProducer(Endpoint endpoint, RecordStore store, Parameters parameters) {
        super(endpoint);
        this.store = store;
        this.parameters = parameters;
    }

    @Override
    public void process(Exchange exchange) {
        RecordQuery query = switch (parameters.query) {
            case "byDay" -> RecordQuery.byDay(parameters.contract, LocalDate.parse(required(exchange, Headers.DAY)));
            case "byKey" -> RecordQuery.byKey(parameters.contract, required(exchange, Headers.KEY));
            default -> RecordQuery.of(parameters.contract);
        };
        query = parameters.scope.within(query, exchange).where(parameters.where.bind(exchange))
                .among(parameters.any ? Among.ANY : Among.LATEST, parameters.history ? Give.HISTORY : Give.MATCHES);
        List<JsonNode> bodies = new ArrayList<>();
        store.each(query, r -> bodies.add(r.body()));
        exchange.getMessage().setBody(bodies);
    }

    private String required(Exchange exchange, String header) {
        String value = exchange.getMessage().getHeader(header, String.class);
        if (value == null) {
            throw new IllegalStateException("query=" + parameters.query + " needs the header " + header
                    + ", which is not set.");
        }
        return value;
    }

    /**
     * @param query   {@code byDay, byKey, find}
     * @param scope   whose records, and of when
     * @param any     look at every content of a key, not only the newest
     * @param history give every content of the keys that match
     */
    record Parameters(String contract, String query, Scope scope, Conditions where, boolean any, boolean history) {
    }
}
