package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.yuzui.records.Origin;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.spi.Headers;

/** Reads from an exchange where its record comes from. */
final class Origins {

    private static final String RUN = "YuzuiRun";
    /** So much of an occurrence's id tells it from others of the same schedule and day. */
    private static final int SHORT = 8;

    private Origins() {
    }

    static Origin of(Exchange exchange, Owner owner) {
        Message m = exchange.getMessage();
        String type = text(m, Headers.SOURCE_TYPE);
        String id = text(m, Headers.SOURCE_ID);
        Occurrence run = type == null && id == null ? exchange.getProperty(RUN, Occurrence.class) : null;
        return new Origin(owner.id(), owner.version(), exchange.getFromRouteId(), text(m, Headers.SOURCE),
                run == null ? type : run.schedule(), run == null ? id : run.day() + " " + run.id().toString().substring(0, SHORT),
                text(m, Headers.REMARK),
                Transaction.parent(exchange), m.getHeader(Headers.ARRIVED, byte[].class));
    }

    /** What is made in this exchange comes from a run of a schedule, unless it says another source. */
    static void run(Exchange exchange, Occurrence occurrence) {
        exchange.setProperty(RUN, occurrence);
    }

    private static String text(Message message, String header) {
        return message.getHeader(header, String.class);
    }
}
