package org.yuzui.routing.internal;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.yuzui.records.Origin;
import org.yuzui.records.Records;

/** {@code to: record:ignored}: notes a message that is accepted without becoming a record. */
final class IgnoredProducer extends DefaultProducer {

    private final Records records;
    private final Owner owner;

    IgnoredProducer(Endpoint endpoint, Records records, Owner owner) {
        super(endpoint);
        this.records = records;
        this.owner = owner;
    }

    @Override
    public void process(Exchange exchange) {
        if (Transaction.rehearsal(exchange) != null) {
            return; // nothing would be published, and that is what is told
        }
        Origin origin = Origins.of(exchange, owner);
        try {
            records.ignore(origin, origin.remark() == null ? "Accepted by setting; it becomes no record." : origin.remark());
        } catch (RuntimeException e) {
            Transaction.troubled(exchange, e);
            throw e;
        }
        Transaction.taken(exchange);
    }
}
