package org.yuzui.door;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

import java.net.InetSocketAddress;

/** An address of this machine at which a route's consumer listens: {@code scheme:host:port}, only from. */
public final class ListeningEndpoint extends DefaultEndpoint {

    /** Makes the consumer of an endpoint. */
    public interface Consumers {
        Consumer of(ListeningEndpoint endpoint, Processor processor) throws Exception;
    }

    private final String host;
    private final int port;
    private final Consumers consumers;

    /**
     * @param address what stands behind the scheme, {@code 0.0.0.0:7808}
     * @throws IllegalArgumentException when it is no address
     */
    public ListeningEndpoint(String uri, Component component, String address, Consumers consumers) {
        super(uri, component);
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("An address is host:port, such as 0.0.0.0:7808, not " + address);
        }
        this.host = address.substring(0, colon);
        this.port = Integer.parseInt(address.substring(colon + 1));
        this.consumers = consumers;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(getEndpointUri() + " can only stand behind 'from'.");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Consumer consumer = consumers.of(this, processor);
        configureConsumer(consumer);
        return consumer;
    }
}
