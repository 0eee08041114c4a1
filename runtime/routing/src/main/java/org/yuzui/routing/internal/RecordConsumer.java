package org.yuzui.routing.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.kernel.Registration;
import org.yuzui.records.Batch;
import org.yuzui.records.Delivered;
import org.yuzui.records.Records;
import org.yuzui.records.SubscriptionSettings;
import org.yuzui.spi.Headers;

import java.util.List;

/** {@code from: record:C?subscription=S}: one exchange a record, or one a batch. */
final class RecordConsumer extends DefaultConsumer {

    private final Records records;
    private final String contract;
    private final SubscriptionParameters parameters;
    private final Owner owner;
    private Registration registration;
    private volatile boolean mayKeepBack;

    RecordConsumer(Endpoint endpoint, Processor processor, Records records, String contract,
                   SubscriptionParameters parameters, Owner owner) {
        super(endpoint, processor);
        this.records = records;
        this.contract = contract;
        this.parameters = parameters;
        this.owner = owner;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        mayKeepBack = !parameters.whole() && Passing.mayKeepBack(getEndpoint().getCamelContext(), getRouteId());
        registration = records.subscribe(contract, new SubscriptionSettings(parameters.name(), owner.id(), owner.version(),
                getRouteId(), parameters.batch(), parameters.linger(), parameters.whole(), parameters.consumers(),
                parameters.waits(), parameters.delivered()),
                (delivered, batch) -> Within.route(owner, getRouteId(), () -> {
                    read(delivered, batch);
                    return null;
                }));
    }

    @Override
    protected void doStop() throws Exception {
        if (registration != null) {
            registration.close();
            registration = null;
        }
        super.doStop();
    }

    private void read(List<Delivered> delivered, Batch batch) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            Message message = exchange.getMessage();
            if (parameters.whole()) {
                List<JsonNode> bodies = delivered.stream().map(Delivered::body).toList();
                message.setBody(bodies);
                message.setHeader(Headers.CONTRACT, contract);
                Transaction.begin(exchange, batch, null);
            } else {
                Delivered record = delivered.get(0);
                message.setBody(record.body());
                describe(record, message);
                Transaction.begin(exchange, batch, record);
            }
            Passing passing = Passing.begin(exchange, batch.wantsHandedOver());
            createUoW(exchange);
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            } finally {
                batch.handedOver(passing.last(exchange));
                doneUoW(exchange);
            }
            if (mayKeepBack && !passing.passed()) {
                batch.filtered(exchange.isRouteStop() ? "The route stopped before a step that gives the record on."
                        : "The route's conditions let no step have the record that gives it on.");
            }
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
                throw new IllegalStateException("The route rolled the record back.");
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private void describe(Delivered record, Message message) {
        message.setHeader(Headers.RECORD_ID, record.id().toString());
        message.setHeader(Headers.CONTRACT, contract);
        message.setHeader(Headers.KEY, record.key());
        message.setHeader(Headers.ATTEMPT, record.attempt());
        if (record.unit() != null) {
            message.setHeader(Headers.UNIT, record.unit());
        }
        if (record.day() != null) {
            message.setHeader(Headers.DAY, record.day().toString());
        }
    }
}
