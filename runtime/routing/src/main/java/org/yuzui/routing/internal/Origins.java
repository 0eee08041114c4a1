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
        return new Origin(owner.id(), owner.version(), exchange.getFromRouteId(), text(m, Headers.SOURCE),
                text(m, Headers.SOURCE_TYPE), text(m, Headers.SOURCE_ID), text(m, Headers.REMARK),
                Transaction.parent(exchange), m.getHeader(Headers.ARRIVED, byte[].class));
    }

    private static String text(Message message, String header) {
        return message.getHeader(header, String.class);
    }
}
