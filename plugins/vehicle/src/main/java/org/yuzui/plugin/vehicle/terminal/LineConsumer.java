package org.yuzui.plugin.vehicle.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.Locale;

/** Makes exchanges of what lies at a desk. */
public abstract class LineConsumer extends DefaultConsumer implements Desk.Counter {

    /** {@code positions}, {@code refused} or {@code ignored}. */
    private static final String KIND = "VehicleKind";

    private final String link;

    /** @param link names the lines where what they brought is handed over together */
    protected LineConsumer(LineEndpoint endpoint, Processor processor, String link) {
        super(endpoint, processor);
        this.link = link;
    }

    @Override
    public final void publish(List<JsonNode> records, List<byte[]> arrived) throws Exception {
        run(Arrival.Kind.POSITIONS, records, arrived, null);
    }

    @Override
    public final void handOver(Arrival arrival) throws Exception {
        run(arrival.kind(), arrival.kind() == Arrival.Kind.POSITIONS ? arrival.records().get() : "", arrival.arrived(), arrival);
    }

    private void run(Arrival.Kind kind, Object body, Object arrived, Arrival arrival) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            createUoW(exchange);
            Message message = exchange.getIn();
            message.setBody(body);
            message.setHeader(KIND, kind.name().toLowerCase(Locale.ROOT));
            message.setHeader(Headers.ARRIVED, arrived);
            message.setHeader(Headers.SOURCE, arrival == null ? link : arrival.source());
            if (arrival != null) {
                message.setHeader(Headers.SOURCE_TYPE, arrival.sourceType());
                message.setHeader(Headers.SOURCE_ID, arrival.sourceId());
                if (arrival.why() != null) {
                    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, arrival.why());
                }
            }
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            if (kind == Arrival.Kind.POSITIONS
                    && exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof RefusedException refusal) {
                throw refusal; // the route has kept it
            }
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }
}
