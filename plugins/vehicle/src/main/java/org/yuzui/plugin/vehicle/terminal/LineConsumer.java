package org.yuzui.plugin.vehicle.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.ChannelPipeline;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.yuzui.door.LineServer;
import org.yuzui.door.ListeningEndpoint;
import org.yuzui.door.Passage;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.util.List;
import java.util.Locale;

/** Listens for lines, and makes exchanges of what they have put down at a desk. */
public abstract class LineConsumer extends DefaultConsumer implements Desk.Counter {

    /** {@code positions}, {@code refused} or {@code ignored}. */
    private static final String KIND = "VehicleKind";

    private final ListeningEndpoint endpoint;
    private final Bounds bounds;
    private Desk desk;
    private LineServer server;

    /**
     * What the lines of a kind are called, and how much there may be of theirs.
     *
     * @param link     names the lines where what they brought is handed over together, and their threads
     * @param section  where the settings have their address
     * @param lines    at a time
     * @param threads  that hand over
     * @param waiting  arrivals that may lie at the desk
     * @param together arrivals that are handed over at once
     */
    public record Bounds(String link, String section, int lines, int threads, int waiting, int together) {
    }

    protected LineConsumer(ListeningEndpoint endpoint, Processor processor, Bounds bounds) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.bounds = bounds;
    }

    /** Adds a line's handlers. */
    protected abstract void fill(ChannelPipeline pipeline);

    /** Where lines put down what they brought. */
    public final Desk desk() {
        return desk;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        desk = new Desk(bounds.link(), this, bounds.threads(), bounds.waiting(), bounds.together());
        try {
            server = LineServer.open(bounds.link(), endpoint.address(), bounds.lines(), this::fill, bounds.section());
        } catch (Exception e) {
            desk.close();
            throw e;
        }
    }

    /** No more is read; what was read is handed over and answered; then the lines end. */
    @Override
    protected void doStop() throws Exception {
        if (server != null) {
            server.stopReading();
            desk.close();
            server.close();
            server = null;
        }
        super.doStop();
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
        RefusedException refusal = Passage.through(this, exchange -> fill(exchange, kind, body, arrived, arrival), Passage::refusal);
        if (kind == Arrival.Kind.POSITIONS && refusal != null) {
            throw refusal; // the route has kept it
        }
    }

    private void fill(Exchange exchange, Arrival.Kind kind, Object body, Object arrived, Arrival arrival) {
        Message message = exchange.getIn();
        message.setBody(body);
        message.setHeader(KIND, kind.name().toLowerCase(Locale.ROOT));
        message.setHeader(Headers.ARRIVED, arrived);
        message.setHeader(Headers.SOURCE, arrival == null ? bounds.link() : arrival.source());
        if (arrival != null) {
            message.setHeader(Headers.SOURCE_TYPE, arrival.sourceType());
            message.setHeader(Headers.SOURCE_ID, arrival.sourceId());
            if (arrival.why() != null) {
                exchange.setProperty(Exchange.EXCEPTION_CAUGHT, arrival.why());
            }
        }
    }
}
