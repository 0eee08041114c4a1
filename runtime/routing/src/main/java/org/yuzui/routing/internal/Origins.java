package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.yuzui.records.Origin;
import org.yuzui.spi.Headers;

/** Reads from an exchange where its record comes from. */
final class Origins {

    private Origins() {
    }

    static Origin of(Exchange exchange, Owner owner) {
        Message m = exchange.getMessage();
        String type = text(m, Headers.SOURCE_TYPE);
        String id = text(m, Headers.SOURCE_ID);
        String occurrence = text(m, Headers.OCCURRENCE);
        boolean scheduled = occurrence != null && id == null; // so that a run's records are found by its occurrence
        return new Origin(owner.id(), owner.version(), exchange.getFromRouteId(), text(m, Headers.SOURCE),
                scheduled && type == null ? "occurrence" : type, scheduled ? occurrence : id, text(m, Headers.REMARK),
                Transaction.parent(exchange), m.getHeader(Headers.ARRIVED, byte[].class));
    }

    private static String text(Message message, String header) {
        return message.getHeader(header, String.class);
    }
}
