package org.yuzui.routing.internal;

import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.yuzui.ledger.Message;
import org.yuzui.records.Origin;
import org.yuzui.scheduling.Occurrence;
import org.yuzui.spi.Headers;

import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Reads from an exchange where its record comes from. */
final class Origins {

    /** Files are small to hold and dear to read; what lies in memory is let go with its exchange. */
    private static final ThreadLocal<Supplier<Message>> LAST = new ThreadLocal<>();
    private static final String RUN = "YuzuiRun";
    /** So much of an occurrence's id tells it from others of the same schedule and day. */
    private static final int SHORT = 8;

    private Origins() {
    }

    static Origin of(Exchange exchange, Owner owner) {
        return of(exchange, owner, 0);
    }

    /** @param item place in a list body: a list of messages has one for each */
    static Origin of(Exchange exchange, Owner owner, int item) {
        org.apache.camel.Message m = exchange.getMessage();
        String type = text(m, Headers.SOURCE_TYPE);
        String id = text(m, Headers.SOURCE_ID);
        Occurrence run = type == null && id == null ? exchange.getProperty(RUN, Occurrence.class) : null;
        return new Origin(owner.id(), owner.version(), exchange.getFromRouteId(), text(m, Headers.SOURCE),
                run == null ? type : run.schedule(), run == null ? id : run.day() + " " + run.id().toString().substring(0, SHORT),
                text(m, Headers.REMARK), Transaction.parent(exchange), message(m, Headers.ARRIVED, item), message(m, Headers.PART_OF, item));
    }

    /** What is made in this exchange comes from a run of a schedule, unless it says another source. */
    static void run(Exchange exchange, Occurrence occurrence) {
        exchange.setProperty(RUN, occurrence);
    }

    private static String text(org.apache.camel.Message message, String header) {
        return message.getHeader(header, String.class);
    }

    /** One message makes many records, and is only read through for the first of them. */
    private static Message message(org.apache.camel.Message m, String header, int item) {
        Object said = m.getHeader(header);
        boolean several = said instanceof List<?>;
        if (said instanceof List<?> each) {
            said = item < each.size() ? each.get(item) : null;
        }
        Message known = LAST.get() == null ? null : LAST.get().get();
        if (said == null || known != null && known.isOf(said)) {
            return said == null ? null : known;
        }
        Message message = message(said);
        if (message == null && !several) { // a stream, or whatever else has bytes
            message = message(m.getHeader(header, byte[].class));
        }
        Message found = message;
        LAST.set(message == null ? null : message.isFile() ? () -> found : new WeakReference<>(message)::get);
        return message;
    }

    /** What a route says in a header, as a message; null when it is nothing that can be kept. */
    static Message message(Object said) {
        if (said instanceof byte[] bytes) {
            return Message.of(bytes);
        }
        if (said instanceof KeptBody kept) {
            return kept.message();
        }
        if (said instanceof String text) {
            return Message.of(text.getBytes(StandardCharsets.UTF_8));
        }
        Path file = said instanceof Path path ? path : said instanceof File f ? f.toPath()
                : said instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File f ? f.toPath() : null;
        return file == null ? null : Message.of(file);
    }
}
