package org.yuzui.routing.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.DefaultProducer;
import org.yuzui.contracts.CheckedRecord;
import org.yuzui.records.Batch;
import org.yuzui.records.Draft;
import org.yuzui.records.Origin;
import org.yuzui.records.Publication;
import org.yuzui.records.Records;
import org.yuzui.records.Rehearsal;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** {@code to: record:C}: publishes the body, or each item of a list body. */
final class PublishProducer extends DefaultProducer {

    private final Records records;
    private final Owner owner;
    private final String contract;
    private final ObjectMapper json;

    PublishProducer(Endpoint endpoint, Records records, Owner owner, String contract, ObjectMapper json) {
        super(endpoint);
        this.records = records;
        this.owner = owner;
        this.contract = contract;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        try {
            take(exchange);
        } catch (RefusedException e) {
            throw e;
        } catch (Exception e) { // the route may answer it, and a message that goes in once more must not seem to be in
            Transaction.troubled(exchange, e);
            throw e;
        }
        Transaction.taken(exchange);
    }

    private void take(Exchange exchange) throws Exception {
        Object body = exchange.getMessage().getBody();
        if (body instanceof WrappedFile || body instanceof StreamCache || body instanceof Reader) {
            body = exchange.getMessage().getMandatoryBody(byte[].class);
        }
        if (!(body instanceof Iterable<?> list) || body instanceof JsonNode node && node.isObject()) {
            publish(exchange, body, 0);
        } else if (Transaction.batch(exchange) == null) {
            publishAll(exchange, list);
        } else {
            int i = 0;
            for (Object item : list) {
                publish(exchange, item, i++);
            }
        }
    }

    /** The items of a list wait together for one commit instead of for one each. */
    private void publishAll(Exchange exchange, Iterable<?> list) throws IOException {
        List<Draft> drafts = new ArrayList<>();
        for (Object item : list) {
            drafts.add(draft(exchange, item, drafts.size()));
        }
        try {
            List<Publication> publications = records.publishAll(drafts);
            if (!publications.isEmpty()) {
                tell(exchange, publications.get(publications.size() - 1));
            }
        } catch (RefusedException e) {
            Transaction.refusalKept(exchange, e);
            throw e;
        }
    }

    private void publish(Exchange exchange, Object body, int item) throws IOException {
        Draft draft = draft(exchange, body, item);
        Batch batch = Transaction.batch(exchange);
        try {
            tell(exchange, batch == null ? records.publish(draft) : batch.publish(draft));
        } catch (RefusedException e) {
            Transaction.refusalKept(exchange, e);
            throw e;
        }
    }

    private Draft draft(Exchange exchange, Object body, int item) throws IOException {
        Origin origin = Origins.of(exchange, owner, item);
        try {
            return new Draft(contract, json(body), origin);
        } catch (JsonProcessingException | NumberFormatException e) { // the second for an exponent that nothing can hold
            RefusedException refusal = new RefusedException("not-json", null, "The body for " + contract
                    + " is not JSON: " + (e instanceof JsonProcessingException p ? p.getOriginalMessage() : "a number is too long or too large"));
            refusal.initCause(e);
            Rehearsal rehearsal = Transaction.rehearsal(exchange);
            if (rehearsal == null) {
                records.refuse(origin, contract, refusal);
            } else {
                rehearsal.refuse(refusal);
            }
            Transaction.refusalKept(exchange, refusal);
            throw refusal;
        }
    }

    private void tell(Exchange exchange, Publication publication) {
        CheckedRecord record = publication.record();
        Message message = exchange.getMessage();
        message.setHeader(Headers.RECORD_ID, record.id().toString());
        message.setHeader(Headers.CONTRACT, contract);
        message.setHeader(Headers.KEY, record.key());
        message.setHeader(Headers.OUTCOME, publication.outcome().name());
        if (record.unit() != null) {
            message.setHeader(Headers.UNIT, record.unit());
        }
    }

    private JsonNode json(Object body) throws IOException {
        if (body instanceof JsonNode node) {
            return node;
        }
        if (body instanceof String text) {
            return json.readTree(text);
        }
        if (body instanceof byte[] bytes) {
            return json.readTree(bytes);
        }
        if (body instanceof InputStream in) {
            return json.readTree(in);
        }
        return json.valueToTree(body);
    }
}
